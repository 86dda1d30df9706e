/**
 * The request headers that a preflight's reply allows, where the policy lists them or stars them.
 */
import type { Audit } from '../audit.js';
import { cwe, fetchStandard, rfc9110 } from './clauses.js';
import { admitsAnonymous, admitsCredentialed, admitsNobody, stepsFor } from './expectations.js';
import { allowedOrigin, deniedOrigin, preflight } from './requests.js';

/** Access-Control-Request-Headers in every shape that is no more than odd. */
export const oddShapes: readonly (string | readonly string[])[] = [
  [],
  '',
  ',,,',
  ', \t ,',
  'X-A',
  'x-b,x-a',
  'x-a \t,  x-b',
  'x-a,,x-b,',
  ['x-a', 'x-b'],
  'x-a,x-a,x-a',
  'authorization,x-a',
];

/** Access-Control-Request-Headers that is no list of names. */
export const malformedLists: readonly string[] = [
  'x a',
  'x-a;x-b',
  '"x-a"',
  'x-a:1',
  'x-a, (x-b)',
  'x@a',
  'x-\u{e9}',
  'x-a\tx-b',
  '<script>',
];

/** Audits of request headers under fixed lists and stars. */
export const requestHeaders: readonly Audit[] = [
  {
    id: 'request-headers/listed-are-allowed',
    title: 'Listed request headers are allowed, one or all of them, in any case of the list',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-access-control-allow-headers'),
    why: 'Content-Type on a JSON body is the first header that anybody needs. Browsers ask for it in lower case, and developers write it as they please.',
    scenario: 'exposed',
    requires: [],
    steps: stepsFor(
      ['content-type', 'x-a', 'content-type,x-a', []],
      (names) => preflight(allowedOrigin, { names }),
      admitsCredentialed,
    ),
  },
  {
    id: 'request-headers/unlisted-are-not-allowed',
    title: 'Request headers that are not listed are not allowed',
    level: 'must',
    basis: 'security',
    clause: cwe(942),
    why: 'Some applications treat a header that no form can send as proof of their own script. One that the policy does not list must stay out.',
    scenario: 'exposed',
    requires: [],
    steps: stepsFor(
      ['x-b', 'x-a,x-b', 'x-aa', 'x', 'x-', 'authorization', 'content-type-x', '*'],
      (names) => preflight(allowedOrigin, { names }),
      admitsNobody,
    ),
  },
  {
    id: 'request-headers/fixed-list-ignores-odd-shapes',
    title: 'A fixed list is sent whole and unchanged, in whatever shape the names are asked for',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('cors-preflight-fetch'),
    why: 'Intermediaries split, pad and reorder the question. An answer that does not depend on it needs no parser at all.',
    scenario: 'listed',
    requires: [],
    steps: stepsFor(
      [...oddShapes, ...malformedLists],
      (names) => preflight(allowedOrigin, { names }),
      {
        someCors: { allowHeaders: ['x-a'] },
        vary: { without: ['Access-Control-Request-Headers'] },
      },
    ),
  },
  {
    id: 'request-headers/odd-shapes-are-understood',
    title:
      'Names asked for with spaces, empty members or on several lines are allowed where they are listed',
    level: 'should',
    basis: 'rfc9110',
    clause: rfc9110('5.6.1'),
    why: 'Lists may change their shape on the way, and mean the same. A page must not be blocked for its proxy’s habits.',
    scenario: 'exposed',
    requires: [],
    steps: stepsFor(
      [
        'content-type, x-a',
        'content-type ,x-a',
        'content-type,,x-a,',
        ',content-type, ,x-a',
        ['content-type', 'x-a'],
      ],
      (names) => preflight(allowedOrigin, { names }),
      admitsCredentialed,
    ),
  },
  {
    id: 'request-headers/star-without-credentials',
    title: 'Without credentials, a star allows every request header but Authorization',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-new-header-syntax'),
    why: 'The option means every header, and browsers understand the star where no cookies are involved.',
    scenario: 'any-header-wildcards',
    requires: [],
    steps: stepsFor(
      ['x-a', 'content-type', 'x-one,x-two,x-three', 'x-a,*'],
      (names) => preflight(deniedOrigin, { names }),
      admitsAnonymous,
    ),
  },
  {
    id: 'request-headers/star-does-not-cover-authorization',
    title: 'Without credentials, a star does not allow Authorization',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('cors-non-wildcard-request-header-name'),
    why: 'The standard keeps the one header that carries a secret out of the star. Echoing it back in undoes that.',
    scenario: 'any-header-wildcards',
    requires: [],
    steps: stepsFor(
      ['authorization', 'Authorization', 'x-a,authorization'],
      (names) => preflight(deniedOrigin, { names }),
      admitsNobody,
    ),
  },
  {
    id: 'request-headers/authorization-beside-the-star',
    title: 'Authorization that is listed beside a star is allowed, with every other header',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('cors-non-wildcard-request-header-name'),
    why: 'A bearer token is how most APIs without cookies know their callers; naming it is the only way to let it through.',
    scenario: 'any-authorization',
    requires: [],
    steps: stepsFor(
      ['authorization', 'x-a', 'authorization,content-type,x-a'],
      (names) => preflight(deniedOrigin, { names }),
      admitsAnonymous,
    ),
  },
  {
    id: 'request-headers/star-with-credentials',
    title: 'With credentials, a star allows every request header, Authorization too',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('cors-protocol-and-credentials'),
    why: 'Beside credentials browsers read the star as a header of that name. Sent as it stands, it allows nothing.',
    scenario: 'echo-headers',
    requires: [],
    steps: stepsFor(
      ['x-a', 'authorization', 'authorization,content-type,x-a', []],
      (names) => preflight(allowedOrigin, { names }),
      admitsCredentialed,
    ),
  },
];
