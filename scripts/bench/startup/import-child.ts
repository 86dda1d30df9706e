/** Run in a process of its own: prints the CPU time, in ms, of loading a package beside its framework. */
import process from 'node:process';

const [framework, name = ''] = process.argv.slice(2);
// The application has loaded it anyway.
if (framework !== undefined && framework !== 'none') await import(framework);
const start = process.cpuUsage();
await import(name);
const { user, system } = process.cpuUsage(start);
console.log(JSON.stringify((user + system) / 1000));
process.exit(0);
