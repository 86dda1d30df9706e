/**
 * Prints the size of modules of the core, with all of it that they need; run from the root of the
 * repository.
 */
import process from 'node:process';
import { coreModulesSize } from './package-size.js';

const [text, ...modules] = process.argv.slice(2);
const size = await coreModulesSize(process.cwd(), text as 'with' | 'without', modules);
console.log(JSON.stringify(size));
