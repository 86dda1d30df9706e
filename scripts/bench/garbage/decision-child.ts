/** Run in a process of its own: prints the bytes that one decision allocates. */
import process from 'node:process';
import { SUBJECTS, WORKLOADS } from '../decide/subjects.js';
import { bytesPerRound } from './allocated.js';

const [name = ''] = process.argv.slice(2);
const workload = WORKLOADS['request']?.(name);
const decide = workload && SUBJECTS['ours']?.(workload);
if (workload === undefined || decide === undefined) throw new Error(process.argv.join(' '));

const ROUNDS = 100_000;
const requests = Array.from({ length: 1_000 }, (_, number) => workload.request(number));
// Kept, so that no compiler finds out that nobody looks at a decision.
const last = { decision: undefined as unknown };
const bytes = await bytesPerRound((count) => {
  for (let left = count; left > 0; left -= requests.length) {
    for (const request of requests) last.decision = decide(request);
  }
}, ROUNDS);
if (last.decision === undefined) throw new Error('There was no decision.');
console.log(JSON.stringify(bytes));
