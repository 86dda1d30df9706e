/**
 * Serves the test application behind nginx with the policy of one scenario, until standard input ends:
 * for a look at it by probe or by hand. The scenario is named by its id; without one it is `listed`.
 */
import process from 'node:process';
import { scenarios } from '@cors/conformance';
import { startServer } from './nginx-server.js';

const id = process.argv[2] ?? 'listed';
const scenario = scenarios.find((one) => one.id === id);
if (scenario === undefined) throw new Error(`There is no scenario ${id}`);
const { url, stop } = await startServer(scenario);
console.log(url);
process.stdin.resume().on('end', () => void stop().then(() => process.exit(0)));
