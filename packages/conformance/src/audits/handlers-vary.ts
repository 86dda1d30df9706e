/**
 * `Vary` of a handler: merged with ours, and neither in place of the other.
 */
import type { Audit, Step } from '../audit.js';
import type { Expectation } from '../expectation.js';
import { fetchStandard, rfc9110 } from './clauses.js';
import { stepsFor } from './expectations.js';
import { allowedOrigin, request } from './requests.js';
import { fromEveryone } from './vary.js';

/** A request for the path from an allowed origin, and from none: to those a handler must reply. */
function fromServed(path: string, expect: Expectation): readonly Step[] {
  return stepsFor([allowedOrigin, null], (origin) => request('GET', path, origin), expect);
}

/** Audits of what a handler says in `Vary`. */
export const handlersVary: readonly Audit[] = [
  {
    id: 'vary/handlers-own-stays',
    title: 'What a handler put into Vary stays there',
    level: 'should',
    basis: 'rfc9110',
    clause: rfc9110('12.5.5'),
    why: 'A middleware that replaces Vary: Accept makes caches hand out one format for another.',
    scenario: 'listed',
    requires: [],
    steps: [
      ...['/vary/set', '/vary/append', '/vary/lower'].flatMap((path) =>
        fromServed(path, { vary: { with: ['Accept'] } }),
      ),
      ...fromServed('/vary/array', { vary: { with: ['Accept', 'Accept-Language'] } }),
    ],
  },
  {
    id: 'vary/handler-appends',
    title: 'A handler that appends to Vary, or names Origin in it, loses nothing',
    level: 'should',
    basis: 'fetch',
    clause: fetchStandard('cors-protocol-and-http-caches'),
    why: 'The handler has done all that can be asked of it: both must reach the cache.',
    scenario: 'listed',
    requires: [],
    steps: ['/vary/append', '/vary/lower'].flatMap((path) =>
      fromServed(path, { vary: { with: ['Accept', 'Origin'] } }),
    ),
  },
  {
    id: 'vary/handler-sets',
    title: 'Where a handler sets Vary, whatever it held, Origin is still in it',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('cors-protocol-and-http-caches'),
    why: 'Setting Vary: Accept is what every framework’s documentation shows; if it replaces Origin, caches serve one origin’s reply to another.',
    scenario: 'listed',
    requires: [],
    steps: [
      ...fromEveryone('/vary/set', { vary: { with: ['Accept', 'Origin'] } }),
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
    title: 'A handler’s Vary: * stays in force',
    level: 'should',
    basis: 'rfc9110',
    clause: rfc9110('12.5.5'),
    why: 'The star says that the reply is for nobody else. Without it a cache hands it out.',
    scenario: 'listed',
    requires: [],
    steps: fromServed('/vary/star', { vary: '*' }),
  },
  {
    id: 'vary/star-stands-alone',
    title: 'Nothing is added to a handler’s Vary: *',
    level: 'may',
    basis: 'project',
    clause: rfc9110('12.5.5'),
    why: 'The star says more than any list. In one it means a field of that name to some caches.',
    scenario: 'listed',
    requires: [],
    steps: fromEveryone('/vary/star', { fields: { Vary: '*' } }),
  },
];
