/**
 * The bound on every exchange, whatever the way to the target: it ends with a reply, with a failure,
 * at its deadline, or when the suite gives it up. Exactly once, and with nothing left behind.
 */
import type { WireResponse } from './audit.js';
import { TransportError } from './transport-error.js';

/** Milliseconds, and what gives up earlier. */
export interface ExchangeBounds {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** How an exchange under way reports its end. Only the first report counts. */
export interface ExchangeOutcome<Result> {
  readonly succeed: (result: Result) => void;
  readonly fail: (error: unknown) => void;
}

/** What an exchange under way can be asked. */
export interface ExchangeUnderWay {
  /** What has arrived so far, for the error at the deadline. */
  readonly soFar?: () => WireResponse | undefined;
  /** Called once, when the exchange has ended in any way. */
  readonly release?: () => void;
}

/** Runs one exchange within its bounds. */
export function boundedExchange<Result>(
  bounds: ExchangeBounds,
  begin: (outcome: ExchangeOutcome<Result>) => ExchangeUnderWay,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    let underWay: ExchangeUnderWay | undefined;
    let ended = false;
    const hasEnded = (): boolean => ended;

    const end = (report: () => void): void => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      bounds.signal?.removeEventListener('abort', giveUp);
      underWay?.release?.();
      report();
    };
    const fail = (error: unknown): void => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on as it came
      end(() => reject(error));
    };
    const failUnanswered = (code: 'timeout' | 'aborted', message: string): void => {
      fail(new TransportError(code, message, { partial: underWay?.soFar?.() }));
    };
    const giveUp = (): void => failUnanswered('aborted', 'the suite gave the request up');

    const timer = setTimeout(() => {
      failUnanswered('timeout', `no whole reply within ${bounds.timeoutMs} ms`);
    }, bounds.timeoutMs);
    if (bounds.signal?.aborted === true) {
      giveUp();
      return;
    }
    bounds.signal?.addEventListener('abort', giveUp);
    try {
      underWay = begin({ succeed: (result) => end(() => resolve(result)), fail });
    } catch (error) {
      fail(error);
      return;
    }
    // It may have ended while it began, when there was nothing to release yet.
    if (hasEnded()) underWay.release?.();
  });
}
