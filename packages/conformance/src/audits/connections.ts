/**
 * Many requests at once or one after the other: nothing of one may stick to another.
 */
import type { Audit, Step } from '../audit.js';
import { cwe, rfc9110 } from './clauses.js';
import {
  admitsCredentialed,
  admitsNobody,
  grants,
  grantsNothing,
  stepsFor,
} from './expectations.js';
import {
  allowedOrigin,
  deniedOrigin,
  get,
  preflight,
  type HeaderLine,
  request,
} from './requests.js';

const localOrigin = 'http://localhost:3000';
const subdomain = 'https://x.b.example';

/** One request of each kind, and what it must get whoever came before. */
const mixture: readonly Step[] = [
  { request: get(allowedOrigin), expect: { ...admitsCredentialed, body: 'ok' } },
  { request: get(deniedOrigin), expect: admitsNobody },
  { request: get(localOrigin), expect: admitsCredentialed },
  { request: get(null), expect: { reachedApplication: true, body: 'ok' } },
  { request: preflight(subdomain, { names: 'x-a' }), expect: admitsCredentialed },
  { request: request('PUT', '/ok', subdomain), expect: admitsCredentialed },
  { request: preflight(deniedOrigin), expect: admitsNobody },
  { request: request('GET', '/status/404', allowedOrigin), expect: admitsCredentialed },
  { request: request('GET', '/own-cors', deniedOrigin), expect: admitsNobody },
  { request: request('GET', '/vary/set', localOrigin), expect: admitsCredentialed },
  { request: get('null'), expect: admitsNobody },
];

/** `times` rounds of the mixture, each beginning with another request. */
function rounds(times: number): readonly Step[] {
  return Array.from({ length: times }, (_, round) => {
    const first = round % mixture.length;
    return [...mixture.slice(first), ...mixture.slice(0, first)];
  }).flat();
}

/** Audits of connections. */
export const connections: readonly Audit[] = [
  {
    id: 'connections/one-after-the-other',
    title: 'On one connection, each reply belongs to its own request',
    level: 'must',
    basis: 'security',
    clause: cwe(488),
    why: 'Browsers and proxies put requests of many pages on one connection. What is remembered between them is a grant for the wrong page.',
    scenario: 'listed',
    requires: [],
    check: async (context) => {
      const steps = rounds(6);
      const responses = await context.sendOnOneConnection(steps.map((step) => step.request));
      context.assert(responses.length === steps.length, 'every request should have its reply');
      steps.forEach(({ request: made, expect }, index) => {
        const response = responses[index];
        if (response !== undefined) context.expect(made, response, expect);
      });
    },
  },
  {
    id: 'connections/at-once',
    title: 'Of many requests at once, each gets its own reply',
    level: 'must',
    basis: 'security',
    clause: cwe(362),
    why: 'A decision that is kept beside the request, and not with it, is overwritten while a slow handler works.',
    scenario: 'listed',
    requires: [],
    check: async (context) => {
      const origins = [allowedOrigin, deniedOrigin, localOrigin, subdomain, 'null'];
      const requests = Array.from({ length: 40 }, (_, index) =>
        request('GET', '/slow', origins[index % origins.length] ?? null),
      );
      const responses = await Promise.all(requests.map((made) => context.send(made)));
      requests.forEach((made, index) => {
        const response = responses[index];
        const origin = origins[index % origins.length];
        const isDenied = origin === deniedOrigin || origin === 'null';
        if (response === undefined) return;
        context.expect(made, response, isDenied ? admitsNobody : admitsCredentialed);
      });
    },
  },
  {
    id: 'connections/exact-after-everything',
    title: 'After every kind of request the replies are still exactly the same',
    level: 'should',
    basis: 'project',
    clause: 'https://github.com/rs/cors/issues/198',
    why: 'A wrapper that writes into lists that replies share corrupts every later one: a name too many, a Vary that grows.',
    scenario: 'listed',
    requires: [],
    steps: [
      ...rounds(2),
      { request: get(allowedOrigin), expect: { ...grants(allowedOrigin), ...onlyOrigin() } },
      { request: get(deniedOrigin), expect: { ...grantsNothing, ...onlyOrigin() } },
      {
        request: preflight(allowedOrigin),
        expect: {
          ...grants(allowedOrigin, { allowMethods: ['GET', 'PUT'], allowHeaders: ['x-a'] }),
          ...onlyOrigin(),
        },
      },
    ],
  },
  {
    id: 'http2/several-origin-lines',
    title: 'Over HTTP/2, two Origin lines get nothing, in either order',
    level: 'should',
    basis: 'project',
    clause: rfc9110('5.3'),
    why: 'Two servers in a chain that each read another line disagree about who asked.',
    scenario: 'listed',
    requires: ['http2'],
    steps: stepsFor(
      [
        [allowedOrigin, deniedOrigin],
        [deniedOrigin, allowedOrigin],
      ],
      (lines) => request('GET', '/ok', null, ...lines.map((line): HeaderLine => ['origin', line])),
      grantsNothing,
    ),
  },
];

/** `Vary` names Origin, once, and nothing else. */
function onlyOrigin(): Pick<Step['expect'], 'fields'> {
  return { fields: { Vary: 'Origin' } };
}
