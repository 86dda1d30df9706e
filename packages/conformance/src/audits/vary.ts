/**
 * `Vary`: merged into what the handler says, never in place of it.
 */
import type { Audit, Step } from '../audit.js';
import type { Expectation } from '../expectation.js';
import { fetchStandard, ghsa, rfc9110 } from './clauses.js';
import { stepsFor } from './expectations.js';
import { allowedOrigin, deniedOrigin, get, preflight, request } from './requests.js';

/** A request for the path from an allowed origin, a denied one, and none. */
function fromEveryone(path: string, expect: Expectation): readonly Step[] {
  return stepsFor(
    [allowedOrigin, deniedOrigin, null],
    (origin) => request('GET', path, origin),
    expect,
  );
}

/** Audits of `Vary`. */
export const vary: readonly Audit[] = [
  {
    id: 'vary/every-reply-of-a-list',
    title:
      'Every reply of a server with several origins varies by Origin, denied and plain ones too',
    level: 'should',
    basis: 'fetch',
    clause: fetchStandard('cors-protocol-and-http-caches'),
    why: 'The reply that lacks it is the one that gets cached.',
    scenario: 'listed',
    requires: [],
    steps: [
      ...fromEveryone('/ok', { vary: { with: ['Origin'] } }),
      ...stepsFor([allowedOrigin, deniedOrigin], (origin) => preflight(origin), {
        vary: { with: ['Origin'] },
      }),
    ],
  },
  {
    id: 'vary/handler-sets',
    title: 'A handler that sets Vary, or appends to it, keeps its own fields and ours',
    level: 'should',
    basis: 'fetch',
    clause: fetchStandard('cors-protocol-and-http-caches'),
    why: 'Setting Vary: Accept is what every framework’s documentation shows; if it replaces Origin, caches serve one origin’s reply to another.',
    scenario: 'listed',
    requires: [],
    steps: [
      ...fromEveryone('/vary/set', { vary: { with: ['Accept', 'Origin'] } }),
      ...fromEveryone('/vary/append', { vary: { with: ['Accept', 'Origin'] } }),
      ...fromEveryone('/vary/array', { vary: { with: ['Accept', 'Accept-Language', 'Origin'] } }),
    ],
  },
  {
    id: 'vary/handler-removes',
    title: 'A handler that removes Vary does not remove ours',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('cors-protocol-and-http-caches'),
    why: 'Some handlers clear the head before they write an error; the reply still depends on the origin.',
    scenario: 'listed',
    requires: [],
    steps: fromEveryone('/vary/remove', { vary: { with: ['Origin'] } }),
  },
  {
    id: 'vary/one-origin-in-any-case',
    title: 'Origin that a handler has named already, in another case, is not named again',
    level: 'may',
    basis: 'project',
    clause: rfc9110('5.1'),
    why: 'Field names are case-insensitive. Repeats split caches that compare Vary as text.',
    scenario: 'listed',
    requires: [],
    check: async (context) => {
      const made = request('GET', '/vary/lower', allowedOrigin);
      const reply = await context.send(made);
      context.expect(made, reply, { vary: { with: ['Accept', 'Origin'] } });
      const names = reply.headers
        .filter(([name]) => name.toLowerCase() === 'vary')
        .flatMap(([, value]) => value.split(','))
        .map((name) => name.trim().toLowerCase());
      const repeats = names.length - new Set(names).size;
      context.assert(repeats === 0, `Vary should name each field once, but is ${names.join()}`);
    },
  },
  {
    id: 'vary/star-stays',
    title: 'A handler’s Vary: * stays as it is',
    level: 'should',
    basis: 'rfc9110',
    clause: rfc9110('12.5.5'),
    why: 'The star stands alone and says more than any list. Made into a list it means a field of that name to some caches.',
    scenario: 'listed',
    requires: [],
    steps: fromEveryone('/vary/star', { fields: { Vary: '*' } }),
  },
  {
    id: 'vary/requests-vary-is-not-copied',
    title: 'A Vary that the request carries does not get into the reply',
    level: 'must',
    basis: 'security',
    clause: ghsa('q7jf-gf43-6x6p'),
    why: 'Who can choose the reply’s Vary can make a cache keep what it should not, or drop Origin from it.',
    scenario: 'listed',
    requires: [],
    steps: [
      ...stepsFor(
        [get(allowedOrigin, ['Vary', 'X-Chosen']), get(deniedOrigin, ['Vary', 'X-Chosen'])],
        (made) => made,
        { vary: { with: ['Origin'], without: ['X-Chosen'] } },
      ),
      {
        request: request(
          'OPTIONS',
          '/ok',
          allowedOrigin,
          ['Access-Control-Request-Method', 'PUT'],
          ['Vary', 'X-Chosen'],
        ),
        expect: { vary: { with: ['Origin'], without: ['X-Chosen'] } },
      },
    ],
  },
  {
    id: 'vary/by-what-is-echoed',
    title: 'Where method and names are echoed, granted and refused preflights vary by the question',
    level: 'should',
    basis: 'project',
    clause: rfc9110('12.5.5'),
    why: 'A cache that keeps the reply for one question would block another, or hand it a refusal.',
    scenario: 'echo',
    requires: [],
    steps: stepsFor(
      [{}, { names: 'x-a' }, { method: 'CONNECT' }, { names: 'x a' }],
      (asked) => preflight(allowedOrigin, asked),
      {
        vary: {
          with: ['Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers'],
        },
      },
    ),
  },
  {
    id: 'vary/any-origin-adds-nothing',
    title: 'With any origin, Vary holds what the handler put there and nothing else',
    level: 'may',
    basis: 'project',
    clause: fetchStandard('cors-protocol-and-http-caches'),
    why: 'The reply is the same for all, and to vary it costs a cache a copy for each origin.',
    scenario: 'any',
    requires: [],
    steps: [
      ...fromEveryone('/ok', { vary: { without: ['Origin'] } }),
      ...fromEveryone('/vary/set', { vary: { with: ['Accept'], without: ['Origin'] } }),
    ],
  },
];
