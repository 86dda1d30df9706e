import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { guardedServer } from '../src/refuse-unsafe.js';

beforeAll(() => new Promise<void>((resolve) => guardedServer.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => guardedServer.close(resolve)));

const APP = 'https://app.example.com';
const EVIL = 'https://evil.example';

// Node's own fetch sets Sec-Fetch-Mode to cors, as a page's fetch does; a navigation says so itself.
it.each<[string, string, Record<string, string>, number]>([
  ['another origin, a form', 'POST', { origin: EVIL }, 403],
  ['another origin, reading', 'GET', { origin: EVIL }, 200],
  ['an allowed origin', 'POST', { origin: APP }, 200],
  ['no origin: no page', 'POST', {}, 200],
  [
    'the same origin',
    'POST',
    { origin: 'https://api.example.com', 'sec-fetch-site': 'same-origin' },
    200,
  ],
])('%s: %s', async (_, method, headers, status) => {
  const { port } = guardedServer.address() as AddressInfo;
  const reply = await fetch(`http://127.0.0.1:${String(port)}/`, { method, headers });
  expect(reply.status).toBe(status);
});

it('is the sample of the page about it', () => {
  const page = join(import.meta.dirname, '../../../docs/refusing-requests.md');
  const code = readFileSync(join(import.meta.dirname, '../src/refuse-unsafe.ts'), 'utf8');
  expect(readFileSync(page, 'utf8')).toContain(`\`\`\`ts\n${code}\`\`\``);
});
