import { describe, expect, it } from 'vitest';

import {
  CorsPreflightCache,
  getHeaderValue,
  type ProfileName,
  type Send,
  simulateFetch,
} from '../src/index.js';
import { ENGINES, type PreflightCacheVector, readVectors, responseOf } from './vectors.js';

const vectors = readVectors('preflight-cache');

describe('the standard', () => {
  it.each(vectors)('$id: $description', async (vector) => {
    expect(await play(vector, 'standard')).toEqual(
      vector.steps.map(({ expectPreflight, expectOutcome }) => [expectPreflight, expectOutcome]),
    );
  });
});

const ofEngines = vectors.flatMap((vector) =>
  ENGINES.flatMap((profile) => {
    const [letters] = vector.engines?.[profile]?.split(/[ :]/) ?? [];
    return letters === undefined ? [] : [{ id: vector.id, vector, profile, letters }];
  }),
);

it.each(ofEngines)('$id as $profile has it: $letters', async ({ vector, profile, letters }) => {
  const preflights = (await play(vector, profile)).map(([isPreflighted]) => isPreflighted);
  expect(preflights).toEqual(Array.from(letters, (letter) => letter === 'P'));
});

/** For each step, whether a preflight was sent, and how the fetch ended. */
async function play(
  { steps }: PreflightCacheVector,
  profile: ProfileName,
): Promise<[boolean, string][]> {
  const cache = new CorsPreflightCache();
  const outcomes: [boolean, string][] = [];
  for (const { at, request, preflightResponse, actualResponse } of steps) {
    const send: Send = ({ headers }) => {
      if (getHeaderValue('Access-Control-Request-Method', headers) !== null) {
        return responseOf(preflightResponse);
      }
      if (actualResponse === 'network-error') throw new Error('The connection was reset.');
      return {
        status: 200,
        headers: [
          ['Access-Control-Allow-Origin', request.origin],
          ['Access-Control-Allow-Credentials', 'true'],
        ],
      };
    };
    const { hops, page } = await simulateFetch(
      // What sets the flag of these vectors is a listener, with something to listen to: Chromium wants that.
      {
        ...request,
        api: 'xhr',
        uploadListener: request.useCorsPreflightFlag ?? false,
        body: request.useCorsPreflightFlag === true ? { content: '', contentType: null } : null,
      },
      send,
      { profile, cache, clock: () => at * 1000 },
    );
    const wasSent = hops.some(({ preflight }) => (preflight?.request ?? null) !== null);
    outcomes.push([wasSent, page === null ? 'network-error' : 'ok']);
  }
  return outcomes;
}
