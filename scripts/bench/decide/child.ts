/** Run in a process of its own: prints the CPU time of one decision, in ns. The requests are made before. */
import process from 'node:process';
import { cpuTimeOfBatches } from '../child/cpu-time.js';
import { SUBJECTS, WORKLOADS } from './subjects.js';

const [workloadName = '', size = '', subject = ''] = process.argv.slice(2);
const workload = WORKLOADS[workloadName]?.(size);
const decide = workload && SUBJECTS[subject]?.(workload);
if (workload === undefined || decide === undefined) throw new Error(process.argv.join(' '));

let number = 0;
let last: unknown;
const time = cpuTimeOfBatches(
  () => workload.request((number += 1)),
  (request) => {
    last = decide(request);
  },
);
if (last === null || last === undefined) throw new Error('There was no decision.');
console.log(JSON.stringify(time * 1000));
