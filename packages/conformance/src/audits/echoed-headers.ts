/**
 * Request headers under a star beside credentials: the reply must name them, so that it depends on
 * what a stranger asked for, and every bound on that counts.
 */
import type { Audit, Step } from '../audit.js';
import { cwe, fetchStandard, rfc9110 } from './clauses.js';
import { admitsCredentialed, expectNotEchoed, preflightStopped } from './expectations.js';
import { malformedLists, oddShapes } from './request-headers.js';
import { allowedOrigin, preflight } from './requests.js';

/** A preflight whose names are echoed, once each. */
function echoed(names: string | readonly string[], expected: readonly string[]): Step {
  return {
    request: preflight(allowedOrigin, { names }),
    expect: {
      ...admitsCredentialed,
      ...(expected.length > 0
        ? { someCors: { allowHeaders: expected } }
        : { fields: { 'Access-Control-Allow-Headers': null } }),
    },
  };
}

/** A preflight that is refused because of its names. */
function refused(names: string | readonly string[]): Step {
  return {
    request: preflight(allowedOrigin, { names }),
    expect: preflightStopped,
  };
}

/** The distinct names in a value, lower-cased, in the plainest way. */
function namesIn(value: string | readonly string[]): readonly string[] {
  const members = (typeof value === 'string' ? value : value.join()).split(',');
  return [...new Set(members.map((member) => member.trim().toLowerCase()))].filter(Boolean);
}

/** Names that are `length` bytes long when joined by commas, of 63 bytes but for the last. */
function namesOfLength(length: number): string {
  const names: string[] = [];
  for (let left = length; left > 0; left -= 64) {
    const name = `x${names.length}-`;
    names.push(name.padEnd(left > 128 ? 63 : left, 'n'));
    if (left <= 128) break;
  }
  return names.join();
}

function manyNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `x-${index}`);
}

/** Audits of echoed request headers. */
export const echoedHeaders: readonly Audit[] = [
  {
    id: 'echoed-headers/names-once-each',
    title: 'The names are echoed once each, whatever the shape of the question',
    level: 'should',
    basis: 'project',
    clause: rfc9110('5.6.1'),
    why: 'The same question in another shape must get the same answer: case, order, white space, empty members and line ends are all lost on the way.',
    scenario: 'echo-headers',
    requires: [],
    steps: oddShapes.map((shape) => echoed(shape, namesIn(shape))),
  },
  {
    id: 'echoed-headers/in-lower-case',
    title: 'The names are echoed in lower case and without repeats',
    level: 'may',
    basis: 'project',
    clause: fetchStandard('http-access-control-allow-headers'),
    why: 'One spelling for one answer keeps caches small and logs readable.',
    scenario: 'echo-headers',
    requires: [],
    check: async (context) => {
      const asked = preflight(allowedOrigin, { names: 'X-B, x-A,x-b,\tX-C' });
      const reply = await context.send(asked);
      const allowed = reply.headers
        .filter(([name]) => name.toLowerCase() === 'access-control-allow-headers')
        .flatMap(([, value]) => value.split(',').map((member) => member.trim()));
      context.assert(
        allowed.sort().join() === 'x-a,x-b,x-c',
        `the names should be x-a, x-b and x-c, once each, but are ${JSON.stringify(allowed)}`,
      );
    },
  },
  {
    id: 'echoed-headers/tokens-only',
    title: 'What is no header name is never echoed',
    level: 'should',
    basis: 'project',
    clause: cwe(113),
    why: 'A value that is copied unchecked becomes whatever its sender wants it to be in the reply.',
    scenario: 'echo-headers',
    requires: [],
    check: async (context) => {
      for (const names of malformedLists) {
        expectNotEchoed(context, await context.send(preflight(allowedOrigin, { names })), names);
      }
    },
  },
  {
    id: 'echoed-headers/malformed-lists-are-refused',
    title: 'A preflight with what is no list of names is refused whole',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('http-responses'),
    why: 'A partial echo would make the browser name a header that the policy does allow.',
    scenario: 'echo-headers',
    requires: [],
    steps: malformedLists.map(refused),
  },
  {
    id: 'echoed-headers/at-most-64-names',
    title: '64 names are echoed, 65 are refused',
    level: 'may',
    basis: 'project',
    clause: cwe(770),
    why: 'A reply must not grow with what a stranger sends.',
    scenario: 'echo-headers',
    requires: [],
    steps: [
      echoed(manyNames(64).join(), manyNames(64)),
      refused(manyNames(65).join()),
      refused(manyNames(65)),
    ],
  },
  {
    id: 'echoed-headers/at-most-1024-bytes',
    title: 'Names of 1,024 bytes together are echoed, of 1,025 are refused',
    level: 'may',
    basis: 'project',
    clause: cwe(770),
    why: 'A reply must not grow with what a stranger sends.',
    scenario: 'echo-headers',
    requires: [],
    steps: [
      echoed(namesOfLength(1024), namesIn(namesOfLength(1024))),
      refused(namesOfLength(1025)),
      echoed('n'.repeat(1024), ['n'.repeat(1024)]),
      refused('n'.repeat(1025)),
    ],
  },
  {
    id: 'echoed-headers/at-most-16-empty-members',
    title: '16 empty members are passed over, 17 are refused',
    level: 'may',
    basis: 'project',
    clause: rfc9110('5.6.1.2'),
    why: 'Empty members are lawful in reason. Thousands of them are an attack on whoever splits at commas.',
    scenario: 'echo-headers',
    requires: [],
    steps: [
      echoed(`x-a${','.repeat(16)}`, ['x-a']),
      refused(`x-a${','.repeat(17)}`),
      echoed(`${', '.repeat(8)}x-a${' ,'.repeat(8)}`, ['x-a']),
      refused(`${', '.repeat(9)}x-a${' ,'.repeat(8)}`),
    ],
  },
  {
    id: 'echoed-headers/repeats-and-padding-are-bounded',
    title: 'One name many times, and white space without end, are refused',
    level: 'should',
    basis: 'project',
    clause: cwe(770),
    why: 'What shrinks to nothing in the reply still costs its full length to read.',
    scenario: 'echo-headers',
    requires: [],
    steps: [
      echoed(Array<string>(20).fill('x-a').join(), ['x-a']),
      refused(Array<string>(2000).fill('x-a').join()),
      echoed(`x-a,${' '.repeat(1000)}x-b`, ['x-a', 'x-b']),
      refused(`x-a,${' '.repeat(8000)}x-b`),
    ],
  },
];
