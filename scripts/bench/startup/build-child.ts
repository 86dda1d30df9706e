/**
 * Run in a process of its own, with `--expose-gc`: prints what it takes to build a policy of a million
 * origins, or a set of the same strings: CPU time in ms, or memory kept in MB.
 */
import process from 'node:process';
import { createCors } from '@cors/core';

const BUILD: Readonly<Record<string, (list: string[]) => object>> = {
  ours: (list) => createCors({ origin: list, credentials: true }),
  'new Set': (list) => new Set(list),
};

const [subject = '', measured] = process.argv.slice(2);
const build = BUILD[subject];
const collect = (globalThis as { gc?: () => void }).gc;
if (build === undefined || collect === undefined) throw new Error(process.argv.join(' '));

const list = Array.from({ length: 1_000_000 }, (_, n) =>
  Buffer.from(`https://app-${n}.example.com`, 'latin1').toString('latin1'),
);
collect();
const before = process.memoryUsage().heapUsed;
const start = process.cpuUsage();
const built = build(list);
const { user, system } = process.cpuUsage(start);
collect();
const kept = process.memoryUsage().heapUsed - before;
console.log(JSON.stringify(measured === 'time' ? (user + system) / 1000 : kept / 1e6));
// Both are in use until here.
if (Object.keys(built).length + list.length === 0) throw new Error('Nothing was built.');
