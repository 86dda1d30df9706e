/**
 * @cors/browser where it must run: bundled for browsers, in a world that has `URL` and nothing else of
 * a platform; and within its budget.
 */
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** In bytes, minified and compressed by gzip. */
const BUDGETS = [
  // The algorithm alone: pages that only check one reply.
  ['corsCheck', 700],
  // The whole fetch with its verdict; a parser of MIME types is nearly half of it.
  ['simulateFetch', 22_000],
  // For a page that explains a pasted line of a console.
  ['parseConsoleMessage', 11_000],
  // All of it; two thirds are the list of public suffixes, which only `redirectTaint` needs.
  ['*', 75_500],
] as const;

async function bundle(names: string, format: 'esm' | 'iife'): Promise<string> {
  const exported = names === '*' ? '*' : `{ ${names} }`;
  const { outputFiles } = await build({
    stdin: { contents: `export ${exported} from './index.js'`, resolveDir: SOURCES },
    bundle: true,
    minify: true,
    format,
    globalName: 'cors',
    // Anything of Node's would be an error here.
    platform: 'browser',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

const SOURCES = new URL('../../packages/browser/src', import.meta.url).pathname;

describe('the size of @cors/browser', () => {
  it.each(BUDGETS)('%s is within %i bytes', async (names, budget) => {
    const size = gzipSync(await bundle(names, 'esm')).length;
    expect(size).toBeLessThanOrEqual(budget);
    // A budget that is far too large guards nothing.
    expect(size).toBeGreaterThan(budget / 2);
  });
});

it('runs where there is URL and nothing else of a platform', async () => {
  const world = createContext({ URL });
  runInContext(await bundle('simulateFetchSync, redirectTaint', 'iife'), world);
  const code: unknown = runInContext(
    `var cors;
    const request = { origin: 'https://a.example', url: 'https://b.example/', method: 'PUT' };
    const send = () => ({ status: 204, headers: [['Access-Control-Allow-Origin', '*']] });
    cors.simulateFetchSync(request, send, { profile: 'chromium', clock: () => 0 }).verdict.code +
      ' ' + cors.redirectTaint('https://a.example', ['https://b.example/', 'https://c.example/'])`,
    world,
  );
  expect(code).toBe('method-not-allowed cross-site');
});
