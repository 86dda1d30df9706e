/**
 * Errors that escape a target that runs in this process: a socket without an error listener, a
 * promise that nobody waits for. They would end the process, and the run with it; here they become
 * problems of the audit that is being played.
 *
 * https://nodejs.org/api/process.html#event-uncaughtexception
 */
import process from 'node:process';

/** Listens for as long as a run lasts. */
export interface UncaughtErrors {
  /** What has escaped since this was last asked, in sentences. */
  readonly take: () => readonly string[];
  readonly stop: () => void;
}

/** Begins to listen. */
export function catchUncaughtErrors(): UncaughtErrors {
  let escaped: string[] = [];
  const note = (error: unknown): void => {
    const reason = error instanceof Error ? error.message : String(error);
    escaped.push(`An error escaped the target: ${reason}`);
  };
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
  return {
    take: () => {
      const taken = escaped;
      escaped = [];
      return taken;
    },
    stop: () => {
      process.off('uncaughtException', note);
      process.off('unhandledRejection', note);
    },
  };
}
