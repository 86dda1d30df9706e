/**
 * Replies that leave by another way than a finished body: streams, early heads, upgrades, ready-made
 * response objects, and those that never end well.
 */
import type { Audit, Step } from '../audit.js';
import type { Expectation } from '../expectation.js';
import { cwe, fetchStandard, rfc9110 } from './clauses.js';
import { admitsCredentialed, stepsFor } from './expectations.js';
import { readOnlyWhereAllowed } from './replies.js';
import { allowedOrigin, deniedOrigin, get, preflight, request } from './requests.js';

const localOrigin = 'http://localhost:3000';
const switched: Expectation = { status: 101, fields: { Upgrade: 'test' } };

/** An upgrade from each of the origins. */
function upgrades(origins: readonly (string | null)[], expect: Expectation): readonly Step[] {
  return stepsFor(
    origins,
    (origin) => request('GET', '/socket', origin, ['Connection', 'Upgrade'], ['Upgrade', 'test']),
    expect,
  );
}

/** A path asked by those who may read its reply, by one who may not, and by no page, in turn. */
function inTurn(path: string, toAllowed: Expectation): readonly Step[] {
  const asked = [
    ...readOnlyWhereAllowed(path, toAllowed),
    {
      request: request('GET', path, localOrigin),
      expect: { ...admitsCredentialed, ...toAllowed, vary: { with: ['Origin'] } },
    },
    {
      request: request('GET', path, null),
      expect: { fields: { 'Access-Control-Allow-Origin': null } },
    },
  ];
  return [...asked, ...readOnlyWhereAllowed(path, toAllowed)];
}

/** Audits of unusual replies. */
export const unusualReplies: readonly Audit[] = [
  {
    id: 'unusual-replies/streams',
    title: 'Streams and server-sent events carry the grant, and arrive whole',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-responses'),
    why: 'The head leaves before the handler is done: whoever adds to it at the end is too late.',
    scenario: 'listed',
    requires: ['streams'],
    steps: [
      ...readOnlyWhereAllowed('/stream', { status: 200, body: 'one two three' }),
      ...readOnlyWhereAllowed('/events', { status: 200 }),
    ],
  },
  {
    id: 'unusual-replies/flushed-heads',
    title: 'A head that is flushed before the body carries the grant',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-responses'),
    why: 'Flushing is a third way for a head to leave, beside writing and ending.',
    scenario: 'listed',
    requires: ['flush-headers'],
    steps: readOnlyWhereAllowed('/flush', { status: 200, body: 'ok' }),
  },
  {
    id: 'unusual-replies/large-bodies',
    title: 'A large body carries the grant, and arrives whole',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-responses'),
    why: 'A wrapped response must still wait when the client reads slowly, and lose nothing.',
    scenario: 'listed',
    requires: [],
    steps: readOnlyWhereAllowed('/large', { status: 200, body: 'x'.repeat(262_144) }),
  },
  {
    id: 'unusual-replies/error-after-head',
    title: 'A reply that breaks off after its head had the grant, and the server goes on',
    level: 'should',
    basis: 'fetch',
    clause: fetchStandard('http-responses'),
    why: 'The page should see a broken download, not a CORS error; and a failure on one reply must not take the server down.',
    scenario: 'listed',
    requires: ['streams'],
    steps: [
      ...readOnlyWhereAllowed('/error-after-head', { status: 200 }).map((step) => ({
        ...step,
        headOnly: true as const,
      })),
      { request: get(allowedOrigin), expect: { ...admitsCredentialed, status: 200 } },
    ],
  },
  {
    id: 'unusual-replies/aborted-clients',
    title: 'Clients that leave before the reply do no harm to those that stay',
    level: 'must',
    basis: 'security',
    clause: cwe(755),
    why: 'Pages are closed all the time. Adding headers to a reply that nobody waits for must not throw where nobody catches.',
    scenario: 'listed',
    requires: ['http1'],
    check: async (context) => {
      const slow = request('GET', '/slow', allowedOrigin);
      const made = get(localOrigin);
      for (const aborted of [
        slow,
        request('GET', '/large', deniedOrigin),
        preflight(deniedOrigin),
      ]) {
        await Promise.all(Array.from({ length: 5 }, () => context.sendAndAbort(aborted)));
        context.expect(made, await context.send(made), admitsCredentialed);
      }
      // The slow replies to those who left have been attempted by the time this one arrives.
      context.expect(slow, await context.send(slow), { ...admitsCredentialed, body: 'ok' });
    },
  },
  {
    id: 'unusual-replies/early-hints',
    title: 'Interim replies pass through, and the final one carries the grant',
    level: 'should',
    basis: 'rfc9110',
    clause: rfc9110('15.2'),
    why: 'Taken for the head of the reply, a 103 would use up the grant before the reply that needs it.',
    scenario: 'listed',
    requires: ['early-hints'],
    steps: readOnlyWhereAllowed('/early-hints', { status: 200, interim: [103], body: 'ok' }),
  },
  {
    id: 'unusual-replies/upgrades-are-left-alone',
    title: 'An upgrade goes through untouched, from an allowed page and from no page',
    level: 'must',
    basis: 'rfc9110',
    clause: rfc9110('7.8'),
    why: 'WebSockets carry Origin but are no part of CORS. A middleware that touches the handshake breaks it.',
    scenario: 'listed',
    requires: ['upgrade'],
    steps: upgrades([allowedOrigin, null], switched),
  },
  {
    id: 'unusual-replies/upgrades-of-denied-origins',
    title: 'An upgrade from an origin that is not allowed is left to the application',
    level: 'should',
    basis: 'project',
    clause: rfc9110('7.8'),
    why: 'Who may open a socket is a decision of its own, and the application’s: a policy for replies must not make it in passing.',
    scenario: 'listed',
    requires: ['upgrade'],
    steps: upgrades([deniedOrigin], switched),
  },
  {
    id: 'unusual-replies/upgrades-carry-nothing',
    title: 'A 101 carries no CORS fields and does not vary',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('concept-main-fetch'),
    why: 'No browser looks for a grant on a socket. Fields there are read as a protection that is none.',
    scenario: 'listed',
    requires: ['upgrade'],
    steps: upgrades([allowedOrigin, deniedOrigin, null], { cors: {}, fields: { Vary: null } }),
  },
  {
    id: 'unusual-replies/immutable-responses',
    title:
      'Ready-made redirects and fetched responses, whose headers cannot be changed, carry the grant',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('concept-headers-guard'),
    why: 'Setting a header on them throws: what was a redirect, or the simplest proxy there is, becomes a 500.',
    scenario: 'listed',
    requires: ['response-objects'],
    steps: [
      ...readOnlyWhereAllowed('/immutable', { status: 302 }),
      ...readOnlyWhereAllowed('/immutable/fetched', { status: 200, body: 'ok' }),
    ],
  },
  {
    id: 'unusual-replies/shared-response',
    title: 'One response object for every request takes nothing from one to the next',
    level: 'must',
    basis: 'security',
    clause: cwe(488),
    why: 'A grant that sticks to a shared object is handed to whoever comes next.',
    scenario: 'listed',
    requires: ['response-objects'],
    steps: inTurn('/shared-response', { status: 200 }),
  },
  {
    id: 'unusual-replies/shared-headers',
    title:
      'One headers object for every reply takes nothing from one to the next, and loses nothing',
    level: 'must',
    basis: 'security',
    clause: cwe(488),
    why: 'Some servers make no copy of the headers that a reply is made with: what is set on one reply is then on all.',
    scenario: 'listed',
    requires: ['response-objects'],
    steps: inTurn('/shared-headers', { status: 200, body: 'ok', reachedApplication: true }),
  },
];
