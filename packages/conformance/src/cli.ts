#!/usr/bin/env node
/**
 * The program `cors-conformance`.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';

import { runCommand } from './command/run-command.js';

const manifest = new URL('../package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };

const { stdout, stderr, env } = process;
// Whoever reads may stop reading: `| head`.
for (const stream of [stdout, stderr]) stream.on('error', () => undefined);

const code = await runCommand(process.argv.slice(2), { version, stdout, stderr, env });
// A target that is a module may have left something open: nothing is waited for but the report.
stdout.write('', () => process.exit(code));
