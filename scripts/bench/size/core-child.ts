/** Prints the size of modules of the core, with all of it that they need; run from the root of the repository. */
import process from 'node:process';
import { coreModulesSize } from './package-size.js';

console.log(JSON.stringify(await coreModulesSize(process.cwd(), process.argv.slice(2))));
