import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { readText } from './documents.js';
import { runSample } from './run-sample.js';
import { nameOf, samplesIn } from './samples.js';

type Guard = (
  server: Server,
  origins: readonly string[],
  upgrade: (request: IncomingMessage, socket: Duplex) => void,
) => void;

const page = samplesIn('docs/refusing-requests.md', readText('docs/refusing-requests.md'));
const sample = page.find((one) => nameOf(one) === 'upgrades.ts')!;

const server = createServer((_, response) => response.end('not upgraded'));
beforeAll(async () => {
  const guardUpgrades = (await runSample(sample, page)).exports['guardUpgrades'] as Guard;
  guardUpgrades(server, ['https://app.example.com', 'https://*.preview.example.com'], (_, socket) =>
    socket.end(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    ),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

it.each<[string, string[], number]>([
  ['a listed origin', ['https://app.example.com'], 101],
  ['a listed subdomain', ['https://pr-1.preview.example.com'], 101],
  ['another origin', ['https://evil.example'], 403],
  ['one that begins alike', ['https://app.example.com.evil.example'], 403],
  ['the origin null', ['null'], 403],
  ['no origin', [], 403],
  ['two of them', ['https://app.example.com', 'https://app.example.com'], 403],
])('a WebSocket from %s: %s', async (_, origins, status) => {
  const { port } = server.address() as AddressInfo;
  // As pairs: a header may come twice.
  const headers = [
    ...['Host', 'localhost', 'Connection', 'Upgrade', 'Upgrade', 'websocket'],
    ...['Sec-WebSocket-Version', '13', 'Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
    ...origins.flatMap((origin) => ['Origin', origin]),
  ];
  const answered = await new Promise<number | undefined>((resolve, reject) => {
    request({ port, host: '127.0.0.1', headers })
      .on('response', (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      })
      .on('upgrade', (reply, socket) => {
        socket.destroy();
        resolve(reply.statusCode);
      })
      .on('error', reject)
      .end();
  });
  expect(answered).toBe(status);
});
