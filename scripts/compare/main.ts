// Prints the README's table: what the CORS packages that people use today do, and what ours do. Every
// cell is the outcome of starting a server and asking it.
//   pnpm compare
import process from 'node:process';
import { comparisonTable } from './table.js';

console.log(await comparisonTable());
// Fastify's and Hono's servers may keep a timer.
process.exit(0);
