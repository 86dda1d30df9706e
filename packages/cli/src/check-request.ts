/**
 * Check: a page's request, played by the model of a browser against whoever answers, with nothing sent that
 * could change something unless that was asked for.
 */
import {
  type ConsoleCode,
  explainMixedContent,
  isMixedContent,
  type PageRequest,
  type ProfileName,
  type Send,
  type SentRequest,
  simulateFetch,
  type Transcript,
} from '@cors/browser';

import { dataUrlResponse } from './data-url.js';

/**
 * How a check ended:
 *
 * - `allowed`: the page gets the response;
 * - `preflight-allowed`: the browser would send the request; it was not sent here, as it may change something;
 * - `blocked`: the page gets an error;
 * - `unreachable`: no response came;
 * - `not-sent`: the request needs no preflight and may change something, so nothing was sent, nor judged.
 */
type CheckOutcome = 'allowed' | 'preflight-allowed' | 'blocked' | 'unreachable' | 'not-sent';

/** What a check found, for a person. */
export interface Finding {
  readonly code: ConsoleCode;
  readonly cause: string;
  readonly fix: string | null;
  readonly clause: string;
}

/** A check. */
export interface Check {
  readonly outcome: CheckOutcome;
  readonly transcript: Transcript;
  /** What is so; null where nothing could be judged. */
  readonly finding: Finding | null;
  /** What was not sent; null where all was. */
  readonly notSent: SentRequest | null;
}

/** What a check may do, and how it is played. */
export interface CheckSettings {
  readonly send: Send;
  readonly profile: ProfileName;
  /** Whether requests are sent that may change something. */
  readonly sendsAll: boolean;
}

/** Why a request was not sent. */
class Withheld extends Error {
  readonly why: 'may-change' | 'mixed-content';
  readonly request: SentRequest;

  constructor(why: Withheld['why'], request: SentRequest) {
    super(why);
    this.why = why;
    this.request = request;
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#name-safe-methods */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Plays a page's request. */
export async function checkRequest(
  page: PageRequest,
  { send, profile, sendsAll }: CheckSettings,
): Promise<Check> {
  const guarded: Send = (request) => {
    // No server's: nobody is asked.
    if (request.url.startsWith('data:')) return dataUrlResponse(request.url);
    if (isMixedContent(page.origin, request.url)) throw new Withheld('mixed-content', request);
    const isSafe = SAFE_METHODS.has(request.method);
    if (!isSafe && !sendsAll) throw new Withheld('may-change', request);
    return send(request);
  };
  const transcript = await simulateFetch(page, guarded, { profile });
  const { code, cause, fix, clause, blocked } = transcript.verdict;
  const finding = { code, cause, fix, clause };
  const withheld = withheldIn(transcript);
  if (withheld?.why === 'mixed-content') {
    return {
      outcome: 'blocked',
      transcript,
      finding: explainMixedContent(page.origin, withheld.request.url),
      notSent: withheld.request,
    };
  }
  if (withheld !== null) {
    const wasAsked = transcript.hops.at(-1)?.preflight?.response !== undefined;
    return {
      outcome: wasAsked ? 'preflight-allowed' : 'not-sent',
      transcript,
      finding: null,
      notSent: withheld.request,
    };
  }
  const isUnreachable = code === 'network-failure' || code === 'preflight-network-failure';
  const outcome = isUnreachable ? 'unreachable' : blocked ? 'blocked' : 'allowed';
  return { outcome, transcript, finding, notSent: null };
}

function withheldIn({ failure }: Transcript): Withheld | null {
  if (failure === null || failure.failure.reason !== 'network-failure') return null;
  const { error } = failure.failure;
  return error instanceof Withheld ? error : null;
}
