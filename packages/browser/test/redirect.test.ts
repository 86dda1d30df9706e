import { expect, it } from 'vitest';

import { type Hop, type Send, type Transcript, simulateFetch } from '../src/index.js';
import { readVectors, type RedirectVector, responseOf } from './vectors.js';

const vectors = readVectors('redirects');

it.each(vectors)('$id: $description', async (vector) => {
  const { expected } = vector;
  const transcript = await play(vector);
  const { hops, page, verdict } = transcript;
  const sent = hops.flatMap(({ request }) => (request === null ? [] : [request]));

  expect(
    page === null ? 'network-error' : page.type === 'opaqueredirect' ? page.type : 'success',
  ).toBe(expected.outcome);
  expect(
    sent.map(({ headers }) => headers.find(([name]) => name === 'Origin')?.[1] ?? null),
  ).toEqual(expected.originHeaders);
  expect(sent.map(({ method }) => method)).toEqual(expected.methods);
  expect(preflightSent(transcript)).toEqual(expected.preflightSent);
  if (expected.finalHeaderNames !== undefined) {
    const names = sent.at(-1)?.headers.map(([name]) => name.toLowerCase()) ?? [];
    expect(names.filter((name) => name !== 'origin').sort()).toEqual(expected.finalHeaderNames);
  }
  if (expected.responseTainting !== undefined) {
    expect(hops.at(-1)?.tainting).toBe(expected.responseTainting);
  }
  if (expected.failsAtHop !== undefined && expected.reason !== undefined) {
    expect(verdict.code).toBe(codeOf(expected.reason, vector, transcript));
  }
});

function preflightSent({ hops, verdict }: Transcript): boolean[] {
  // A request that may not go anywhere makes no hop, and to a vector neither.
  expect(verdict.clause).toMatch(/^https:/);
  return hops.map(({ preflight }: Hop) => (preflight?.request ?? null) !== null);
}

/** A vector's reason as a verdict's code: the codes tell more mismatches apart. */
function codeOf(reason: string, vector: RedirectVector, { hops }: Transcript): string {
  const code = reason
    .replace('preflight:cors-check-failed:', 'preflight-')
    .replace('cors-check-failed:', '')
    .replace(/^preflight:(header-not-allowed):.*/, '$1')
    .replace('preflight:status-not-ok', hops.at(-1) === undefined ? '' : 'preflight-redirect')
    .replace(/^preflight:/, '')
    .replace('origin-mismatch', 'allow-origin-mismatch')
    .replace('same-origin-mode-cross-origin-url', 'same-origin-mode')
    .replace('redirect-mode-manual', 'opaque-redirect');
  expect(code, vector.id).not.toBe('');
  return code;
}

async function play({ request, hops }: RedirectVector): Promise<Transcript> {
  let hop = 0;
  const send: Send = ({ method, url }) => {
    const planned = hops[hop];
    if (planned === undefined) throw new Error(`${url} is asked, where nobody is`);
    if (method === 'OPTIONS' && planned.preflight !== undefined)
      return responseOf(planned.preflight);
    hop += 1;
    return responseOf(planned.response);
  };
  const { body, ...rest } = request;
  return simulateFetch(
    {
      ...rest,
      url: hops[0]!.url,
      body: body === undefined ? null : { content: body, contentType: null },
    },
    send,
  );
}
