/**
 * `Vary`: which replies have it, and what is in it.
 */
import type { Audit, Step } from '../audit.js';
import type { Expectation } from '../expectation.js';
import { fetchStandard, ghsa, rfc9110 } from './clauses.js';
import { stepsFor } from './expectations.js';
import { allowedOrigin, deniedOrigin, get, preflight, request } from './requests.js';

const varies: Expectation = { vary: { with: ['Origin'] } };

/** What the application may be asked to answer with. */
const statuses = [201, 204, 206, 301, 304, 307, 400, 401, 403, 404, 422, 429, 500, 503];

/** A request for the path from an allowed origin, a denied one, and none. */
export function fromEveryone(path: string, expect: Expectation): readonly Step[] {
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
    title: 'Replies of a server with several origins vary by Origin, denied and plain ones too',
    level: 'should',
    basis: 'fetch',
    clause: fetchStandard('cors-protocol-and-http-caches'),
    why: 'The reply that lacks it is the one that gets cached.',
    scenario: 'listed',
    requires: [],
    steps: fromEveryone('/ok', varies),
  },
  {
    id: 'vary/every-status-of-a-list',
    title: 'Errors, redirects and replies to HEAD vary by Origin as good replies do',
    level: 'should',
    basis: 'fetch',
    clause: fetchStandard('cors-protocol-and-http-caches'),
    why: 'Caches keep redirects, and some errors, as long as anything else.',
    scenario: 'listed',
    requires: [],
    steps: [
      ...statuses.flatMap((status) => fromEveryone(`/status/${status}`, varies)),
      ...['/redirect', '/no/such/route', '/guarded', '/large'].flatMap((path) =>
        fromEveryone(path, varies),
      ),
      ...stepsFor(['/ok', '/status/404'], (path) => request('HEAD', path, allowedOrigin), varies),
      ...stepsFor(
        [allowedOrigin, deniedOrigin],
        (origin) => request('POST', '/get-only', origin),
        varies,
      ),
    ],
  },
  {
    id: 'vary/streams-and-failures-of-a-list',
    title: 'Streams, and the replies of handlers that fail, vary by Origin',
    level: 'should',
    basis: 'fetch',
    clause: fetchStandard('cors-protocol-and-http-caches'),
    why: 'They leave by another way, on which the field gets lost.',
    scenario: 'listed',
    requires: ['streams', 'error-handling'],
    steps: [
      ...['/stream', '/events', '/throw', '/reject'].flatMap((path) => fromEveryone(path, varies)),
      ...fromEveryone('/error-after-head', varies).map((step) => ({
        ...step,
        headOnly: true as const,
      })),
    ],
  },
  {
    id: 'vary/early-heads-of-a-list',
    title: 'Replies whose head is flushed, or follows an interim reply, vary by Origin',
    level: 'should',
    basis: 'fetch',
    clause: fetchStandard('cors-protocol-and-http-caches'),
    why: 'What is added after the head has left is not in it.',
    scenario: 'listed',
    requires: ['flush-headers', 'early-hints'],
    steps: ['/flush', '/early-hints'].flatMap((path) => fromEveryone(path, varies)),
  },
  {
    id: 'vary/undecodable-paths-of-a-list',
    title: 'The reply for a path that cannot be decoded varies by Origin',
    level: 'may',
    basis: 'project',
    clause: fetchStandard('cors-protocol-and-http-caches'),
    why: 'It is kept by no cache that follows the rules, but a rule without exceptions needs no thought.',
    scenario: 'listed',
    requires: ['malformed-paths'],
    steps: fromEveryone('/malformed/%zz', varies),
  },
  {
    id: 'vary/preflights-of-a-list',
    title: 'Replies to preflights vary by Origin too',
    level: 'should',
    basis: 'project',
    clause: rfc9110('9.3.7'),
    why: 'By the book no cache keeps the reply to OPTIONS. Some CDNs do where they are told to, and then need it.',
    scenario: 'listed',
    requires: [],
    steps: stepsFor([allowedOrigin, deniedOrigin], (origin) => preflight(origin), varies),
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
        { vary: { without: ['X-Chosen'] } },
      ),
      {
        request: request(
          'OPTIONS',
          '/ok',
          allowedOrigin,
          ['Access-Control-Request-Method', 'PUT'],
          ['Vary', 'X-Chosen'],
        ),
        expect: { vary: { without: ['X-Chosen'] } },
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
