/**
 * Harness errors: the suite itself cannot go on. Neither the server's reply nor the transport is to
 * blame, and the audit is never a pass.
 */

/** Whose fault it is: the suite's (an audit or a client asked the impossible) or the target's set-up. */
export type HarnessErrorOrigin = 'suite' | 'target';

/** Raised where an audit cannot be played. */
export class HarnessError extends Error {
  override readonly name: string = 'HarnessError';
  readonly origin: HarnessErrorOrigin;

  constructor(message: string, origin: HarnessErrorOrigin = 'suite', cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.origin = origin;
  }
}

/**
 * The error for a request that a way of sending cannot carry as it stands. Changing it silently
 * would judge the server on another request than the audit's.
 */
export function cannotCarry(way: string, what: string): HarnessError {
  return new HarnessError(
    `${way} cannot carry ${what}: the audit should require the capability 'raw-bytes'`,
  );
}
