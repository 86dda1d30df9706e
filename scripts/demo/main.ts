/**
 * The main job, played over real HTTP: one policy on each of the frameworks, three pages, and what
 * their browsers make of the answers. Ends with status 0 only if every answer is the right one, on
 * every framework.
 *
 *     pnpm demo           play and end
 *     pnpm demo --serve   play, then leave the servers running
 */
import process from 'node:process';
import { inspect } from 'node:util';
import { playScene } from './answers.js';
import { POLICY, startServers } from './frameworks.js';
import { type Column, print, printAnswer, printTable } from './report.js';
import { SCENES } from './scenes.js';

const servers = await startServers();
print(`${servers.map(({ framework }) => framework).join(', ')}, each with one policy:\n`);
print(`${inspect(POLICY)}\n`);

const columns: Column[] = [];
for (const server of servers) {
  const played = [];
  for (const scene of SCENES) played.push(await playScene(server, scene));
  // The first one tells all of it; the others are to be the same, which the table shows.
  if (columns.length === 0) {
    print(`On ${server.framework}, at http://127.0.0.1:${String(server.port)}:\n`);
    for (const [index, scene] of SCENES.entries()) {
      print(`${String(index + 1)}. ${scene.title}`);
      played[index]?.forEach(printAnswer);
    }
  }
  columns.push({ framework: server.framework, answers: played.flat() });
}

print('The same on each framework: status, Access-Control-Allow-Origin, what the browser does.\n');
printTable(columns);
const wrong = columns.flatMap(({ framework, answers }) =>
  answers.flatMap((answer) => answer.wrong.map((each) => `${framework}: ${each}.`)),
);
for (const each of wrong) print(`   WRONG: ${each}`);
print(
  wrong.length === 0
    ? 'Every answer is the right one.'
    : `${String(wrong.length)} answers are wrong.`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;

if (process.argv.includes('--serve')) {
  print('\nStill serving. Ask them yourself, and end them with Ctrl+C:');
  for (const { framework, port } of servers) {
    print(`  ${framework.padEnd(8)} http://127.0.0.1:${String(port)}`);
  }
  print(`  curl -i -X OPTIONS http://127.0.0.1:${String(servers[0]?.port)}/notes/1 \\`);
  print("    -H 'Origin: https://app.example.com' \\");
  print(
    "    -H 'Access-Control-Request-Method: PUT' -H 'Access-Control-Request-Headers: content-type'",
  );
} else {
  await Promise.all(servers.map(({ close }) => close()));
}
