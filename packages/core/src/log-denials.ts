/**
 * Denials → lines of a log: one for each new cause, in the sentence and with the fix of `explain`.
 *
 * Anybody can send a wrong `Origin`, as often as they like. So the memory for what was logged is
 * bounded, the lines a minute are, and a line is one line whatever a request holds.
 */
import type { DecisionHook } from './adapter-options.js';
import { allowsCredentials, type Decision, type DecisionReason } from './decision.js';
import { describeValue, escapeLine, quote } from './describe-value.js';
import { explain } from './explain.js';
import { fieldReaderFor, type HeaderMap, type HeadersLike } from './header-map.js';

/** Where lines go: `console`, pino, winston, Fastify's `app.log`, or anything with a `warn`. */
export interface DenialLogger {
  readonly warn: (line: string) => unknown;
}

/** Headers as `Cors.decide` takes them. */
type RequestHeaders = HeaderMap | HeadersLike;

/** How denials are logged. */
export interface LogDenialsOptions<Req> {
  /**
   * The headers of the framework's request. Not needed where they are its `headers`, as in Express,
   * Fastify, Koa, `node:http` and `fetch` handlers.
   */
  readonly headers?: (request: Req) => RequestHeaders;
  /** How many lines may be written within a minute; 60 when absent. */
  readonly linesPerMinute?: number;
  /** How many causes are remembered, each of an origin; 1,000 when absent. */
  readonly remembered?: number;
}

/** Bytes: see `serialized-origin.ts`. */
const LONGEST_ORIGIN = 326;

const MINUTE_MS = 60_000;

/** Longer than any sentence that is not stuffed with names. */
const LONGEST_LINE = 1000;

/** Nothing is granted, and nobody is denied anything. */
const NO_DENIALS: ReadonlySet<DecisionReason> = new Set<DecisionReason>([
  'no-origin',
  'same-origin',
  'not-cors-mode',
  'no-policy',
]);

/**
 * A hook for `onDecision` that logs each new denial once: the code, the origin, the cause and the
 * option to change. Preflights count as well whose origin is granted, but not their method or their
 * headers, and requests with cookies where the policy allows no credentials: the browser blocks them.
 *
 * Same-origin requests, navigations and requests without `Origin` are no denials.
 *
 * @param logger - Its `warn` gets one line.
 * @throws RangeError for limits that are none.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { logDenials } from '@cors/core';
 * import { cors } from '@cors/node';
 *
 * const handleCors = cors({
 *   origin: 'https://app.example.com',
 *   onDecision: logDenials(console),
 * });
 * createServer((request, response) => {
 *   if (handleCors(request, response)) return;
 *   response.end('hello');
 * });
 * ```
 */
export function logDenials<Req extends { readonly headers: RequestHeaders }>(
  logger: DenialLogger,
  options?: LogDenialsOptions<Req>,
): DecisionHook<Req>;
export function logDenials<Req>(
  logger: DenialLogger,
  options: LogDenialsOptions<Req> & Required<Pick<LogDenialsOptions<Req>, 'headers'>>,
): DecisionHook<Req>;
export function logDenials(
  logger: DenialLogger,
  {
    headers: headersOf = (request) => (request as { readonly headers: RequestHeaders }).headers,
    linesPerMinute = 60,
    remembered = 1000,
  }: LogDenialsOptions<unknown> = {},
): DecisionHook<unknown> {
  checkLimit('linesPerMinute', linesPerMinute);
  checkLimit('remembered', remembered);
  const logged = loggedCauses(remembered);
  const admit = linesOfMinute(linesPerMinute);
  return (decision, request) => {
    if (!mayBeBlocked(decision)) return;
    const headers = headersOf(request);
    const { code, sentence, fix } = explain(decision, { method: '', headers });
    if (decision.allowed && code === decision.reason) return;
    const origin = fieldReaderFor(headers)(headers, 'origin') ?? '';
    const cause = `${code} ${origin.slice(0, LONGEST_ORIGIN)} ${fix.slice(0, LONGEST_LINE)}`;
    if (logged.meetAgain(cause)) return;
    const leftOut = admit();
    if (leftOut === null) return;
    logged.add(cause);
    const line = escapeLine(`CORS: [${code}] ${quote(origin)}: ${sentence} ${fix}`);
    const cut = line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}...` : line;
    const note = leftOut === 0 ? '' : ` (Before it, ${String(leftOut)} lines were left out.)`;
    logger.warn(cut + note);
  };
}

/** What is no number, as `Number(process.env.X)` of what nobody set, would be no limit. */
function checkLimit(name: string, limit: unknown): void {
  if (typeof limit === 'number' && limit >= 0) return;
  const fix = 'write a number, 0 or more, or leave it out';
  throw new RangeError(`\`${name}\` of \`logDenials\` is ${describeValue(limit)}: ${fix}.`);
}

/** Whether there may be something to explain: a request that is granted costs next to nothing. */
function mayBeBlocked({ kind, allowed, reason, headers }: Decision): boolean {
  if (!allowed) return !NO_DENIALS.has(reason);
  if (kind === 'preflight') return true;
  return kind === 'actual' && !allowsCredentials(headers);
}

/** The causes that were logged last. One that is met again is the latest again; the oldest are forgotten. */
function loggedCauses(most: number): {
  readonly meetAgain: (cause: string) => boolean;
  readonly add: (cause: string) => void;
} {
  const causes = new Set<string>();
  return {
    meetAgain: (cause) => {
      const isKnown = causes.delete(cause);
      if (isKnown) causes.add(cause);
      return isKnown;
    },
    add: (cause) => {
      causes.add(cause);
      const [oldest] = causes;
      if (oldest !== undefined && causes.size > most) causes.delete(oldest);
    },
  };
}

/** Admits so many lines a minute: how many were left out since the last one, or null for one too many. */
function linesOfMinute(most: number): () => number | null {
  let minute = 0;
  let written = 0;
  let leftOut = 0;
  return () => {
    const now = Math.floor(Date.now() / MINUTE_MS);
    if (now !== minute) [minute, written] = [now, 0];
    if (written >= most) {
      leftOut += 1;
      return null;
    }
    written += 1;
    const before = leftOut;
    leftOut = 0;
    return before;
  };
}
