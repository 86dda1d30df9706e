/**
 * What is aimed at: each bar with what was measured against it. A bar on a difference is met where its
 * interval reaches down to what no measurement can tell apart.
 */
import { FRAMEWORKS, type Framework, PEERS } from './adapters/frameworks.js';
import { SMALL_SCENARIOS } from './adapters/scenario.js';
import { difference, type Measured, median, overheadRatio, ratio } from './group.js';
import { INPUTS, NORMAL } from './hostile/inputs.js';
import { find, type Results } from './results.js';

export interface Bar {
  readonly what: string;
  readonly measured: string;
  readonly limit: string;
  readonly isMet: boolean;
}

/** By framework, what ours may take of the peer's overhead in small scenarios. */
const OF_THE_PEER: Readonly<Record<string, number>> = {
  express: 1,
  fastify: 0.5,
  koa: 0.75,
  hono: 0.4,
};
/** Frameworks whose floor ours has to reach. */
const WITH_FLOOR: readonly Framework[] = ['express', 'fastify', 'koa', 'hono'];

export function bars(results: Results): Bar[] {
  return [
    ...FRAMEWORKS.flatMap((framework) =>
      SMALL_SCENARIOS.flatMap((scenario) => smallBars(results, framework, scenario)),
    ),
    ...FRAMEWORKS.flatMap((framework) => largeBars(results, framework)),
    ...decideBars(results),
    ...hostileBars(results),
    ...startUpBars(results),
    ...socketBars(results),
    ...sizeBars(results),
    ...garbageBars(results),
  ];
}

/** How far apart the same middleware is from itself, at most, by the interval. */
export function selfComparison(results: Results, framework: string): number {
  const { low, high } = difference(
    find(results, 'adapters', framework, 'one origin'),
    'self',
    'floor',
  );
  return Math.max(-low, high);
}

function smallBars(results: Results, framework: Framework, scenario: string): Bar[] {
  const group = find(results, 'adapters', framework, scenario);
  const self = selfComparison(results, framework);
  const name = `${framework}, ${scenario}`;
  const list: Bar[] = [];
  if (PEERS[framework] !== null) {
    const limit = Math.max(self, 0.03 * median(group, 'bare'));
    list.push(atMost(`${name}: ours − peer`, difference(group, 'ours', 'peer').low, limit, 'µs'));
  }
  const share = OF_THE_PEER[framework];
  if (share !== undefined) {
    const { median: middle, low } = overheadRatio(group, 'ours', 'peer', 'bare');
    // Express's own time varies by more than what is compared.
    const value = framework === 'express' ? low : middle;
    list.push(atMost(`${name}: overhead, ours / peer`, value, share, ''));
  }
  if (WITH_FLOOR.includes(framework)) {
    const limit = Math.max(self, 0.1 * median(group, 'floor'));
    list.push(atMost(`${name}: ours − floor`, difference(group, 'ours', 'floor').low, limit, 'µs'));
  }
  return list;
}

function largeBars(results: Results, framework: Framework): Bar[] {
  if (PEERS[framework] === null) return [];
  return (
    [
      ['1,000 origins', 0.5],
      ['100,000 origins', 0.02],
      ['1,000 patterns', 0.02],
    ] as const
  ).map(([scenario, limit]) => {
    const group = find(results, 'adapters', framework, scenario);
    const { median: middle } = overheadRatio(group, 'ours', 'peer', 'bare');
    return atMost(`${framework}, ${scenario}: overhead, ours / peer`, middle, limit, '');
  });
}

function decideBars(results: Results): Bar[] {
  const exact = find(results, 'decide', 'core', 'exact origins');
  const patterns = find(results, 'decide', 'core', 'patterns');
  const requests = find(results, 'decide', 'core', 'requests');
  const times = (what: string, group: Measured, kind: string, other: string, limit: number): Bar =>
    atMost(what, ratio(group, kind, other).median, limit, '');
  return [
    times('decide, exact: 1,000,000 origins / 1 origin', exact, '1000000', '1', 1.5),
    ...['1', '100', '10000', '1000000'].map((size) =>
      times(
        `decide, exact, ${size}: ours / Set.has and one object`,
        exact,
        size,
        `Set.has ${size}`,
        2,
      ),
    ),
    times(
      'decide, exact, others asked for: 1,000,000 origins / 1 origin',
      find(results, 'decide', 'core', 'exact origins, others asked for'),
      '1000000',
      '1',
      1.5,
    ),
    times('decide, patterns: 100,000 / 1', patterns, '100000', '1', 1.5),
    times('no Origin / one absent header', requests, 'no Origin', 'one absent header', 2),
  ];
}

function hostileBars(results: Results): Bar[] {
  const time = find(results, 'hostile', 'node', 'time');
  const bytes = find(results, 'hostile', 'node', 'bytes sent back');
  return Object.keys(INPUTS)
    .filter((input) => input !== NORMAL)
    .flatMap((input) => [
      atMost(`${input} / normal preflight`, ratio(time, input, NORMAL).median, 3, ''),
      atMost(`${input}: sent back`, median(bytes, input), 2_000, 'bytes'),
    ]);
}

function startUpBars(results: Results): Bar[] {
  const build = (what: string): Measured =>
    find(results, 'start-up', 'core', `building a million origins, ${what}`);
  return [
    atMost('building, time / new Set', ratio(build('time'), 'ours', 'new Set').median, 5, ''),
    atMost('building, memory / new Set', ratio(build('memory'), 'ours', 'new Set').median, 1.5, ''),
  ];
}

function socketBars(results: Results): Bar[] {
  return FRAMEWORKS.map((framework) => {
    const group = find(results, 'sockets', framework, 'one origin');
    // The same bar, upside down: how many times as many requests the bare framework answers.
    const { median: middle } = ratio(group, 'bare', 'ours');
    return atMost(`${framework}, over sockets: bare / ours`, middle, 1 / 0.97, '');
  });
}

function sizeBars(results: Results): Bar[] {
  const size = (name: string): number =>
    median(find(results, 'size', name, 'minified, gzip'), 'without dependencies');
  return [
    atMost('@cors/core without its dependency', size('core'), 8_000, 'bytes'),
    ...FRAMEWORKS.map((name) => atMost(`@cors/${name}, its own code`, size(name), 2_000, 'bytes')),
  ];
}

function garbageBars(results: Results): Bar[] {
  const group = find(results, 'garbage', 'core', 'decisions');
  return ['denied', 'denied preflight', 'no Origin'].map((name) =>
    atMost(`allocated, ${name}`, median(group, name), 0, 'bytes'),
  );
}

function atMost(what: string, value: number, limit: number, unit: string): Bar {
  const text = (number: number): string => `${Number(number.toPrecision(3))} ${unit}`.trim();
  return { what, measured: text(value), limit: text(limit), isMet: value <= limit };
}
