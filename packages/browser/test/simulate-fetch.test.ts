import { describe, expect, it } from 'vitest';

import {
  CorsPreflightCache,
  type FetchResponse,
  type HeaderList,
  type PageRequest,
  type ProfileName,
  PROFILES,
  type Send,
  type SentRequest,
  simulateFetch,
  type SimulateOptions,
  type Transcript,
} from '../src/index.js';

const ORIGIN = 'https://app.example.com';
const NOTES = 'https://api.example.com/notes';
const NAMES: readonly ProfileName[] = ['standard', 'chromium', 'firefox', 'webkit'];
const CORS_CHECK = 'https://fetch.spec.whatwg.org/#concept-cors-check';
const PREFLIGHT_FETCH = 'https://fetch.spec.whatwg.org/#cors-preflight-fetch';

const ALLOW: HeaderList = [['Access-Control-Allow-Origin', ORIGIN]];
const ALLOW_PUT: HeaderList = [...ALLOW, ['Access-Control-Allow-Methods', 'PUT']];
const PUT: Partial<PageRequest> = { method: 'PUT' };

/** Answers by URL, and by whether it is the preflight that asks; notes what was asked. */
function sender(
  answers: Readonly<Record<string, { preflight?: FetchResponse; actual: FetchResponse }>>,
): Send & { readonly sent: SentRequest[] } {
  const sent: SentRequest[] = [];
  const send = (request: SentRequest): FetchResponse => {
    sent.push(request);
    const isPreflight = request.headers.some(([name]) => name === 'Access-Control-Request-Method');
    const { preflight, actual } = answers[request.url] ?? {};
    const answer = isPreflight ? preflight : actual;
    if (answer === undefined) throw new Error(`Nobody answers ${request.method} ${request.url}`);
    return answer;
  };
  return Object.assign(send, { sent });
}

function play(
  request: Partial<PageRequest>,
  send: Send,
  options?: SimulateOptions,
): Promise<Transcript> {
  return simulateFetch({ origin: ORIGIN, url: NOTES, ...request }, send, options);
}

const ok = (...headers: HeaderList): FetchResponse => ({ status: 200, headers });

describe('a transcript', () => {
  it('of a simple request', async () => {
    const response = ok(...ALLOW, ['ETag', '"2"'], ['Content-Type', 'text/plain']);
    const send = sender({ [NOTES]: { actual: response } });
    const request = { origin: ORIGIN, url: NOTES };
    const transcript = await simulateFetch(request, send);
    const sent = {
      url: NOTES,
      method: 'GET',
      headers: [['Origin', ORIGIN]],
      body: null,
      withCredentials: false,
    };
    expect(transcript).toEqual({
      request,
      profile: 'standard',
      hops: [
        {
          url: NOTES,
          tainting: 'cors',
          preflight: null,
          request: sent,
          response,
          checks: [{ name: 'cors-check', ok: true, clause: CORS_CHECK }],
        },
      ],
      page: { type: 'cors', status: 200, headers: [['Content-Type', 'text/plain']], url: NOTES },
      failure: null,
      verdict: transcript.verdict,
    });
    expect(transcript.verdict.code).toBe('allowed');
    expect(send.sent).toEqual([sent]);
  });

  it('of a preflighted request', async () => {
    const headers = [
      ['Content-Type', 'application/json'],
      ['X-Trace', '7'],
      ['Accept', 'text/plain'],
    ] as const;
    const preflight: FetchResponse = {
      status: 204,
      headers: [
        ...ALLOW_PUT,
        ['Access-Control-Allow-Headers', 'content-type, X-Trace'],
        ['Access-Control-Max-Age', '60'],
      ],
    };
    const send = sender({ [NOTES]: { preflight, actual: ok(...ALLOW) } });
    const { hops, page } = await play({ ...PUT, headers, body: { content: '{}' } }, send);
    expect(hops).toHaveLength(1);
    expect(hops[0]?.preflight).toEqual({
      causes: [
        { because: 'method', method: 'PUT' },
        { because: 'header', name: 'content-type', values: ['application/json'] },
        { because: 'header', name: 'x-trace', values: ['7'] },
      ],
      isCached: false,
      request: {
        url: NOTES,
        method: 'OPTIONS',
        headers: [
          ['Accept', '*/*'],
          ['Access-Control-Request-Method', 'PUT'],
          ['Access-Control-Request-Headers', 'content-type,x-trace'],
          ['Origin', ORIGIN],
        ],
        body: null,
        withCredentials: false,
      },
      response: preflight,
      checks: checksOf('standard', []),
      stored: { methods: ['PUT'], headerNames: ['content-type', 'X-Trace'], maxAge: 60 },
    });
    expect(hops[0]?.request).toEqual({
      url: NOTES,
      method: 'PUT',
      headers: [...headers, ['Origin', ORIGIN]],
      body: '{}',
      withCredentials: false,
    });
    expect(send.sent).toEqual([hops[0]?.preflight?.request, hops[0]?.request]);
    expect(page?.status).toBe(200);
  });

  it('names the upload listener as a cause', async () => {
    const send = sender({ [NOTES]: { preflight: ok(...ALLOW), actual: ok(...ALLOW) } });
    const request = { api: 'xhr', method: 'POST', uploadListener: true } as const;
    const causesFor = async (profile: ProfileName) =>
      (await play(request, send, { profile })).hops[0]?.preflight?.causes;
    expect(await causesFor('standard')).toEqual([{ because: 'use-cors-preflight-flag' }]);
    // There is nothing to upload.
    expect(await causesFor('chromium')).toBeUndefined();
  });

  it('is the same whether `send` answers at once or later', async () => {
    const send = sender({ [NOTES]: { preflight: ok(...ALLOW_PUT), actual: ok(...ALLOW) } });
    const later: Send = async (request) => {
      await new Promise((resolve) => setImmediate(resolve));
      return send(request);
    };
    expect(await play(PUT, later)).toEqual(await play(PUT, send));
  });

  it('is made with credentials where the script says so, and the preflight never', async () => {
    const headers: HeaderList = [...ALLOW_PUT, ['Access-Control-Allow-Credentials', 'true']];
    const send = sender({ [NOTES]: { preflight: ok(...headers), actual: ok(...headers) } });
    await play({ ...PUT, credentialsMode: 'include' }, send);
    expect(send.sent.map(({ withCredentials }) => withCredentials)).toEqual([false, true]);
  });
});

/** All checks of a profile, up to the first of those that fail. */
function checksOf(profile: ProfileName, failing: readonly string[]): readonly object[] {
  const { preflightChecks } = PROFILES[profile];
  const failed = preflightChecks.findIndex((name) => failing.includes(name));
  return preflightChecks.slice(0, failed === -1 ? undefined : failed + 1).map((name) => ({
    name,
    ok: !failing.includes(name),
    clause: name === 'cors-check' ? CORS_CHECK : PREFLIGHT_FETCH,
  }));
}

describe.each(NAMES)('the checks of a preflight, in the order of %s', (profile) => {
  const bad: HeaderList = [['Access-Control-Allow-Methods', 'GET']];
  it.each([
    ['nothing', ok(...ALLOW_PUT), []],
    ['a missing header', ok(), ['cors-check']],
    ['a status and a missing header', { status: 404, headers: [] }, ['cors-check', 'status']],
    ['a status', { status: 404, headers: ALLOW }, ['status']],
    [
      'a redirect and a missing header',
      { status: 301, headers: [['Location', '/']] },
      ['redirect', 'cors-check', 'status'],
    ],
    ['a malformed list', ok(...ALLOW, ['Access-Control-Allow-Methods', '"']), ['allow-methods']],
    [
      'a malformed list and a method',
      ok(...ALLOW, ['Access-Control-Allow-Headers', '"']),
      ['allow-headers', 'method'],
    ],
    ['a method', ok(...ALLOW, ...bad), ['method']],
  ] as const)('where %s is wrong', async (_, preflight, failing) => {
    const send = sender({ [NOTES]: { preflight, actual: ok(...ALLOW) } });
    const { hops, page, failure } = await play(PUT, send, { profile });
    expect(hops[0]?.preflight?.checks).toEqual(checksOf(profile, failing));
    expect(page === null).toBe(failing.length > 0);
    expect(failure?.stage ?? null).toBe(failing.length > 0 ? 'preflight' : null);
    expect(hops[0]?.request === null).toBe(failing.length > 0);
  });
});

it('profiles differ in which of two faults they name', async () => {
  const codesFor = (preflight: FetchResponse): Promise<readonly string[]> =>
    Promise.all(
      NAMES.map(async (profile) => {
        const send = sender({ [NOTES]: { preflight, actual: ok(...ALLOW) } });
        return (await play(PUT, send, { profile })).verdict.code;
      }),
    );
  const missing = 'preflight-missing-allow-origin';
  expect(await codesFor({ status: 308, headers: [['Location', '/']] })).toEqual([
    missing,
    'preflight-redirect',
    missing,
    'preflight-redirect',
  ]);
  expect(await codesFor({ status: 405, headers: [] })).toEqual([
    missing,
    missing,
    missing,
    'preflight-status',
  ]);
});

describe('what the page sees', () => {
  const headers: HeaderList = [
    ['Content-Type', 'text/plain'],
    ['ETag', '"2"'],
    ['X-Secret', '1'],
    ['Set-Cookie', 'a=b'],
  ];
  const namesFor = async (request: Partial<PageRequest>, more: HeaderList) => {
    const send = sender({
      [NOTES]: { actual: ok(...headers, ...more) },
      [`${ORIGIN}/notes`]: { actual: ok(...headers) },
    });
    const { page } = await play(request, send);
    return page === null ? null : [page.type, ...page.headers.map(([name]) => name)];
  };

  it('is the usual headers, and those that are exposed', async () => {
    const expose = ['Access-Control-Expose-Headers', 'etag, Set-Cookie'] as const;
    expect(await namesFor({}, ALLOW)).toEqual(['cors', 'Content-Type']);
    expect(await namesFor({}, [...ALLOW, expose])).toEqual(['cors', 'Content-Type', 'ETag']);
  });

  it('is all but cookies, of its own origin', async () => {
    expect(await namesFor({ url: `${ORIGIN}/notes` }, [])).toEqual([
      ...['basic', 'Content-Type', 'ETag', 'X-Secret'],
    ]);
  });

  it('is nothing of an opaque response, whatever that allows', async () => {
    const send = sender({ [NOTES]: { actual: ok(...ALLOW) } });
    const { page, hops, verdict } = await play({ mode: 'no-cors' }, send);
    expect(page).toEqual({ type: 'opaque', status: 0, headers: [], url: '' });
    expect(hops[0]).toMatchObject({ tainting: 'opaque', preflight: null, checks: [] });
    expect(send.sent[0]?.headers).toEqual([]);
    expect(verdict.code).toBe('opaque');
  });

  it('is nothing of a redirect that is left to the script', async () => {
    const actual = { status: 302, headers: [...ALLOW, ['Location', '/b']] } as const;
    for (const profile of NAMES) {
      const send = sender({ [NOTES]: { actual } });
      const { page, hops } = await play({ redirectMode: 'manual' }, send, { profile });
      expect(page).toEqual({ type: 'opaqueredirect', status: 0, headers: [], url: NOTES });
      expect(hops).toHaveLength(1);
    }
  });

  it('is an error where a redirect that is left to the script is not allowed', async () => {
    const send = sender({ [NOTES]: { actual: { status: 302, headers: [['Location', '/b']] } } });
    const { page, verdict } = await play({ redirectMode: 'manual' }, send);
    expect(page).toBeNull();
    expect(verdict.code).toBe('missing-allow-origin');
  });

  it('is not what stands behind a # of the URL', async () => {
    const send = sender({ [`${NOTES}#a`]: { actual: ok(...ALLOW) } });
    expect((await play({ url: `${NOTES}#a` }, send)).page?.url).toBe(NOTES);
  });
});

describe('a chain of redirects', () => {
  const B = 'https://api.example.com/b';
  const OTHER = 'https://cdn.example.net/c';
  const to = (location: string, ...headers: HeaderList): FetchResponse => ({
    status: 307,
    headers: [...headers, ['Location', location]],
  });

  it('has a hop for each URL, each with its check', async () => {
    const send = sender({
      [NOTES]: { actual: to('/b', ...ALLOW) },
      [B]: { actual: to(OTHER, ...ALLOW) },
      [OTHER]: { actual: ok(['Access-Control-Allow-Origin', '*']) },
    });
    const { hops, page } = await play({ headers: [['Accept', 'a']] }, send);
    expect(hops.map(({ url }) => url)).toEqual([NOTES, B, OTHER]);
    expect(hops.map(({ checks }) => checks.map(({ ok: passed }) => passed))).toEqual([
      [true],
      [true],
      [true],
    ]);
    expect(
      send.sent.map(({ headers }) => headers.find(([name]) => name === 'Origin')?.[1]),
    ).toEqual([ORIGIN, ORIGIN, 'null']);
    expect(page?.url).toBe(OTHER);
  });

  it('from the page’s own origin becomes one of CORS', async () => {
    const own = `${ORIGIN}/notes`;
    const send = sender({ [own]: { actual: to(NOTES) }, [NOTES]: { actual: ok(...ALLOW) } });
    const { hops, page } = await play({ url: own }, send);
    expect(hops.map(({ tainting }) => tainting)).toEqual(['basic', 'cors']);
    expect(hops.map(({ checks }) => checks.length)).toEqual([0, 1]);
    expect(page?.type).toBe('cors');
  });

  it('stops where a check fails', async () => {
    const send = sender({ [NOTES]: { actual: to('/b', ...ALLOW) }, [B]: { actual: ok() } });
    const { hops, page, failure } = await play({}, send);
    expect(hops.map(({ checks }) => checks.at(-1)?.ok)).toEqual([true, false]);
    expect([page, failure?.stage]).toEqual([null, 'response']);
  });

  it('stops before the redirect is followed, where its own check fails', async () => {
    const send = sender({ [NOTES]: { actual: to('/b') }, [B]: { actual: ok(...ALLOW) } });
    expect((await play({}, send)).hops).toHaveLength(1);
  });

  it('is preflighted at each URL; in Firefox though the rest needs none', async () => {
    const preflight = ok(...ALLOW_PUT);
    const preflightsFor = async (status: number, profile: ProfileName) => {
      const redirect = { ...to('/b', ...ALLOW), status };
      const send = sender({
        [NOTES]: { preflight, actual: redirect },
        [B]: { preflight, actual: ok(...ALLOW) },
      });
      const { hops } = await play(PUT, send, { profile });
      return hops.map((hop) => hop.preflight !== null);
    };
    for (const profile of NAMES) expect(await preflightsFor(307, profile)).toEqual([true, true]);
    expect(await preflightsFor(303, 'standard')).toEqual([true, false]);
    expect(await preflightsFor(303, 'chromium')).toEqual([true, false]);
    expect(await preflightsFor(303, 'firefox')).toEqual([true, true]);
  });

  it('is followed twenty times', async () => {
    const answers = Object.fromEntries(
      Array.from({ length: 22 }, (_, index) => [
        `${NOTES}/${String(index)}`,
        { actual: to(`${NOTES}/${String(index + 1)}`, ...ALLOW) },
      ]),
    );
    const { hops, verdict } = await play({ url: `${NOTES}/0` }, sender(answers));
    expect(hops).toHaveLength(21);
    expect(verdict.code).toBe('too-many-redirects');
  });
});

describe('the cache', () => {
  const maxAge = (seconds: string): FetchResponse =>
    ok(...ALLOW_PUT, ['Access-Control-Max-Age', seconds]);

  it.each([
    ['standard', 1_000_000],
    ['chromium', 7200],
    ['firefox', 86400],
    ['webkit', 600],
  ] as const)('of %s keeps for %d seconds at most', async (profile, seconds) => {
    const send = sender({ [NOTES]: { preflight: maxAge('1000000'), actual: ok(...ALLOW) } });
    const cache = new CorsPreflightCache();
    const at = (milliseconds: number) =>
      play(PUT, send, { profile, cache, clock: () => milliseconds });
    const first = await at(0);
    expect(first.hops[0]?.preflight?.stored).toEqual({
      methods: ['PUT'],
      headerNames: [],
      maxAge: seconds,
    });
    const hit = await at(seconds * 1000 - 1);
    expect(hit.hops[0]?.preflight).toEqual({
      causes: [{ because: 'method', method: 'PUT' }],
      isCached: true,
      request: null,
      response: null,
      checks: [],
      stored: null,
    });
    expect(hit.page?.status).toBe(200);
    const miss = await at(seconds * 1000);
    expect(miss.hops[0]?.preflight?.isCached).toBe(false);
    expect(send.sent.map(({ method }) => method)).toEqual([
      ...['OPTIONS', 'PUT', 'PUT', 'OPTIONS', 'PUT'],
    ]);
  });

  it('is empty where none is given', async () => {
    const send = sender({ [NOTES]: { preflight: maxAge('60'), actual: ok(...ALLOW) } });
    await play(PUT, send, { clock: () => 0 });
    await play(PUT, send, { clock: () => 0 });
    expect(send.sent).toHaveLength(4);
  });

  it('goes by the time of day where no clock is given', async () => {
    const send = sender({ [NOTES]: { preflight: maxAge('60'), actual: ok(...ALLOW) } });
    const cache = new CorsPreflightCache();
    await play(PUT, send, { cache });
    expect((await play(PUT, send, { cache })).hops[0]?.preflight?.isCached).toBe(true);
    const later = { cache, clock: () => Date.now() + 60_000 };
    expect((await play(PUT, send, later)).hops[0]?.preflight?.isCached).toBe(false);
  });

  it('keeps nothing of a preflight that fails, but in WebKit', async () => {
    const preflight = ok(...ALLOW, ['Access-Control-Allow-Methods', 'DELETE']);
    const send = sender({ [NOTES]: { preflight, actual: ok(...ALLOW) } });
    const stored = await Promise.all(
      NAMES.map(
        async (profile) => (await play(PUT, send, { profile })).hops[0]?.preflight?.stored ?? null,
      ),
    );
    const kept = { methods: ['DELETE'], headerNames: [], maxAge: 5 };
    expect(stored).toEqual([null, null, null, kept]);
  });

  it('forgets where the request fails, as the profile has it', async () => {
    const preflight = maxAge('60');
    const wasAsked = await Promise.all(
      NAMES.map(async (profile) => {
        const options = { profile, cache: new CorsPreflightCache(), clock: () => 0 };
        await play(PUT, sender({ [NOTES]: { preflight, actual: ok() } }), options);
        const send = sender({ [NOTES]: { preflight, actual: ok(...ALLOW) } });
        return (await play(PUT, send, options)).hops[0]?.preflight?.isCached;
      }),
    );
    expect(wasAsked).toEqual([false, true, false, true]);
  });
});

describe('a sender that fails', () => {
  const error = new Error('connect ECONNREFUSED');
  const failing: readonly (readonly [string, Send])[] = [
    [
      'throws',
      () => {
        throw error;
      },
    ],
    ['rejects', () => Promise.reject(error)],
  ];

  it.each(failing)('%s', async (_, send) => {
    for (const profile of NAMES) {
      const { page, failure, hops, verdict } = await play({}, send, { profile });
      expect(page).toBeNull();
      expect(failure).toEqual({ stage: 'response', failure: { reason: 'network-failure', error } });
      expect(hops[0]).toMatchObject({ request: { url: NOTES }, response: null, checks: [] });
      expect(verdict.code).toBe('network-failure');
      const preflighted = await play(PUT, send, { profile });
      expect(preflighted.failure?.stage).toBe('preflight');
      expect(preflighted.hops[0]).toMatchObject({
        preflight: { request: { method: 'OPTIONS' }, response: null, checks: [], stored: null },
        request: null,
      });
    }
  });

  it.each([undefined, null, 0, 'text', Symbol('thrown')])('with %s', async (thrown) => {
    const send: Send = () => {
      throw thrown;
    };
    const { verdict } = await play({}, send);
    expect(verdict.code).toBe('network-failure');
    expect(verdict.cause).toContain('gave no response: ');
  });
});

it('nothing is sent for a call that fails at once', async () => {
  const send = sender({});
  const { hops, failure, page } = await play({ method: 'CONNECT' }, send);
  expect([hops, page, send.sent]).toEqual([[], null, []]);
  expect(failure?.stage).toBe('script');
});

it('a profile may be given by its name, or as it is', async () => {
  const send = sender({ [NOTES]: { preflight: ok(...ALLOW_PUT), actual: ok(...ALLOW) } });
  const byName = await play(PUT, send, { profile: 'firefox' });
  expect(await play(PUT, send, { profile: PROFILES.firefox })).toEqual(byName);
  expect(byName.profile).toBe('firefox');
});
