/**
 * The main job, played over real HTTP: a server with one policy, three pages, and what their
 * browsers make of its answers. Ends with status 0 only if every answer is the right one.
 *
 *     pnpm demo           play and end
 *     pnpm demo --serve   play, then leave the server running
 */
import process from 'node:process';
import { inspect } from 'node:util';
import { explain } from '@cors/core';
import { type Played, playInBrowser } from './browser.js';
import { mismatches, type Scene, SCENES } from './scenes.js';
import { type DemoServer, POLICY, startServer } from './server.js';

function print(text = ''): void {
  process.stdout.write(`${text}\n`);
}

function printExchange({ request, response, because }: Played): void {
  if (because.length > 0) print(`   The browser asks first, because of ${because.join(' and ')}.`);
  print(`\n   > ${request.method} ${request.path} HTTP/1.1`);
  for (const [name, value] of request.headers) print(`   > ${name}: ${value}`);
  if (request.body !== undefined) print(`   >\n   > ${request.body}`);
  print();
  print(`   < HTTP/1.1 ${String(response.status)} ${response.reason}`);
  for (const [name, value] of response.headers) print(`   < ${name}: ${value}`);
  if (response.body !== '') print(`   <\n   < ${response.body}`);
  print();
}

/** Plays a scene and prints it; gives how many answers were wrong. */
async function playScene(server: DemoServer, scene: Scene, number: number): Promise<number> {
  print(`${String(number)}. ${scene.title}`);
  const before = server.decisions.length;
  const all = await playInBrowser(server.port, scene.fetch);
  let wrong = Math.abs(scene.expected.length - all.length);
  if (wrong > 0) {
    print(
      `   WRONG:   ${String(all.length)} requests were sent, not ${String(scene.expected.length)}.`,
    );
  }
  for (const [index, played] of all.entries()) {
    printExchange(played);
    const decision = server.decisions[before + index];
    const expected = scene.expected[index];
    if (decision === undefined || expected === undefined) {
      print('   WRONG:   no decision was noted for this request.\n');
      wrong += 1;
      continue;
    }
    const { method, headers } = played.request;
    const request = { method, headers: Object.fromEntries(headers) };
    const { code, sentence, fix } = explain(decision, request);
    print(`   Engine:  ${sentence} [${code}]`);
    if (fix !== '') print(`            ${fix}`);
    print(`   Browser: ${played.conclusion}`);
    const found = mismatches(played, code, expected);
    for (const each of found) print(`   WRONG:   ${each}.`);
    print(found.length === 0 ? '   Right.\n' : '');
    wrong += found.length;
  }
  return wrong;
}

const server = await startServer();
const address = `http://127.0.0.1:${String(server.port)}`;
print(`A server on ${address} with one policy:\n`);
print(`${inspect(POLICY)}\n`);
let wrong = 0;
for (const [index, scene] of SCENES.entries()) wrong += await playScene(server, scene, index + 1);
print(wrong === 0 ? 'Every answer is the right one.' : `${String(wrong)} answers are wrong.`);
process.exitCode = wrong === 0 ? 0 : 1;
if (process.argv.includes('--serve')) {
  print(`\nStill serving. Ask it yourself, and end it with Ctrl+C:`);
  print(`  curl -i -X OPTIONS ${address}/notes/1 -H 'Origin: https://app.example.com' \\`);
  print(
    `    -H 'Access-Control-Request-Method: PUT' -H 'Access-Control-Request-Headers: content-type'`,
  );
} else {
  server.close();
}
