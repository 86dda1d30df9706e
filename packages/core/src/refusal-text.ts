/**
 * Refusals, in words: what each reason means for the page, and what to change.
 */
import type { Decision, DecisionReason } from './decision.js';
import { describeError, quote, quoteWhole } from './describe-value.js';
import type { FieldValue } from './header-map.js';
import { secureFormOf } from './origin-guards.js';
import { readOriginPattern } from './origin-pattern.js';
import { findPatternProblem } from './origin-pattern-problem.js';
import { isInsecureOrigin } from './origin-trust.js';

/**
 * What a refusal means, and what to change; `''` when nothing has to.
 *
 * @param origin - Null for several values, undefined where the headers could not be read.
 */
export function refusalText(
  { reason, error }: Decision,
  origin: FieldValue,
): readonly [sentence: string, fix: string] {
  if (reason === 'origin-malformed' && typeof origin !== 'string')
    return ['There are several Origin headers, or none that can be read.', LOOK];
  return REFUSALS[reason](quote(origin ?? ''), origin ?? '', error);
}

type RefusalText = (
  quoted: string,
  origin: string,
  error: Error | null,
) => readonly [string, string];

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
    fixOfOrigin(origin),
  ],
  'origin-malformed': (quoted, origin) => [
    `The Origin header is ${quoted}, which is not one well-formed origin; no browser sends that.`,
    origin === '' || readOriginPattern(origin) !== null
      ? LOOK
      : `${capitalise(findPatternProblem(origin).why)}. ${LOOK}`,
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
    `The predicate \`origin\` failed for ${quoted} (${firstLine(error)}), so nothing was granted.`,
    'Mend the predicate: it returns true or false, or a promise of it.',
  ],
  'policy-failed': (_quoted, _origin, error) => [
    `The function \`policy\` failed (${firstLine(error)}), so nothing was granted.`,
    'Mend the function: it returns a Cors made by `createCors`, or false.',
  ],
  'policy-conflict': () => [
    'Two different CORS policies met on this request, so nothing was granted.',
    'Mount one `cors` in front, with `policy: (request) => …` to choose.',
  ],
};

const LOOK = 'Look for a client or proxy that writes the header.';

/** What start-up would not refuse in its turn. */
function fixOfOrigin(origin: string): string {
  const exact = readOriginPattern(origin)?.exact === true;
  const add = (text: string): string => `add ${quoteWhole(text)} to \`origin\``;
  const fix = !exact
    ? 'let the option `origin` allow it.'
    : isInsecureOrigin(origin)
      ? `serve it over https: and ${add(secureFormOf(origin))}; or ${add(origin)}: with credentials that needs \`dangerouslyAllowInsecureOrigins: true\`.`
      : `${add(origin)} (or let the predicate return true for it).`;
  return `If this origin is yours, ${fix}`;
}

/** What an error says, on one line. */
function firstLine(error: Error | null): string {
  return describeError(error).split('\n')[0] ?? '';
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
