/** Where the time of whole servers goes. */
import { FRAMEWORKS } from '../adapters/frameworks.js';
import type { Group } from '../group.js';
import { kindsOver } from '../sockets/groups.js';

export const profileGroups: readonly Group[] = FRAMEWORKS.map((framework) => ({
  part: 'profile',
  subject: framework,
  scenario: 'one origin',
  unit: 'µs',
  kinds: kindsOver(framework).map((name) => ({
    name,
    script: 'profile/child',
    parameters: [framework, 'one origin', name],
  })),
}));
