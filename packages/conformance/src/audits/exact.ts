/**
 * The replies as this project designed them, field by field: the six CORS fields exactly, with what
 * stands beside them. Other servers may answer otherwise and still be right, so all of it is our own
 * opinion; what a browser needs is asked elsewhere.
 */
import type { Audit } from '../audit.js';
import { cwe, fetchStandard, rfc9110 } from './clauses.js';
import {
  admitsCredentialed,
  admitsNobody,
  grants,
  grantsNothing,
  preflightGranted,
  preflightRefused,
  stepsFor,
} from './expectations.js';
import { allowedOrigin, deniedOrigin, get, otherAllowedOrigin, preflight } from './requests.js';

const exposed = ['X-One', 'X-Two'];
const listedMethods = ['PUT', 'PATCH'];
const listedHeaders = ['Content-Type', 'X-A'];
const withoutOrigin = { vary: { without: ['Origin'] } };

/** Audits of every row of the table of decisions. */
export const exact: readonly Audit[] = [
  {
    id: 'exact/any-origin-actual',
    title: 'Any origin: the star and the exposed names, with Origin or without, and nothing else',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('http-access-control-allow-origin'),
    why: 'The same reply for everyone is what lets one cached copy serve pages and plain clients alike.',
    scenario: 'any-lists',
    requires: [],
    steps: stepsFor([null, allowedOrigin, deniedOrigin, 'null'], get, {
      cors: { allowOrigin: '*', exposeHeaders: exposed },
      ...withoutOrigin,
    }),
  },
  {
    id: 'exact/any-origin-preflight',
    title: 'Any origin, a preflight: 204 with the full lists, whatever was asked',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('cors-preflight-fetch'),
    why: 'A reply that does not depend on the question can be cached once for all of them, and shows the developer the whole policy.',
    scenario: 'any-lists',
    requires: [],
    steps: stepsFor(
      ['PUT', 'GET', 'DELETE'],
      (method) => preflight(deniedOrigin, { method, names: 'x-a,x-unlisted' }),
      {
        ...preflightGranted({
          allowOrigin: '*',
          allowMethods: listedMethods,
          allowHeaders: listedHeaders,
          maxAge: 600,
        }),
        ...withoutOrigin,
      },
    ),
  },
  {
    id: 'exact/any-origin-preflight-without-lists',
    title: 'Any origin and no lists: the preflight’s reply holds the star alone',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('cors-preflight-fetch'),
    why: 'What nobody configured must not be granted by default: least privilege.',
    scenario: 'any',
    requires: [],
    steps: [
      {
        request: preflight(deniedOrigin, { names: 'x-a' }),
        expect: { ...preflightGranted({ allowOrigin: '*' }), ...withoutOrigin },
      },
    ],
  },
  {
    id: 'exact/any-origin-preflight-wildcards',
    title: 'Any origin and starred lists: the preflight’s reply holds the stars',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('http-new-header-syntax'),
    why: 'Without credentials the star says all there is to say, in one reply for every question.',
    scenario: 'any-wildcards',
    requires: [],
    steps: [
      {
        request: preflight(deniedOrigin, { method: 'DELETE', names: 'x-a' }),
        expect: {
          ...preflightGranted({
            allowOrigin: '*',
            allowMethods: ['*'],
            allowHeaders: ['*'],
            maxAge: 86_400,
          }),
          vary: {
            without: ['Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers'],
          },
        },
      },
    ],
  },
  {
    id: 'exact/list-actual-allowed',
    title: 'A list, a request from an allowed origin: the origin, credentials and exposed names',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('http-access-control-allow-origin'),
    why: 'Fields that belong to preflights cost bytes on every reply and mislead whoever debugs it.',
    scenario: 'exposed',
    requires: [],
    steps: stepsFor([allowedOrigin, otherAllowedOrigin], get, (origin) =>
      grants(origin, { exposeHeaders: exposed }),
    ),
  },
  {
    id: 'exact/list-actual-denied',
    title: 'A list, a request from another origin or from none: nothing but Vary: Origin',
    level: 'should',
    basis: 'project',
    clause: cwe(200),
    why: 'Credentials, exposed names and other origins are no business of a page that is turned away.',
    scenario: 'exposed',
    requires: [],
    steps: stepsFor([null, deniedOrigin, 'null', `${allowedOrigin}:8443`], get, grantsNothing),
  },
  {
    id: 'exact/list-preflight-allowed',
    title:
      'A list, a preflight from an allowed origin: 204 with the full lists, whatever was asked',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('cors-preflight-fetch'),
    why: 'One cached preflight then serves many requests, and where something is missing the browser names the true cause.',
    scenario: 'exposed',
    requires: [],
    steps: stepsFor(
      ['PUT', 'GET', 'DELETE'],
      (method) => preflight(allowedOrigin, { method, names: 'x-a,x-unlisted' }),
      {
        ...preflightGranted({
          allowOrigin: allowedOrigin,
          allowCredentials: 'true',
          allowMethods: listedMethods,
          allowHeaders: listedHeaders,
          maxAge: 600,
        }),
        vary: { with: ['Origin'], without: ['Access-Control-Request-Method'] },
      },
    ),
  },
  {
    id: 'exact/list-preflight-denied',
    title: 'A list, a preflight from another origin: an empty 403 that discloses nothing',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('http-responses'),
    why: 'The standard offers 403 without the fields as the way to say no; lists sent along tell a stranger what the server accepts.',
    scenario: 'exposed',
    requires: [],
    steps: stepsFor([deniedOrigin, 'null'], (origin) => preflight(origin, { names: 'x-a' }), {
      ...preflightRefused,
      vary: {
        with: ['Origin'],
        without: ['Access-Control-Request-Method', 'Access-Control-Request-Headers'],
      },
    }),
  },
  {
    id: 'exact/single-origin',
    title: 'A single origin is treated like a list of one',
    level: 'may',
    basis: 'project',
    clause: fetchStandard('cors-protocol-and-http-caches'),
    why: 'A server with one origin may send it always, and without Vary; one rule for lists of any length means that nothing changes in the caches when a second one is added.',
    scenario: 'single',
    requires: [],
    steps: [
      { request: get(null), expect: grantsNothing },
      { request: get(deniedOrigin), expect: grantsNothing },
      {
        request: get(allowedOrigin),
        expect: { cors: { allowOrigin: allowedOrigin }, vary: { with: ['Origin'] } },
      },
    ],
  },
  {
    id: 'exact/success-status',
    title: 'A configured success status is used, with an explicit length of 0',
    level: 'should',
    basis: 'project',
    clause: rfc9110('8.6'),
    why: 'Some old clients choke on 204, which is why the option exists. A 200 without a length leaves them waiting for a body.',
    scenario: 'listed-status-200',
    requires: [],
    steps: [
      {
        request: preflight(allowedOrigin, { names: 'x-a' }),
        expect: {
          ...admitsCredentialed,
          status: 200,
          fields: { 'Content-Length': '0' },
          body: '',
          reachedApplication: false,
        },
      },
      { request: preflight(deniedOrigin), expect: { ...admitsNobody, status: 403 } },
    ],
  },
  {
    id: 'exact/preflight-continues',
    title:
      'Where preflights go on to the application, a granted one carries the grant and a denied one stops',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('cors-preflight-fetch'),
    why: 'Whoever answers OPTIONS in the application still wants the policy on the reply, and no handler to run for strangers.',
    scenario: 'listed-continue',
    requires: [],
    steps: [
      {
        request: preflight(allowedOrigin, { names: 'x-a' }),
        expect: { ...admitsCredentialed, status: 200, body: 'ok', reachedApplication: true },
      },
      {
        request: preflight(deniedOrigin),
        expect: { ...admitsNobody, status: 403, reachedApplication: false },
      },
      {
        request: preflight(allowedOrigin, { path: '/own-cors/lower' }),
        expect: admitsCredentialed,
      },
    ],
  },
];
