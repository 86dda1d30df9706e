/**
 * Whether a browser blocks at all: some are packaged, or started, with their security off, and would
 * agree with every model that allows enough.
 */
import type { HeaderList } from '@cors/browser';
import type { PageRequest } from '@cors/browser';
import type { Exchange } from '../differential/exchange.js';
import type { RealBrowser } from './real-browser.js';

const PAGE = 'http://page.test';
const ANY: HeaderList = [['Access-Control-Allow-Origin', '*']];

interface Case {
  readonly name: string;
  readonly request: Pick<PageRequest, 'method' | 'credentialsMode'>;
  readonly preflight: HeaderList;
  readonly actual: HeaderList;
  readonly outcome: 'readable' | 'blocked';
}

const CASES: readonly Case[] = [
  {
    name: 'a GET without Access-Control-Allow-Origin',
    request: {},
    preflight: [],
    actual: [],
    outcome: 'blocked',
  },
  {
    name: 'a PUT whose preflight does not allow it',
    request: { method: 'PUT' },
    preflight: ANY,
    actual: ANY,
    outcome: 'blocked',
  },
  {
    name: 'a GET with credentials, and * as the answer',
    request: { credentialsMode: 'include' },
    preflight: [],
    actual: ANY,
    outcome: 'blocked',
  },
  // One that blocks everything proves nothing either.
  {
    name: 'a PUT that is allowed',
    request: { method: 'PUT' },
    preflight: [...ANY, ['Access-Control-Allow-Methods', 'PUT']],
    actual: ANY,
    outcome: 'readable',
  },
];

/** @throws if a request that must be blocked is not, or the other way round. */
export async function assertBlocking(browser: RealBrowser): Promise<void> {
  const observations = await browser.play(CASES.map(exchangeOf));
  for (const [index, { name, outcome }] of CASES.entries()) {
    const observed = observations[index]?.outcome ?? 'not-observed';
    if (observed === outcome) continue;
    throw new Error(
      `${browser.name} ${browser.version} cannot be used: ${name} must be ${outcome}, and is ${observed}. Was it started with its web security disabled?`,
    );
  }
}

function exchangeOf({ request, preflight, actual }: Case, index: number): Exchange {
  const id = `assert-blocking-${index}`;
  const url = `http://api.test/x/${id}/`;
  const answer = {
    url,
    preflight: { status: 204, headers: preflight },
    actual: { status: 200, headers: actual },
  };
  return { id, steps: [{ request: { origin: PAGE, url, ...request }, answers: [answer] }] };
}
