/**
 * A policy and a page's request → the handshake between them, by the engine on one side and the model of
 * browsers on the other.
 */
import {
  type FetchResponse,
  type Header,
  type PageRequest,
  type ProfileName,
  type SentRequest,
  simulateFetchSync,
  type Transcript,
} from '@cors/browser';
import {
  type Cors,
  CorsConfigError,
  createCors,
  type CorsProblem,
  explain,
  type Explanation,
  mergeVary,
} from '@cors/core';

import { readPolicy } from './policy-text.js';

/** What comes of a policy and a request. */
export type Handshake =
  | { readonly kind: 'unreadable'; readonly problem: string }
  | { readonly kind: 'refused'; readonly problems: readonly CorsProblem[] }
  | {
      readonly kind: 'played';
      /** What each engine does, the standard last. */
      readonly transcripts: Readonly<Record<ProfileName, Transcript>>;
      /** What the server would say of the last request that reached it. */
      readonly explanation: Explanation | null;
    };

/** The engines, in the order in which they are shown. */
export const ENGINES: readonly ProfileName[] = ['chromium', 'firefox', 'webkit', 'standard'];

/** What is told of the reply that the handler of every request makes. */
const HANDLER_HEADERS = [['Content-Type', 'application/json']] as const;

/** Plays the handshake. */
export function playHandshake(policyText: string, request: PageRequest): Handshake {
  const read = readPolicy(policyText);
  if (!read.ok) return { kind: 'unreadable', problem: read.problem };
  let cors: Cors;
  try {
    cors = createCors(read.options as never);
  } catch (error) {
    if (error instanceof CorsConfigError) return { kind: 'refused', problems: error.problems };
    throw error;
  }
  let explanation: Explanation | null = null;
  const send = (sent: SentRequest): FetchResponse => {
    const asked = {
      method: sent.method,
      headers: new Headers(sent.headers.map(([...line]) => line)),
    };
    const decision = cors.decide(asked);
    // Only a predicate answers later, and no predicate can be written here.
    if (decision instanceof Promise) throw new TypeError('The policy answers later.');
    explanation = explain(decision, asked);
    const vary = mergeVary(undefined, decision.vary);
    const headers: Header[] = [
      ...(decision.respond === null ? HANDLER_HEADERS : []),
      ...Object.entries(decision.headers),
    ];
    if (vary !== null) headers.push(['Vary', vary]);
    return { status: decision.respond ?? 200, headers };
  };
  const play = (profile: ProfileName): Transcript => simulateFetchSync(request, send, { profile });
  const transcripts = {
    chromium: play('chromium'),
    firefox: play('firefox'),
    webkit: play('webkit'),
    standard: play('standard'),
  };
  return { kind: 'played', transcripts, explanation };
}
