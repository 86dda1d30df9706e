/** The decision alone. */
import type { Group, Kind } from '../group.js';

const EXACT = ['1', '100', '10000', '1000000'];
const PATTERNS = ['1', '100', '10000', '100000'];
const LABELS = ['1', '10', '100'];
const REQUESTS = ['allowed', 'denied', 'preflight', 'denied preflight', 'no Origin'];

const kind = (workload: string, size: string, subject: string, name: string): Kind => ({
  name,
  script: 'decide/child',
  parameters: [workload, size, subject],
});

export const decideGroups: readonly Group[] = [
  group('exact origins', [
    ...EXACT.map((size) => kind('exact', size, 'ours', size)),
    ...EXACT.map((size) => kind('exact', size, 'Set.has', `Set.has ${size}`)),
  ]),
  group('exact origins, all of them asked for in no order', [
    kind('exact, all in use', '1000000', 'ours', '1000000'),
    kind('exact, all in use', '1000000', 'Set.has', 'Set.has 1000000'),
  ]),
  group(
    'exact origins, others asked for',
    EXACT.map((size) => kind('unlisted', size, 'ours', size)),
  ),
  group(
    'patterns',
    PATTERNS.map((size) => kind('patterns', size, 'ours', size)),
  ),
  group(
    'labels of the host',
    LABELS.map((size) => kind('labels', size, 'ours', size)),
  ),
  group('requests', [
    ...REQUESTS.map((name) => kind('request', name, 'ours', name)),
    kind('request', 'allowed', 'any case', 'allowed, names in any case'),
    kind('request', 'no Origin', 'any case', 'no Origin, names in any case'),
    kind('request', 'no Origin', 'absent header', 'one absent header'),
  ]),
];

function group(scenario: string, kinds: readonly Kind[]): Group {
  return { part: 'decide', subject: 'core', scenario, unit: 'ns', kinds };
}
