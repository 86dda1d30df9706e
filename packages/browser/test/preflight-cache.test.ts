import { describe, expect, it } from 'vitest';

import { CorsPreflightCache, type ProfileName, type Send, simulateFetch } from '../src/index.js';
import { type PreflightCacheVector, readVectors, responseOf } from './vectors.js';

const vectors = readVectors('preflight-cache');

it('has all its vectors', () => {
  expect(vectors).toHaveLength(19);
});

describe('the standard', () => {
  it.each(vectors)('$id: $description', async (vector) => {
    expect(await play(vector, 'standard')).toEqual(
      vector.steps.map(({ expectPreflight, expectOutcome }) => [expectPreflight, expectOutcome]),
    );
  });
});

describe.each(['firefox', 'webkit'] as const)('%s', (profile) => {
  it.each(vectors.filter(({ engines }) => engines?.[profile] !== undefined))(
    '$id: $description',
    async (vector) => {
      const [letters = ''] = (vector.engines?.[profile] ?? '').split(/[ :]/);
      const preflights = (await play(vector, profile)).map(([isPreflighted]) => isPreflighted);
      expect(preflights).toEqual(Array.from(letters, (letter) => letter === 'P'));
    },
  );
});

/** For each step, whether a preflight was sent, and how the fetch ended. */
async function play(
  { steps }: PreflightCacheVector,
  profile: ProfileName,
): Promise<[boolean, string][]> {
  const cache = new CorsPreflightCache();
  const outcomes: [boolean, string][] = [];
  for (const { at, request, preflightResponse, expectPreflight, expectOutcome } of steps) {
    const send: Send = ({ method }) => {
      if (method === 'OPTIONS') return responseOf(preflightResponse);
      // A vector says nothing of the response to the request itself: it lets the page read it, unless
      // that is what fails.
      const fails = expectOutcome === 'network-error' && !expectPreflight;
      const allowed = [
        ['Access-Control-Allow-Origin', request.origin],
        ['Access-Control-Allow-Credentials', 'true'],
      ] as const;
      return { status: 200, headers: fails ? [] : allowed };
    };
    const { hops, page } = await simulateFetch(
      // The preflights of these vectors have no other cause than a listener.
      { ...request, api: 'xhr', uploadListener: request.useCorsPreflightFlag ?? false },
      send,
      { profile, cache, clock: () => at * 1000 },
    );
    const wasSent = hops.some(({ preflight }) => (preflight?.request ?? null) !== null);
    outcomes.push([wasSent, page === null ? 'network-error' : 'ok']);
  }
  return outcomes;
}
