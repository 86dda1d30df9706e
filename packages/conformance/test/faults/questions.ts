/** What engine faults are written with: other questions, other decisions. */
import { type CorsResponseField, createCors, type Decision } from '@cors/core';

import type { ScenarioPolicy } from '../../src/index.js';
import type { About, Answer, DecideFault, Question } from './engine-fault.js';

/** An origin that no policy holds, for what is to be denied. */
const NOBODY = 'https://nobody.invalid';
/** One that stands in for another in a policy of its own, to see what that one would be granted. */
const SAMPLE = 'https://sample.invalid';

/** The request's origin; null when there is none. */
export function originOf({ headers }: Question): string | null {
  const { origin } = headers;
  return origin === undefined ? null : String(origin);
}

/** The value of a header; `''` when there is none. */
export function fieldOf({ headers }: Question, name: string): string {
  return String(headers[name] ?? '');
}

/** The question with other headers; `undefined` takes one away. */
export function asking(question: Question, headers: Question['headers']): Question {
  return { ...question, headers: { ...question.headers, ...headers } };
}

export function isPreflight(question: Question): boolean {
  const { method, headers } = question;
  return (
    method === 'OPTIONS' &&
    originOf(question) !== null &&
    headers['access-control-request-method'] !== undefined
  );
}

/** A fault in what is made of each decision. */
export function redeciding(
  change: (decision: Decision, question: Question, about: About) => Answer,
): DecideFault {
  return (question, engine, about) => {
    const decision = engine(question);
    return decision instanceof Promise
      ? decision.then((settled) => change(settled, question, about))
      : change(decision, question, about);
  };
}

/** The decision with parts of it changed. */
export function changed(decision: Decision, change: Partial<Decision>): Decision {
  return Object.freeze({ ...decision, ...change });
}

/** The decision with other response headers; `undefined` takes one away. */
export function withHeaders(
  decision: Decision,
  headers: Readonly<Partial<Record<CorsResponseField, string | undefined>>>,
): Decision {
  const entries = Object.entries({ ...decision.headers, ...headers });
  const kept = entries.filter(([, value]) => value !== undefined);
  return changed(decision, { headers: Object.freeze(Object.fromEntries(kept)) });
}

/** What the policy grants to the origins that it holds, granted to this one. */
export function grantTo(origin: string, question: Question, policy: ScenarioPolicy): Decision {
  const cors = createCors({ ...policy, origin: [SAMPLE] });
  const decision = cors.decide(asking(question, { origin: SAMPLE }));
  return withHeaders(decision, {
    'Access-Control-Allow-Origin': decision.allowed ? origin : undefined,
  });
}

type Matches = (origin: string, patterns: readonly string[]) => boolean;

/** The patterns of a policy; null under any origin and under a predicate. */
export function patternsOf({ origin }: ScenarioPolicy): readonly string[] | null {
  return Array.isArray(origin) ? (origin as readonly string[]) : null;
}

/** Admits, beside what a list admits, what `matches`. */
export function admitting(matches: Matches): DecideFault {
  return redeciding((decision, question, { policy }) => {
    const patterns = patternsOf(policy);
    const origin = originOf(question);
    if (patterns === null || origin === null || decision.allowed) return decision;
    return matches(origin, patterns) ? grantTo(origin, question, policy) : decision;
  });
}

/** Denies, of what a list admits, what `matches`. */
export function denying(matches: Matches): DecideFault {
  return (question, engine, { policy }) => {
    const patterns = patternsOf(policy);
    const origin = originOf(question);
    if (patterns === null || origin === null || !matches(origin, patterns)) return engine(question);
    return engine(asking(question, { origin: NOBODY }));
  };
}

/** Reads the origin in another way. */
export function readingOrigin(read: (origin: string) => string): DecideFault {
  return (question, engine) => {
    const origin = originOf(question);
    return engine(origin === null ? question : asking(question, { origin: read(origin) }));
  };
}

/** The decision turned into a denial. */
export function denied(decision: Decision): Decision {
  return changed(decision, {
    allowed: false,
    reason: 'origin-not-allowed',
    headers: {},
    respond: decision.kind === 'preflight' ? 403 : null,
  });
}
