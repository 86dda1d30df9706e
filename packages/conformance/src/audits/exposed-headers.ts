/**
 * The response headers that a page may read.
 */
import type { Audit } from '../audit.js';
import { cwe, fetchStandard } from './clauses.js';
import { stepsFor } from './expectations.js';
import { allowedOrigin, deniedOrigin, get, preflight, request } from './requests.js';

const names = ['X-One', 'X-Two'];

/** Audits of exposed headers. */
export const exposedHeaders: readonly Audit[] = [
  {
    id: 'exposed-headers/listed-are-readable',
    title: 'Listed response headers can be read, on errors too, and no others',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-access-control-expose-headers'),
    why: 'Pagination, request ids and upload protocols live in response headers, which pages cannot see unless they are named.',
    scenario: 'exposed',
    requires: [],
    steps: ['/ok', '/status/404', '/status/500'].map((path) => ({
      request: request('GET', path, allowedOrigin),
      expect: { browser: { admits: 'credentialed', exposes: names, hides: ['X-Three', '*'] } },
    })),
  },
  {
    id: 'exposed-headers/star-without-credentials',
    title: 'Without credentials, a star exposes every response header',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-new-header-syntax'),
    why: 'The option means every header, and browsers understand the star where no cookies are involved.',
    scenario: 'any-header-wildcards',
    requires: [],
    steps: [
      {
        request: get(deniedOrigin),
        expect: { browser: { admits: 'anonymous', exposes: ['X-Application'] } },
      },
    ],
  },
  {
    id: 'exposed-headers/none-unless-configured',
    title: 'Where no names are configured, none is exposed',
    level: 'must',
    basis: 'security',
    clause: cwe(200),
    why: 'Response headers may hold tokens and internals; a page reads what it was given, not all there is.',
    scenario: 'listed',
    requires: [],
    steps: [
      {
        request: get(allowedOrigin),
        expect: { browser: { admits: 'credentialed', hides: ['X-Application', 'X-One', '*'] } },
      },
    ],
  },
  {
    id: 'exposed-headers/handlers-names-join-ours',
    title: 'Names that a handler exposes join those of the policy; what is no name is dropped',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('http-access-control-expose-headers'),
    why: 'Upload and pagination libraries expose their own headers. Replacing them breaks those, and one malformed member voids the whole list.',
    scenario: 'exposed',
    requires: [],
    steps: [
      {
        request: request('GET', '/own-cors/expose', allowedOrigin),
        expect: { someCors: { exposeHeaders: [...names, 'X-Handler'] } },
      },
    ],
  },
  {
    id: 'exposed-headers/handlers-names-under-a-star',
    title: 'Names that a handler exposes leave the policy’s star in force',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('http-new-header-syntax'),
    why: 'More names must never mean less exposed.',
    scenario: 'any-header-wildcards',
    requires: [],
    steps: [
      {
        request: request('GET', '/own-cors/expose', deniedOrigin),
        expect: {
          browser: { admits: 'anonymous', exposes: ['X-Application'] },
        },
      },
    ],
  },
  {
    id: 'exposed-headers/handlers-names-go-when-denied',
    title: 'Names that a handler exposes do not leave on a denied reply',
    level: 'should',
    basis: 'project',
    clause: cwe(200),
    why: 'Nobody may read that reply, and the names tell a stranger what is inside.',
    scenario: 'exposed',
    requires: [],
    steps: [
      ...stepsFor([deniedOrigin, null], (origin) => request('GET', '/own-cors/expose', origin), {
        fields: { 'Access-Control-Expose-Headers': null },
      }),
    ],
  },
];

/** Audits of how long a preflight may be kept. */
export const maxAge: readonly Audit[] = [
  {
    id: 'max-age/seconds-are-sent',
    title: 'The configured seconds are sent',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-access-control-max-age'),
    why: 'Without them a browser asks again every five seconds, before each request.',
    scenario: 'exposed',
    requires: [],
    steps: [{ request: preflight(allowedOrigin), expect: { browser: { keeps: 600 } } }],
  },
  {
    id: 'max-age/zero-is-sent',
    title: 'A configured zero is sent, and not taken for nothing',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-access-control-max-age'),
    why: 'Zero means that a change of policy holds at once. Dropped as if it were absent, it leaves browsers with five seconds.',
    scenario: 'single',
    requires: [],
    steps: [{ request: preflight(allowedOrigin), expect: { browser: { keeps: 0 } } }],
  },
];
