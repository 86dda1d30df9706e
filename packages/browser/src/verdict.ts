/**
 * Verdict: how a fetch ended, under a stable code, with the cause in one sentence and the fix.
 */
import { adviceOf, type Advice } from './advice.js';
import { type Explanation, explainFailure, explainSuccess } from './explanation.js';
import type { FetchFailure } from './fetch-failure.js';
import { failureCode } from './failure-code.js';
import type { PageRequest } from './page-request.js';
import type { Hop, PageResponse } from './transcript.js';
import type { VerdictCode } from './verdict-code.js';
import { VERDICTS } from './verdict-names.js';
import { type ChromiumReport, chromiumReport } from './chromium-report.js';
import { type FirefoxReport, firefoxReport } from './firefox-report.js';

/**
 * How a fetch ended.
 *
 * @example
 * ```ts
 * import { type Send, simulateFetch, type Verdict } from '@cors/browser';
 *
 * declare const send: Send;
 *
 * const page = { origin: 'https://app.example.com', url: 'https://api.example.com/' };
 * const { code, cause, fix }: Verdict = (await simulateFetch(page, send)).verdict;
 * console.log(`${code}: ${cause}`);
 * if (fix !== null) console.log(fix);
 * ```
 */
export interface Verdict extends Explanation {
  readonly code: VerdictCode;
  /** The clause of the standard. */
  readonly clause: string;
  /** Whether the page gets an error instead of a response. */
  readonly blocked: boolean;
  /** What Chromium reports; null for nothing about CORS. */
  readonly chromium: ChromiumReport | null;
  /** What Firefox reports; null for nothing about CORS. */
  readonly firefox: FirefoxReport | null;
  /** What went well here and may fail elsewhere, as behind a cache. */
  readonly advice: readonly Advice[];
}

/** What a verdict is about. */
export interface Outcome {
  readonly request: PageRequest;
  readonly hops: readonly Hop[];
  readonly page: PageResponse | null;
  readonly failure: FetchFailure | null;
}

/** The verdict on a fetch that has ended. */
export function verdictOf({ request, hops, page, failure }: Outcome): Verdict {
  const last = hops.at(-1);
  if (failure !== null) {
    const response = failure.stage === 'preflight' ? last?.preflight?.response : last?.response;
    const code = failureCode(failure, response ?? null);
    return {
      code,
      blocked: true,
      clause: VERDICTS[code].clause,
      ...explainFailure(code, failure, { request, hop: last ?? null }),
      chromium: chromiumReport(code, failure, request, last ?? null),
      firefox: firefoxReport(code, failure, request, last ?? null),
      advice: [],
    };
  }
  const code = successCode(page);
  const advice = adviceOf(hops);
  const explanation = explainSuccess(code, { request, hop: last ?? null });
  const clause = VERDICTS[code].clause;
  return { code, blocked: false, clause, ...explanation, chromium: null, firefox: null, advice };
}

function successCode(page: PageResponse | null): VerdictCode {
  switch (page?.type) {
    case 'cors':
      return 'allowed';
    case 'opaque':
      return 'opaque';
    case 'opaqueredirect':
      return 'opaque-redirect';
    default:
      return 'not-cross-origin';
  }
}
