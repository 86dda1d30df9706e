import { readFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { guardedServer } from '../src/refuse-unsafe.js';

beforeAll(() => new Promise<void>((resolve) => guardedServer.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => guardedServer.close(resolve)));

const APP = 'https://app.example.com';
const EVIL = 'https://evil.example';

const cross = { 'sec-fetch-site': 'cross-site' };

it.each<[string, string, Record<string, string>, number]>([
  ["a page's fetch", 'POST', { origin: EVIL, ...cross, 'sec-fetch-mode': 'cors' }, 403],
  [
    "a page's fetch without CORS",
    'POST',
    { origin: EVIL, ...cross, 'sec-fetch-mode': 'no-cors' },
    403,
  ],
  ['a form', 'POST', { origin: EVIL, ...cross, 'sec-fetch-mode': 'navigate' }, 403],
  ['an old browser', 'POST', { origin: EVIL }, 403],
  ['a sandboxed frame', 'POST', { origin: 'null', ...cross, 'sec-fetch-mode': 'cors' }, 403],
  ['reading', 'GET', { origin: EVIL, ...cross, 'sec-fetch-mode': 'cors' }, 200],
  ['an allowed origin', 'POST', { origin: APP, ...cross, 'sec-fetch-mode': 'cors' }, 200],
  ['no origin: no page', 'POST', {}, 200],
  ['the same origin', 'POST', { origin: EVIL, 'sec-fetch-site': 'same-origin' }, 200],
])('%s: %s', async (_, method, headers, status) => {
  // Not Node's fetch: it sets Sec-Fetch-Mode itself.
  const { port } = guardedServer.address() as AddressInfo;
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ port, host: '127.0.0.1', method, headers }, resolve).on('error', reject).end();
  });
  reply.resume();
  expect(reply.statusCode).toBe(status);
});

it('is the sample of the page about it', () => {
  const page = join(import.meta.dirname, '../../../docs/refusing-requests.md');
  const code = readFileSync(join(import.meta.dirname, '../src/refuse-unsafe.ts'), 'utf8');
  expect(readFileSync(page, 'utf8')).toContain(`\`\`\`ts\n${code}\`\`\``);
});
