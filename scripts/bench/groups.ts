/** All that can be measured. */
import { adapterGroups } from './adapters/groups.js';
import { decideGroups } from './decide/groups.js';
import { garbageGroups } from './garbage/groups.js';
import type { Group } from './group.js';
import { hostileGroups } from './hostile/groups.js';
import { profileGroups } from './profile/groups.js';
import { sizeGroups } from './size/groups.js';
import { socketGroups } from './sockets/groups.js';
import { startUpGroups } from './startup/groups.js';

export const GROUPS: readonly Group[] = [
  ...decideGroups,
  ...adapterGroups,
  ...socketGroups,
  ...profileGroups,
  ...startUpGroups,
  ...hostileGroups,
  ...sizeGroups,
  ...garbageGroups,
];
