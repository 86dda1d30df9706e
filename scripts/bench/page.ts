/** `docs/performance.md`, from the results. */
import { FRAMEWORKS, HONO_ON_NODE, PEERS } from './adapters/frameworks.js';
import { LARGE_SCENARIOS, SMALL_SCENARIOS } from './adapters/scenario.js';
import { bars, selfComparison } from './bars.js';
import { difference, type Measured, median, partOf, ratio } from './group.js';
import { find, type Results } from './results.js';
import { NOTES } from './notes.js';
import { PLACES } from './profile/places.js';
import { BUDGETS } from './size/budgets.js';
import { figure, markdownTable, rows, withInterval } from './table.js';

/** Those of a framework. */
const KINDS = ['bare', 'floor', 'peer', 'ours'] as const;

export function performancePage(results: Results): string {
  const part = (name: string): Measured[] => results.groups.filter((group) => group.part === name);
  const groupTable = (group: Measured): string => {
    const [base = ''] = Object.keys(group.samples);
    const head = [group.scenario, group.unit, `more than ${base}`, `times ${base}`];
    return markdownTable(head, rows(group));
  };
  return `${[
    NOTES.opening(results.machine),
    NOTES.adapters,
    ...FRAMEWORKS.map((framework) =>
      frameworkTable(results, framework, PEERS[framework], [
        ...SMALL_SCENARIOS,
        ...LARGE_SCENARIOS,
      ]),
    ),
    NOTES.honoOnNode,
    frameworkTable(results, HONO_ON_NODE, PEERS.hono, SMALL_SCENARIOS),
    NOTES.decide,
    ...part('decide').map(groupTable),
    NOTES.sockets(fewestSamples(part('sockets'))),
    wideTable(part('sockets'), KINDS),
    NOTES.profile,
    profileTable(part('profile')),
    NOTES.startUp,
    wideTable(
      part('start-up').filter(({ scenario }) => scenario === 'import'),
      ['peer', 'ours'],
    ),
    ...part('start-up')
      .filter(({ scenario }) => scenario !== 'import')
      .map(groupTable),
    NOTES.hostile,
    hostileTable(results),
    NOTES.size,
    sizeTable(results),
    NOTES.sizeOfCore,
    partsTable(find(results, 'size', 'core', 'the core')),
    NOTES.garbage,
    groupTable(find(results, 'garbage', 'core', 'decisions')),
    wideTable(
      part('garbage').filter(({ subject }) => subject !== 'core'),
      ['bare', 'peer', 'ours'],
    ),
    NOTES.bars,
    markdownTable(
      ['what', 'measured', 'at most', ''],
      bars(results).map(({ what, measured, limit, isMet }) => [
        what,
        measured,
        limit,
        isMet ? 'met' : '**missed**',
      ]),
    ),
    NOTES.missed(floorsOverSockets(results)),
    NOTES.closing,
  ].join('\n\n')}\n`;
}

function fewestSamples(groups: readonly Measured[]): number {
  return Math.min(
    ...groups.flatMap(({ samples }) => Object.values(samples).map((each) => each.length)),
  );
}

/** What a middleware adds to the bare framework, in µs. */
function frameworkTable(
  results: Results,
  framework: string,
  peer: string | null,
  scenarios: readonly string[],
): string {
  const body = scenarios.map((scenario) => {
    const group = find(results, 'adapters', framework, scenario);
    const over = (kind: string): string =>
      kind in group.samples ? withInterval(difference(group, kind, 'bare')) : '';
    return [scenario, figure(median(group, 'bare')), over('floor'), over('peer'), over('ours')];
  });
  const self = figure(selfComparison(results, framework));
  return [
    `### ${framework}`,
    `${peer === null ? 'There is no peer.' : `The peer is \`${peer}\`.`} The floor differs from itself by up to ${self} µs.`,
    markdownTable(['µs', 'bare', 'floor', 'peer', 'ours'], body),
  ].join('\n\n');
}

/** Groups as rows, their kinds as columns. */
function wideTable(groups: readonly Measured[], kinds: readonly string[]): string {
  const head = [groups[0]?.unit ?? '', ...kinds];
  return markdownTable(
    head,
    groups.map((group) => [
      group.scenario === 'import' ? group.subject : `${group.subject}, ${group.scenario}`,
      ...kinds.map((kind) => (kind in group.samples ? figure(median(group, kind)) : '')),
    ]),
  );
}

/** How much of the bar over sockets is missed by whoever sets the same headers. */
function floorsOverSockets(results: Results): string {
  return FRAMEWORKS.map((framework) => {
    const group = find(results, 'sockets', framework, 'one origin');
    return `${figure(ratio(group, 'bare', 'floor').median)} on ${framework}`;
  }).join(', ');
}

/** Each kind as a row, whose code is at work as columns. */
function profileTable(groups: readonly Measured[]): string {
  return markdownTable(
    ['µs', 'all', ...PLACES, 'middleware, of all'],
    groups.flatMap((group) =>
      KINDS.filter((kind) => partOf(kind, 'middleware') in group.samples).map((kind) => {
        const times = PLACES.map((place) => median(group, partOf(kind, place)));
        const all = times.reduce((sum, time) => sum + time, 0);
        const share = (100 * median(group, partOf(kind, 'middleware'))) / all;
        const figures = [all, ...times].map(figure);
        return [`${group.subject}, ${kind}`, ...figures, `${figure(share)} %`];
      }),
    ),
  );
}

function hostileTable(results: Results): string {
  const time = find(results, 'hostile', 'node', 'time');
  const bytes = find(results, 'hostile', 'node', 'bytes sent back');
  const body = rows(time).map(([name = '', microseconds = '', , times = '']) => [
    name,
    microseconds,
    times,
    figure(median(bytes, name)),
  ]);
  return markdownTable(['', 'µs', 'times the normal one', 'bytes sent back'], body);
}

function sizeTable(results: Results): string {
  return markdownTable(
    ['', 'alone', 'budget', 'with dependencies', 'budget', 'why'],
    Object.entries(BUDGETS).map(([name, { alone, withDependencies, reason }]) => {
      const group = find(results, 'size', name, 'minified, gzip');
      return [
        `\`@cors/${name}\``,
        figure(median(group, 'without dependencies')),
        figure(alone),
        figure(median(group, 'with dependencies')),
        figure(withDependencies),
        reason,
      ];
    }),
  );
}

/** The medians of a group alone: its kinds are not there to be compared. */
function partsTable(group: Measured): string {
  return markdownTable(
    [group.scenario, group.unit],
    Object.keys(group.samples).map((kind) => [kind, figure(median(group, kind))]),
  );
}
