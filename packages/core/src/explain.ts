/**
 * A decision → why it is so, what a browser makes of it, and what to change. It reads what `decide`
 * need not: the method and the headers that a preflight asks for, one by one.
 */
import type { CorsRequest } from './cors.js';
import { allowsCredentials, type Decision, type DecisionReason, ownField } from './decision.js';
import { quote, quoteWhole } from './describe-value.js';
import { fieldReaderFor, type FieldValue } from './header-map.js';
import { isForbiddenRequestHeaderName, isNonWildcardRequestHeaderName } from './header-name.js';
import {
  isForbiddenMethod,
  isNormalizedMethod,
  isSafelistedMethod,
  rightMethodCase,
} from './method.js';
import { nonCorsReason } from './non-cors.js';
import { refusalText } from './refusal-text.js';
import { isToken } from './token.js';

/** What a browser will say that the decision itself does not. Each is a heading in `docs/errors.md`. */
export type ExplanationCode =
  | DecisionReason
  | 'method-not-allowed'
  | 'header-not-allowed'
  | 'credentials-not-allowed';

/** An explanation, for a person. */
export interface Explanation {
  /** The decision's reason, or what a browser will refuse although the origin is granted. */
  readonly code: ExplanationCode;
  /** What happened, with the values that mattered. */
  readonly sentence: string;
  /** What to change; `''` when nothing has to. */
  readonly fix: string;
}

/**
 * Explains a decision.
 *
 * @param decision - From `Cors.decide`.
 * @param request - The request that was decided about.
 *
 * @example
 * ```ts
 * import { createCors, explain } from '@cors/core';
 *
 * const cors = createCors({ origin: 'https://app.example.com' });
 * const request = {
 *   method: 'OPTIONS',
 *   headers: {
 *     Origin: 'https://app.example.com',
 *     'Access-Control-Request-Method': 'POST',
 *     'Access-Control-Request-Headers': 'content-type',
 *   },
 * };
 * const { code, fix } = explain(cors.decide(request), request);
 * console.log(code, fix); // header-not-allowed: add 'Content-Type' to `allowedHeaders`
 * ```
 */
export function explain(decision: Decision, request: CorsRequest): Explanation {
  const field = fieldOf(request);
  if (!decision.allowed) {
    const [sentence, fix] = refusalText(decision, field('origin'));
    return { code: decision.reason, sentence, fix };
  }
  if (decision.kind === 'preflight') {
    return (
      explainMethod(decision, field) ?? explainHeaders(decision, field) ?? explainGrant(decision)
    );
  }
  // In this mode a page gets nothing to read, whatever is granted, so the browser makes no CORS check.
  // https://fetch.spec.whatwg.org/#concept-request-mode
  if (decision.kind === 'actual' && field('sec-fetch-mode') === 'no-cors')
    return explainGrant(decision, 'The page fetched without CORS, and cannot read the reply.');
  return explainCredentials(decision, request, field) ?? explainGrant(decision);
}

type FieldOf = (name: string) => FieldValue;

/** The request's fields; undefined for what is absent or cannot be read, null for what is malformed. */
function fieldOf(request: CorsRequest): FieldOf {
  return (name) => {
    try {
      return fieldReaderFor(request.headers)(request.headers, name);
    } catch {
      return undefined;
    }
  };
}

const GRANTED: Readonly<Record<Decision['kind'], string>> = {
  preflight: 'The browser may send the request.',
  actual: 'The browser lets the page read the reply.',
  'not-cors': 'The request has no Origin, so no browser checks it.',
};

function explainGrant({ kind, reason }: Decision, effect: string = GRANTED[kind]): Explanation {
  const whom = reason === 'any-origin' ? 'any origin' : 'this origin';
  return { code: reason, sentence: `The policy allows ${whom}. ${effect}`, fix: '' };
}

/** @see https://fetch.spec.whatwg.org/#cors-preflight-fetch */
function explainMethod(decision: Decision, field: FieldOf): Explanation | null {
  const method = field('access-control-request-method') ?? '';
  if (isSafelistedMethod(method)) return null;
  const allowed = membersOf(ownField(decision.headers, 'Access-Control-Allow-Methods'));
  if (allowed.includes(method) || isCoveredByWildcard(allowed, decision)) return null;
  if (!isToken(method) || isForbiddenMethod(method)) {
    const what = `The preflight asks for ${quote(method)}, which is no method that a page can send.`;
    return { code: 'method-not-allowed', sentence: what, fix: NO_BROWSER };
  }
  const right = rightMethodCase(method);
  if (right !== null && isNormalizedMethod(method)) {
    const what = `The preflight asks for the method ${quote(method)}, which browsers write ${quote(right)}.`;
    return { code: 'method-not-allowed', sentence: what, fix: NO_BROWSER };
  }
  const sentence = `The preflight asks for the method ${quote(method)}, and the policy does not list it: the browser blocks the request.`;
  const wanted = right ?? method;
  const add = allowed.includes(wanted) ? '' : `Add ${quoteWhole(wanted)} to \`methods\`. `;
  const write =
    right === null
      ? ''
      : `In the page, write ${quote(right)}: methods are case-sensitive, and browsers do not upper-case this one.`;
  return { code: 'method-not-allowed', sentence, fix: (add + write).trim() };
}

function explainHeaders(decision: Decision, field: FieldOf): Explanation | null {
  const allowed = membersOf(ownField(decision.headers, 'Access-Control-Allow-Headers')).map(lower);
  const any = isCoveredByWildcard(allowed, decision);
  const asked = membersOf(cutList(field('access-control-request-headers') ?? ''));
  const missing = asked.filter(
    (name) => !allowed.includes(lower(name)) && (!any || isNonWildcardRequestHeaderName(name)),
  );
  if (missing.length === 0) return null;
  const odd = missing.find((name) => !isToken(name) || isForbiddenRequestHeaderName(name));
  if (odd !== undefined) {
    const what = `The preflight asks for ${quote(odd)}, which is no header that a page can set.`;
    return { code: 'header-not-allowed', sentence: what, fix: NO_BROWSER };
  }
  // JSON is by far the commonest cause, so it comes first.
  missing.sort((a, b) => Number(isContentType(b)) - Number(isContentType(a)));
  const names = missing.map((name) => quote(properCase(name))).join(', ');
  const whole = missing.map((name) => quoteWhole(properCase(name))).join(', ');
  const why = missing.some(isContentType)
    ? ' A JSON body makes every POST ask for Content-Type.'
    : any
      ? ' `*` does not cover Authorization.'
      : '';
  const sentence = `The preflight asks for ${names}, and the policy does not list ${missing.length === 1 ? 'it' : 'them'}: the browser blocks the request.${why}`;
  return { code: 'header-not-allowed', sentence, fix: `Add ${whole} to \`allowedHeaders\`.` };
}

/** A cookie on a cross-origin request shows that the page asked with credentials. */
function explainCredentials(
  decision: Decision,
  { headers }: CorsRequest,
  field: FieldOf,
): Explanation | null {
  if (decision.kind !== 'actual' || allowsCredentials(decision.headers)) return null;
  if ((field('cookie') ?? '') === '') return null;
  // Cookies go with every same-origin request and navigation, and nobody checks those.
  if (nonCorsReason(field('origin') ?? '', headers, fieldReaderFor(headers)) !== null) return null;
  return {
    code: 'credentials-not-allowed',
    sentence:
      'The request came with cookies, and the policy does not allow credentials: the browser blocks the reply.',
    fix: "Set `credentials: true` with a list of origins, or fetch without `credentials: 'include'`.",
  };
}

/** Whether `*` in a list covers everything: not with credentials, where it is a name like others. */
function isCoveredByWildcard(allowed: readonly string[], decision: Decision): boolean {
  return allowed.includes('*') && !allowsCredentials(decision.headers);
}

const NO_BROWSER = 'No browser sends that: look for a client or proxy that writes the header.';

/** Far more than a browser sends is cut, after a whole name: people read this. */
function cutList(list: string): string {
  return /^.{0,4096}(?=,|$)/s.exec(list)?.[0] ?? list.slice(0, 4096);
}

/** The members of a list header. */
function membersOf(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
}

function isContentType(name: string): boolean {
  return lower(name) === 'content-type';
}

/** `content-type` as people write it. */
function properCase(name: string): string {
  return lower(name).replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function lower(name: string): string {
  return name.toLowerCase();
}
