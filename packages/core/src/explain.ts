/**
 * A decision → why it is so, what a browser makes of it, and what to change. It reads what `decide`
 * need not: the method and the headers that a preflight asks for, one by one.
 */
import type { CorsRequest } from './cors.js';
import type { Decision, DecisionReason } from './decision.js';
import { quote } from './describe-value.js';
import { fieldReaderFor } from './header-map.js';
import { isNonWildcardRequestHeaderName } from './header-name.js';
import { isSafelistedMethod, rightMethodCase } from './method.js';
import { readOriginPattern } from './origin-pattern.js';
import { findPatternProblem } from './origin-pattern-problem.js';

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
  if (!decision.allowed) return explainRefusal(decision, field('origin'));
  if (decision.kind === 'preflight') {
    return (
      explainMethod(decision, field) ?? explainHeaders(decision, field) ?? explainGrant(decision)
    );
  }
  return explainCredentials(decision, field) ?? explainGrant(decision);
}

type FieldOf = (name: string) => string;

/** The request's fields as text; `''` for what is absent, malformed or cannot be read. */
function fieldOf(request: CorsRequest): FieldOf {
  return (name) => {
    try {
      return fieldReaderFor(request.headers)(request.headers, name) ?? '';
    } catch {
      return '';
    }
  };
}

function explainGrant({ kind, reason, respond }: Decision): Explanation {
  const whom = reason === 'any-origin' ? 'any origin' : 'this origin';
  const rest =
    respond === null
      ? ' The application answers the preflight.'
      : ' The browser may send the request.';
  const sentence = `The policy allows ${whom}.${kind === 'preflight' ? rest : ' The browser lets the page read the reply.'}`;
  return { code: reason, sentence, fix: '' };
}

/** @see https://fetch.spec.whatwg.org/#cors-preflight-fetch */
function explainMethod(decision: Decision, field: FieldOf): Explanation | null {
  const method = field('access-control-request-method');
  if (isSafelistedMethod(method)) return null;
  const allowed = membersOf(decision.headers['Access-Control-Allow-Methods']);
  if (allowed.includes(method) || isCoveredByWildcard(allowed, decision)) return null;
  const right = rightMethodCase(method);
  const sentence = `The preflight asks for the method ${quote(method)}, and the policy does not list it: the browser blocks the request.`;
  const fix =
    right !== null && allowed.includes(right)
      ? `In the page, write ${quote(right)}: methods are case-sensitive, and browsers do not upper-case this one.`
      : `Add ${quote(right ?? method)} to \`methods\`.`;
  return { code: 'method-not-allowed', sentence, fix };
}

function explainHeaders(decision: Decision, field: FieldOf): Explanation | null {
  const allowed = membersOf(decision.headers['Access-Control-Allow-Headers']).map(lower);
  const any = isCoveredByWildcard(allowed, decision);
  const missing = membersOf(field('access-control-request-headers')).filter(
    (name) => !allowed.includes(lower(name)) && (!any || isNonWildcardRequestHeaderName(name)),
  );
  if (missing.length === 0) return null;
  // JSON is by far the commonest cause, so it comes first.
  missing.sort((a, b) => Number(isContentType(b)) - Number(isContentType(a)));
  const names = missing.map((name) => quote(properCase(name))).join(', ');
  const why = missing.some(isContentType)
    ? ' A JSON body makes every POST ask for Content-Type.'
    : any
      ? ' `*` does not cover Authorization.'
      : '';
  const sentence = `The preflight asks for ${names}, and the policy does not list ${missing.length === 1 ? 'it' : 'them'}: the browser blocks the request.${why}`;
  return { code: 'header-not-allowed', sentence, fix: `Add ${names} to \`allowedHeaders\`.` };
}

/** A cookie on a cross-origin request shows that the page asked with credentials. */
function explainCredentials(decision: Decision, field: FieldOf): Explanation | null {
  if (decision.kind !== 'actual' || field('cookie') === '') return null;
  if ('Access-Control-Allow-Credentials' in decision.headers) return null;
  return {
    code: 'credentials-not-allowed',
    sentence:
      'The request came with cookies, and the policy does not allow credentials: the browser blocks the reply.',
    fix: "Set `credentials: true` with a list of origins, or fetch without `credentials: 'include'`.",
  };
}

/** Whether `*` in a list covers everything: not with credentials, where it is a name like others. */
function isCoveredByWildcard(allowed: readonly string[], decision: Decision): boolean {
  return allowed.includes('*') && !('Access-Control-Allow-Credentials' in decision.headers);
}

function explainRefusal({ reason, error }: Decision, origin: string): Explanation {
  const [sentence, fix] = REFUSALS[reason](quote(origin), origin, error?.message ?? '');
  return { code: reason, sentence, fix };
}

type RefusalText = (quoted: string, origin: string, error: string) => readonly [string, string];

const BLOCKED = 'the browser keeps the reply from the page';

const REFUSALS: Readonly<Record<DecisionReason, RefusalText>> = {
  'any-origin': () => ['The policy allows any origin.', ''],
  'origin-allowed': () => ['The policy allows this origin.', ''],
  'no-origin': () => [
    'The request has no Origin header, so it is no CORS request: curl and servers send none.',
    '',
  ],
  'same-origin': () => [
    'The page and the server have the same origin, so CORS does not apply.',
    '',
  ],
  'not-cors-mode': () => [
    'The request is a navigation, a WebSocket or the like, so the browser does not check CORS.',
    '',
  ],
  'no-policy': () => [
    'The function `policy` returned false, so the reply is left as the application made it.',
    '',
  ],
  'origin-not-allowed': (quoted, origin) => [
    `The policy does not allow the origin ${quoted}: ${BLOCKED}.`,
    readOriginPattern(origin) === null
      ? 'If this origin is yours, let the option `origin` allow it.'
      : `If this origin is yours, add ${quoted} to \`origin\` (or let the predicate return true for it).`,
  ],
  'origin-malformed': (quoted, origin) => [
    `The Origin header is ${quoted}, which is not one well-formed origin; no browser sends that.`,
    origin === '' || readOriginPattern(origin) !== null
      ? 'Look for a client or proxy that writes the header.'
      : `${capitalise(findPatternProblem(origin).why)}. Look for a client or proxy that writes the header.`,
  ],
  'null-origin': () => [
    'The origin is null, as that of sandboxed frames, local files and some redirects, and the policy does not allow it.',
    'Serve the page from an origin of its own, and fetch the final address instead of a redirect.',
  ],
  'insecure-origin': (quoted) => [
    `The origin ${quoted} is not https:, and the policy allows credentials: the predicate was not asked.`,
    'Serve the page over https:; if you must, set `dangerouslyAllowInsecureOrigins: true`.',
  ],
  'method-refused': () => [
    'The preflight asks for something that is no method a page can send, so it was not echoed.',
    'Look at Access-Control-Request-Method: it must be one method of at most 64 characters.',
  ],
  'headers-refused': () => [
    'The preflight asks for more header names, or other text, than is echoed.',
    'Look at Access-Control-Request-Headers: at most 64 names and 1,024 bytes; or list `allowedHeaders`.',
  ],
  'predicate-failed': (quoted, _origin, error) => [
    `The predicate \`origin\` failed for ${quoted} (${quote(error)}), so nothing was granted.`,
    'Mend the predicate: it returns true or false, or a promise of it.',
  ],
  'policy-failed': (_quoted, _origin, error) => [
    `The function \`policy\` failed (${quote(error)}), so nothing was granted.`,
    'Mend the function: it returns a Cors made by `createCors`, or false.',
  ],
  'policy-conflict': () => [
    'Two different CORS policies met on this request, so nothing was granted.',
    'Mount one `cors` in front, with `policy: (request) => …` to choose.',
  ],
};

/** Members of a list header; far more than a browser sends are cut, since people read this. */
function membersOf(list: string | undefined): string[] {
  return (list ?? '')
    .slice(0, 4096)
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

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lower(name: string): string {
  return name.toLowerCase();
}
