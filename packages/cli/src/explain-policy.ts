/**
 * Explaining a policy: what the engine decides about a page's request and its preflight, and what a browser
 * concludes. Nothing is sent.
 */
import {
  type PageRequest,
  type ProfileName,
  type Send,
  simulateFetch,
  type Transcript,
} from '@cors/browser';
import {
  type CorsOptions,
  type CorsRequest,
  createCors,
  type Decision,
  explain,
  type Explanation,
} from '@cors/core';

/** A request, what was decided about it, and why. */
export interface Decided {
  readonly request: CorsRequest;
  readonly decision: Decision;
  readonly explanation: Explanation;
}

/** What a policy makes of a page's request. */
export interface PolicyExplanation {
  /** The preflight's first, where there is one. */
  readonly decided: readonly Decided[];
  readonly transcript: Transcript;
}

/** Explains valid options for a page's request. */
export async function explainPolicy(
  options: CorsOptions,
  page: PageRequest,
  profile: ProfileName,
): Promise<PolicyExplanation> {
  const cors = createCors<CorsRequest>(options);
  const decided: Decided[] = [];
  const send: Send = async ({ method, headers, withCredentials }) => {
    const cookie = withCredentials ? { Cookie: 'a=b' } : {};
    const request = { method, headers: { ...Object.fromEntries(headers), ...cookie } };
    const decision = await cors.decide(request, request);
    decided.push({ request, decision, explanation: explain(decision, request) });
    const vary = decision.vary.length === 0 ? [] : [['Vary', decision.vary.join(', ')] as const];
    return {
      status: decision.error === null ? (decision.respond ?? 200) : 500,
      headers: [...Object.entries(decision.headers), ...vary],
    };
  };
  return { transcript: await simulateFetch(page, send, { profile }), decided };
}
