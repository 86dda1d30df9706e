/** Whose code a profile shows at work. */
import type { Profiler } from 'node:inspector';
import { describe, expect, it } from 'vitest';
import { timeByPlace } from '../bench/profile/places.js';

type Call = readonly [url: string, functionName: string];

/** Of functions that call one another, the first the second and so on; and in which samples were taken. */
function profileOf(calls: readonly Call[], samples: readonly number[]): Profiler.Profile {
  const position = { scriptId: '0', lineNumber: 0, columnNumber: 0 };
  return {
    nodes: calls.map(([url, functionName], id) => ({
      id,
      callFrame: { ...position, url, functionName },
      ...(id + 1 < calls.length && { children: [id + 1] }),
    })),
    startTime: 0,
    endTime: 0,
    samples: [...samples],
    timeDeltas: samples.map(() => 500),
  };
}

const modules = 'file:///app/node_modules/.pnpm/x@1.0.0/node_modules';
const OURS: Call = ['file:///app/packages/core/dist/index.js', 'decide'];

describe('a sample counts as', () => {
  it.each<readonly [place: string, calls: readonly Call[]]>([
    ['middleware', [OURS]],
    ['middleware', [[`${modules}/cors/lib/index.js`, 'cors']]],
    ['middleware', [[`${modules}/@fastify/cors/index.js`, 'addCorsHeaders']]],
    ['middleware', [[`${modules}/hono/dist/middleware/cors/index.js`, 'cors2']]],
    ['middleware', [['file:///app/node_modules/.cache/bench/adapters/koa.js', 'floor']]],
    ['middleware', [OURS, ['', 'get']]],
    ['framework', [[`${modules}/hono/dist/compose.js`, 'dispatch']]],
    ['framework', [OURS, [`${modules}/koa/lib/application.js`, 'handleRequest'], ['', 'match']]],
    ['Node.js', [OURS, ['node:_http_outgoing', 'setHeader']]],
    [
      'Node.js',
      [
        ['node:buffer', 'toString'],
        ['', 'latin1Slice'],
      ],
    ],
    [
      'writing to the socket',
      [
        ['node:net', 'writevGeneric'],
        ['', 'writev'],
      ],
    ],
    ['writing to the socket', [['', 'writeLatin1String']]],
    ['collector', [OURS, ['', '(garbage collector)']]],
    ['outside', [['', '(program)']]],
    [
      'outside',
      [
        ['', '(root)'],
        ['', '(idle)'],
      ],
    ],
  ])('%s: %j', (place, calls) => {
    const times = timeByPlace(profileOf(calls, [calls.length - 1]), 25);
    expect(Object.entries(times).filter(([, time]) => time > 0)).toEqual([[place, 25]]);
  });
});

it('shares out the CPU time, of however long by the clock', () => {
  const calls: Call[] = [OURS, ['node:_http_outgoing', 'setHeader']];
  const times = timeByPlace(profileOf(calls, [0, 1, 1, 1]), 40);
  expect(times).toMatchObject({ middleware: 10, 'Node.js': 30, outside: 0 });
});
