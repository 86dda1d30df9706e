/**
 * The methods that a preflight's reply allows.
 */
import type { Audit, Step } from '../audit.js';
import type { Expectation } from '../expectation.js';
import { cwe, fetchStandard, rfc9110 } from './clauses.js';
import {
  admitsAnonymous,
  admitsCredentialed,
  admitsNobody,
  expectNotEchoed,
  preflightStopped,
  stepsFor,
} from './expectations.js';
import { allowedOrigin, deniedOrigin, preflight, request } from './requests.js';

/** What no method is made of. */
const notTokens = ['', 'GET, *', '<PUT>;x=1', 'PUT POST', '"PUT"', 'PUT,', 'P\u{dc}T'];
const forbiddenMethods = ['CONNECT', 'TRACE', 'TRACK', 'connect', 'Trace'];
const longestMethod = 'M'.repeat(64);
const everyTokenCharacter = "!#$%&'*+-.^_`|~09azAZ";

const fixedList: Expectation = { someCors: { allowMethods: ['GET', 'PUT'] } };

/** Two Access-Control-Request-Method lines in one preflight. */
const repeatedMethod = request(
  'OPTIONS',
  '/ok',
  allowedOrigin,
  ['Access-Control-Request-Method', 'GET'],
  ['Access-Control-Request-Method', 'PUT'],
);

/** A preflight that is answered with the method as it was asked. */
function echoed(method: string): Step {
  return {
    request: preflight(allowedOrigin, { method }),
    expect: { ...admitsCredentialed, someCors: { allowMethods: [method] } },
  };
}

/** A preflight that is refused because of its method. */
function refused(method: string): Step {
  return {
    request: preflight(allowedOrigin, { method }),
    expect: preflightStopped,
  };
}

/** Audits of the methods. */
export const methods: readonly Audit[] = [
  {
    id: 'methods/listed-is-allowed',
    title: 'A listed method is allowed',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-access-control-allow-methods'),
    why: 'Without it the browser never sends the PUT.',
    scenario: 'exposed',
    requires: [],
    steps: stepsFor(
      ['PUT', 'PATCH'],
      (method) => preflight(allowedOrigin, { method }),
      admitsCredentialed,
    ),
  },
  {
    id: 'methods/safelisted-need-no-listing',
    title: 'GET, HEAD and POST are allowed though the policy does not name them',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('cors-safelisted-method'),
    why: 'A JSON POST is preflighted for its Content-Type. Refusing it because nobody named POST blocks the commonest request there is.',
    scenario: 'exposed',
    requires: [],
    steps: stepsFor(
      ['GET', 'HEAD', 'POST'],
      (method) => preflight(allowedOrigin, { method, names: 'content-type' }),
      admitsCredentialed,
    ),
  },
  {
    id: 'methods/unlisted-is-not-allowed',
    title: 'A method that is not listed is not allowed',
    level: 'must',
    basis: 'security',
    clause: cwe(942),
    why: 'The list is what keeps a page that may read from deleting.',
    scenario: 'listed',
    requires: [],
    steps: stepsFor(
      ['DELETE', 'PATCH', 'PUTS', 'PU', 'QUERY', '*'],
      (method) => preflight(allowedOrigin, { method }),
      admitsNobody,
    ),
  },
  {
    id: 'methods/case-is-compared',
    title: 'Methods are compared with their case',
    level: 'should',
    basis: 'rfc9110',
    clause: rfc9110('9.1'),
    why: 'patch and PATCH are two methods, and browsers do not upper-case this one. Allowing the wrong one only moves the failure to the router.',
    scenario: 'exposed',
    requires: [],
    steps: stepsFor(
      ['patch', 'Patch', 'put'],
      (method) => preflight(allowedOrigin, { method }),
      admitsNobody,
    ),
  },
  {
    id: 'methods/fixed-list-ignores-the-question',
    title: 'A fixed list is sent whole and unchanged, however odd the method asked for',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('cors-preflight-fetch'),
    why: 'Nothing from the request can end up in a reply that does not depend on it, and the browser refuses what is missing with the true cause.',
    scenario: 'listed',
    requires: [],
    steps: stepsFor(
      [...notTokens, 'CONNECT', 'put', 'patch', 'A'.repeat(5000)],
      (method) => preflight(allowedOrigin, { method }),
      { ...fixedList, vary: { without: ['Access-Control-Request-Method'] } },
    ),
  },
  {
    id: 'methods/fixed-list-ignores-repeated-lines',
    title: 'A fixed list is sent unchanged when the method stands on two lines',
    level: 'may',
    basis: 'project',
    clause: rfc9110('5.3'),
    why: 'No browser sends two lines. A reply that does not depend on them cannot be led astray by them.',
    scenario: 'listed',
    requires: ['raw-bytes'],
    steps: [{ request: repeatedMethod, expect: fixedList }],
  },
  {
    id: 'methods/star-without-credentials',
    title: 'Without credentials, a star allows every method',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-new-header-syntax'),
    why: 'The option means every method, and browsers understand the star where no cookies are involved.',
    scenario: 'any-wildcards',
    requires: [],
    steps: stepsFor(
      ['PUT', 'DELETE', 'PATCH', 'QUERY', 'patch', 'X-CUSTOM'],
      (method) => preflight(deniedOrigin, { method }),
      admitsAnonymous,
    ),
  },
  {
    id: 'methods/star-with-credentials',
    title: 'With credentials, a star still allows every method',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('cors-protocol-and-credentials'),
    why: 'Beside credentials browsers read the star as a method of that name. Sent as it stands, it allows nothing.',
    scenario: 'echo',
    requires: [],
    steps: stepsFor(
      ['PUT', 'DELETE', 'PATCH', 'QUERY', 'patch', 'X-CUSTOM'],
      (method) => preflight(allowedOrigin, { method }),
      admitsCredentialed,
    ),
  },
  {
    id: 'methods/echo-is-the-method-as-asked',
    title: 'A star beside credentials is answered with the method as it was asked, and no other',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('http-access-control-allow-methods'),
    why: 'Methods are compared with their case, and a page that asked for one has no use for others.',
    scenario: 'echo',
    requires: [],
    steps: ['PUT', 'put', 'patch', 'GET', '*', everyTokenCharacter, longestMethod].map(echoed),
  },
  {
    id: 'methods/echo-takes-tokens-only',
    title: 'What is no method is never echoed',
    level: 'should',
    basis: 'project',
    clause: cwe(113),
    why: 'A value that is copied unchecked becomes whatever its sender wants it to be in the reply: a list, another policy, a broken header.',
    scenario: 'echo',
    requires: [],
    check: async (context) => {
      for (const method of notTokens) {
        expectNotEchoed(context, await context.send(preflight(allowedOrigin, { method })), method);
      }
    },
  },
  {
    id: 'methods/echo-refuses-the-rest',
    title: 'A preflight with what is no method, a forbidden one or one of over 64 bytes is refused',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('http-responses'),
    why: 'A refusal that says so is easier to find than a reply that quietly lacks a list.',
    scenario: 'echo',
    requires: [],
    steps: [...notTokens, ...forbiddenMethods, `${longestMethod}M`].map(refused),
  },
  {
    id: 'methods/echo-refuses-repeated-lines',
    title: 'Two lines of Access-Control-Request-Method are refused where the method is echoed',
    level: 'may',
    basis: 'project',
    clause: rfc9110('5.3'),
    why: 'Which of the two was meant is a guess, and joined they are no method.',
    scenario: 'echo',
    requires: ['raw-bytes'],
    steps: [{ request: repeatedMethod, expect: preflightStopped }],
  },
];
