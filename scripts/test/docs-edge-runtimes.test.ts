import { describe, expect, it } from 'vitest';

import { cors } from '../../packages/fetch/src/index.js';
import { readText } from './documents.js';
import { runSample } from './run-sample.js';
import { nameOf, samplesIn } from './samples.js';

type Route = (
  request: Request,
  context: { readonly params: Promise<{ readonly id: string }> },
) => Promise<Response>;

const page = samplesIn('docs/edge-runtimes.md', readText('docs/edge-runtimes.md'));
const sample = page.find((one) => nameOf(one)?.startsWith('app/api/'))!;
const { exports } = await runSample(sample, page);

const ORIGIN = 'https://app.example.com';

/** As Next.js calls a file's exports: by the method, with the route's parameters. */
async function ask(
  method: 'GET' | 'PUT' | 'OPTIONS',
  headers: Record<string, string>,
  body?: string,
): Promise<Response> {
  const init = { method, headers, ...(body !== undefined && { body }) };
  const request = new Request('https://api.example.com/api/notes/7', init);
  return (exports[method] as Route)(request, { params: Promise.resolve({ id: '7' }) });
}

it('does nothing to the reply that a handler does not make, as Bun wants it for an upgrade', async () => {
  const serve = cors({ origin: ORIGIN })(() => undefined as never);
  expect(await serve(new Request('https://api.example.com/'))).toBeUndefined();
});

describe("the page's route of Next.js", () => {
  it('exports the methods that the policy and the page speak of', () => {
    expect(Object.keys(exports).sort()).toEqual(['GET', 'OPTIONS', 'PUT']);
  });

  it('answers the preflight of a PUT', async () => {
    const headers = { origin: ORIGIN, 'access-control-request-method': 'PUT' };
    const reply = await ask('OPTIONS', headers);
    expect([reply.status, Object.fromEntries(reply.headers)]).toEqual([
      204,
      {
        'access-control-allow-origin': ORIGIN,
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': 'PUT',
        'access-control-allow-headers': 'Content-Type',
        vary: 'Origin',
      },
    ]);
  });

  it('leaves an OPTIONS request that is no preflight to the route', async () => {
    const reply = await ask('OPTIONS', {});
    expect(reply.headers.get('allow')).toBe('GET, HEAD, PUT, OPTIONS');
  });

  it('passes the parameters and the body on', async () => {
    expect(await (await ask('GET', { origin: ORIGIN })).json()).toEqual({ id: '7' });
    const saved = await ask('PUT', { origin: ORIGIN }, '{"text":"milk"}');
    expect(await saved.json()).toEqual({ id: '7', saved: { text: 'milk' } });
    expect(saved.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  });

  it('answers an error so that the page can read it', async () => {
    const failed = await ask('PUT', { origin: ORIGIN }, 'no JSON');
    expect([failed.status, failed.headers.get('access-control-allow-origin')]).toEqual([
      500,
      ORIGIN,
    ]);
  });
});
