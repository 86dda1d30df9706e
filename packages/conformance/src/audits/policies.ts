/**
 * More than one policy: chosen for each request, applied twice, or in conflict.
 */
import type { Audit, Step } from '../audit.js';
import { cwe, fetchStandard } from './clauses.js';
import {
  admitsAnonymous,
  admitsCredentialed,
  admitsNobody,
  grantsNothing,
  stepsFor,
} from './expectations.js';
import { allowedOrigin, deniedOrigin, otherAllowedOrigin, preflight, request } from './requests.js';

/** Each policy of the choice with a request that it grants, one that it denies, and a preflight. */
const choices: readonly Step[] = [
  { request: request('GET', '/a/ok', allowedOrigin), expect: admitsCredentialed },
  { request: request('GET', '/a/ok', otherAllowedOrigin), expect: admitsNobody },
  {
    request: request('GET', '/c/ok', otherAllowedOrigin),
    expect: { browser: { admits: 'anonymous', exposes: ['X-One'] } },
  },
  { request: request('GET', '/c/ok', allowedOrigin), expect: admitsNobody },
  { request: request('GET', '/any/ok', deniedOrigin), expect: admitsAnonymous },
];

const preflights: readonly Step[] = [
  {
    request: preflight(allowedOrigin, { path: '/a/ok', names: 'x-a' }),
    expect: admitsCredentialed,
  },
  { request: preflight(allowedOrigin, { path: '/a/ok', method: 'DELETE' }), expect: admitsNobody },
  { request: preflight(allowedOrigin, { path: '/c/ok', method: 'DELETE' }), expect: admitsNobody },
  {
    request: preflight(otherAllowedOrigin, { path: '/c/ok', method: 'DELETE' }),
    expect: admitsAnonymous,
  },
  {
    request: preflight(deniedOrigin, { path: '/any/ok', method: 'PATCH' }),
    expect: admitsAnonymous,
  },
  { request: preflight(deniedOrigin, { path: '/any/ok' }), expect: admitsNobody },
];

/** Audits of policies chosen for each request. */
export const chosenPolicies: readonly Audit[] = [
  {
    id: 'chosen-policies/each-request-gets-its-own',
    title: 'Each request gets the policy that was chosen for it',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-responses'),
    why: 'A public part and a private one on the same server must not borrow each other’s grant.',
    scenario: 'chosen',
    requires: ['chosen-policies'],
    steps: choices,
  },
  {
    id: 'chosen-policies/preflights-get-the-same',
    title: 'A preflight gets the policy of the request that it announces',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('cors-preflight-fetch'),
    why: 'Where the two differ, the preflight passes what the request then lacks, or blocks what it would have.',
    scenario: 'chosen',
    requires: ['chosen-policies'],
    steps: preflights,
  },
  {
    id: 'chosen-policies/a-later-choice-is-waited-for',
    title: 'A policy that is chosen asynchronously is waited for',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-responses'),
    why: 'A tenant’s policy is looked up; a reply that leaves before it came has none.',
    scenario: 'chosen-later',
    requires: ['chosen-policies'],
    steps: [...choices, ...preflights],
  },
  {
    id: 'chosen-policies/none-leaves-the-reply-alone',
    title: 'Where no policy is chosen, the reply is the handler’s own, CORS fields and all',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('http-responses'),
    why: 'A route that answers CORS itself, or that is for the site’s own pages, must be left as it is.',
    scenario: 'chosen',
    requires: ['chosen-policies'],
    steps: [
      {
        request: request('GET', '/none/ok', allowedOrigin),
        expect: { cors: {}, status: 200, reachedApplication: true },
      },
      {
        request: request('GET', '/none/own-cors/lower', allowedOrigin),
        expect: { cors: { allowOrigin: 'https://handler.example' } },
      },
      {
        request: preflight(allowedOrigin, { path: '/none/ok' }),
        expect: { cors: {}, status: 200, reachedApplication: true },
      },
    ],
  },
  {
    id: 'chosen-policies/every-reply-varies',
    title:
      'Where policies are chosen every reply varies by Origin, those without a policy and for any origin too',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('cors-protocol-and-http-caches'),
    why: 'A choice may depend on the origin. The reply of a request without policy is then as good as any to be cached for another.',
    scenario: 'chosen',
    requires: ['chosen-policies'],
    steps: [
      ...stepsFor(
        ['/a/ok', '/any/ok', '/none/ok', '/none/vary/set'].flatMap((path) => [
          request('GET', path, null),
          request('GET', path, deniedOrigin),
        ]),
        (made) => made,
        { vary: { with: ['Origin'] } },
      ),
      {
        request: preflight(deniedOrigin, { path: '/any/ok', method: 'PATCH' }),
        expect: { vary: { with: ['Origin'] } },
      },
    ],
  },
  {
    id: 'chosen-policies/a-failed-choice-grants-nothing',
    title: 'Where the choice of a policy fails, nothing is granted',
    level: 'must',
    basis: 'security',
    clause: cwe(636),
    why: 'A look-up that fails must close the server, not open it to whatever the default would be.',
    scenario: 'chosen-throws',
    requires: ['chosen-policies'],
    steps: stepsFor(
      [
        request('GET', '/a/ok', allowedOrigin),
        request('GET', '/any/ok', deniedOrigin),
        preflight(allowedOrigin, { path: '/a/ok' }),
      ],
      (made) => made,
      admitsNobody,
    ),
  },
  {
    id: 'chosen-policies/a-failed-choice-is-an-error',
    title: 'Where the choice of a policy fails, the reply is an error that varies by Origin',
    level: 'should',
    basis: 'project',
    clause: cwe(636),
    why: 'A policy that cannot be found is a fault of the server, and must show as one.',
    scenario: 'chosen-throws',
    requires: ['chosen-policies', 'error-handling'],
    steps: stepsFor(
      [request('GET', '/a/ok', allowedOrigin), preflight(allowedOrigin, { path: '/a/ok' })],
      (made) => made,
      { ...grantsNothing, status: 500 },
    ),
  },
];

/** Audits of two policies on one request. */
export const stackedPolicies: readonly Audit[] = [
  {
    id: 'stacked-policies/the-same-twice-is-harmless',
    title: 'One policy applied twice gives the replies of one policy',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('cors-check'),
    why: 'Plugins and routers mount the same middleware again. Doubled headers block every page.',
    scenario: 'stacked-same',
    requires: ['stacked-policies'],
    steps: [
      ...stepsFor(
        [request('GET', '/ok', allowedOrigin), request('GET', '/vary/set', allowedOrigin)],
        (made) => made,
        { ...admitsCredentialed, status: 200 },
      ),
      { request: request('GET', '/ok', deniedOrigin), expect: { ...admitsNobody, status: 200 } },
      { request: preflight(allowedOrigin, { names: 'x-a' }), expect: admitsCredentialed },
      { request: preflight(deniedOrigin), expect: admitsNobody },
    ],
  },
  {
    id: 'stacked-policies/different-ones-grant-nothing',
    title: 'Two different policies on one request grant nothing to anybody',
    level: 'should',
    basis: 'project',
    clause: cwe(696),
    why: 'Whichever wins in silence, a preflight and its request end up under different policies. No grant is noticed on the first try.',
    scenario: 'stacked-different',
    requires: ['stacked-policies'],
    steps: [allowedOrigin, otherAllowedOrigin, 'https://x.b.example', deniedOrigin].flatMap(
      (origin) =>
        stepsFor(['/ok', '/own-cors', '/status/404'], (path) => request('GET', path, origin), {
          ...grantsNothing,
          reachedApplication: true,
        }),
    ),
  },
];
