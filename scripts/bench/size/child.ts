/** Prints the size of a package in bytes; run from the root of the repository. */
import process from 'node:process';
import { entryOf, packageSize } from './package-size.js';

const [name = '', dependencies] = process.argv.slice(2);
const size = await packageSize(entryOf(process.cwd(), name), dependencies as 'without' | 'with');
console.log(JSON.stringify(size));
