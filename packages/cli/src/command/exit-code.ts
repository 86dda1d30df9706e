/**
 * Exit codes: what scripts and CI go by.
 */

/** The request is allowed; the options have no problem. */
export const ALLOWED = 0;
/** The request is blocked; the options have problems. */
export const BLOCKED = 1;
/** The command was not given what it needs, or nothing could be judged. */
export const USAGE = 2;
/** The server could not be reached. */
export const UNREACHABLE = 3;

/** One of them. */
export type ExitCode = typeof ALLOWED | typeof BLOCKED | typeof USAGE | typeof UNREACHABLE;
