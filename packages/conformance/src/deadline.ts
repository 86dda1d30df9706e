/**
 * Deadlines for what the suite does not control: a target's `start`, `close` and `reconfigure`, and
 * an audit's own check.
 */

/** Raised when something was not over in time. It may still go on: nobody waits for it any more. */
export class DeadlineError extends Error {
  override readonly name: string = 'DeadlineError';
}

/** A deadline that is running. */
export interface Deadline {
  /** Does work whose time does not count, because it has a deadline of its own. */
  readonly stopFor: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/** Waits for work, but no longer than given. What the work does after that is not heard. */
export async function withinDeadline<Result>(
  work: (deadline: Deadline) => Promise<Result>,
  milliseconds: number,
  what: string,
): Promise<Result> {
  let pass: () => void = () => undefined;
  const passed = new Promise<never>((_resolve, reject) => {
    pass = () => reject(new DeadlineError(`${what} was not over within ${milliseconds} ms`));
  });
  const clock = stoppableTimer(pass, milliseconds);
  // An async function, so that work that throws at once is a rejection like any other.
  const working = (async () => work(clock))();
  try {
    return await Promise.race([working, passed]);
  } finally {
    clock.end();
    // Too late to be of use, and no unhandled rejection either.
    working.catch(() => undefined);
  }
}

/** A timer that stands still while any work is done that it stops for. */
function stoppableTimer(
  onPassed: () => void,
  milliseconds: number,
): Deadline & { end: () => void } {
  let left = milliseconds;
  let stops = 0;
  let since = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined = setTimeout(onPassed, left);

  const stop = (): void => {
    stops += 1;
    if (stops > 1 || timer === undefined) return;
    clearTimeout(timer);
    left -= performance.now() - since;
  };
  const goOn = (): void => {
    stops -= 1;
    if (stops > 0 || timer === undefined) return;
    since = performance.now();
    timer = setTimeout(onPassed, Math.max(0, left));
  };
  return {
    stopFor: async (work) => {
      stop();
      try {
        return await work();
      } finally {
        goOn();
      }
    },
    end: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
