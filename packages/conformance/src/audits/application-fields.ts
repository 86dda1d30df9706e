/**
 * Fields that the application sets itself: the CORS ones give way to the policy, all others stay.
 */
import type { Audit } from '../audit.js';
import { cwe, fetchStandard } from './clauses.js';
import { admitsNobody, grants, grantsNothing, stepsFor } from './expectations.js';
import { allowedOrigin, deniedOrigin, request } from './requests.js';

const handlerOrigin = 'https://handler.example';
const ownRoutes = ['/own-cors', '/own-cors/lower', '/own-cors/twice'];

/** Audits of the application's own fields. */
export const applicationFields: readonly Audit[] = [
  {
    id: 'application-fields/one-allow-origin',
    title: 'Where a handler sets Access-Control-Allow-Origin too, one value leaves',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('cors-check'),
    why: 'A proxied upstream with CORS of its own is the usual cause of two values, which every browser refuses.',
    scenario: 'listed',
    requires: [],
    check: async (context) => {
      for (const path of ['/own-cors', '/own-cors/lower']) {
        const reply = await context.send(request('GET', path, allowedOrigin));
        const values = reply.headers
          .filter(([name]) => name.toLowerCase() === 'access-control-allow-origin')
          .flatMap(([, value]) => value.split(','));
        context.assert(
          values.length <= 1,
          `one origin should leave for ${path}, not ${values.join(' and ')}`,
        );
      }
    },
  },
  {
    id: 'application-fields/policy-replaces-the-grant',
    title: 'A handler’s CORS fields give way to the policy’s',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('http-responses'),
    why: 'With two authorities over six fields, nobody can say from the policy what a page may do.',
    scenario: 'exposed',
    requires: [],
    steps: [
      ...stepsFor(
        ['/own-cors/lower', '/own-cors/twice'],
        (path) => request('GET', path, allowedOrigin),
        grants(allowedOrigin, { exposeHeaders: ['X-One', 'X-Two'] }),
      ),
      {
        request: request('GET', '/own-cors', allowedOrigin),
        expect: grants(allowedOrigin, { exposeHeaders: ['X-One', 'X-Two', 'X-Handler'] }),
      },
    ],
  },
  {
    id: 'application-fields/policy-withdraws-the-grant',
    title: 'A handler’s CORS fields do not leave where the policy denies',
    level: 'should',
    basis: 'project',
    clause: cwe(942),
    why: 'A forgotten header deep in a handler must not open what the policy at the front has closed.',
    scenario: 'listed',
    requires: [],
    steps: [deniedOrigin, handlerOrigin, null].flatMap((origin) =>
      stepsFor(ownRoutes, (path) => request('GET', path, origin), grantsNothing),
    ),
  },
  {
    id: 'application-fields/star-replaces-the-grant',
    title: 'Under any origin a handler’s own origin and credentials give way to the star',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('cors-protocol-and-credentials'),
    why: 'One route that names an origin with credentials undoes what the policy for any origin promises: none, ever.',
    scenario: 'any',
    requires: [],
    steps: stepsFor(
      [deniedOrigin, handlerOrigin, null],
      (origin) => request('GET', '/own-cors', origin),
      { cors: { allowOrigin: '*', exposeHeaders: ['X-Handler'] } },
    ),
  },
  {
    id: 'application-fields/gone-after-an-error',
    title: 'CORS fields set before a handler failed do not open the error reply',
    level: 'should',
    basis: 'project',
    clause: cwe(942),
    why: 'Whether the head is kept or cleared on an error differs by framework; the policy must hold either way.',
    scenario: 'listed',
    requires: ['error-handling'],
    steps: [
      {
        request: request('GET', '/own-cors/throw', handlerOrigin),
        expect: { ...grantsNothing, ...admitsNobody, status: 500 },
      },
      {
        request: request('GET', '/own-cors/throw', allowedOrigin),
        expect: { browser: { admits: 'credentialed' }, status: 500 },
      },
    ],
  },
  {
    id: 'application-fields/others-stay',
    title: 'Fields that are no business of CORS stay as they are, repeats included',
    level: 'must',
    basis: 'project',
    clause: fetchStandard('http-responses'),
    why: 'A middleware that rebuilds a head may lose the second cookie, and with it a user’s session.',
    scenario: 'listed',
    requires: [],
    steps: stepsFor([allowedOrigin, null], (origin) => request('GET', '/fields', origin), {
      status: 200,
      fields: {
        'X-Own': '1',
        'Cache-Control': 'private, max-age=60',
        'Content-Type': 'application/x-own',
        'Set-Cookie': ['a=1', 'b=2'],
        'Cross-Origin-Resource-Policy': 'same-site',
        'Timing-Allow-Origin': handlerOrigin,
      },
    }),
  },
];
