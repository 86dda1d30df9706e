/**
 * Prints the size of modules of the core, with all of it that they need; run from the root of the
 * repository.
 */
import process from 'node:process';
import { coreModulesSize } from './package-size.js';

const [sentences, ...modules] = process.argv.slice(2);
const size = await coreModulesSize(process.cwd(), sentences as 'with' | 'without', modules);
console.log(JSON.stringify(size));
