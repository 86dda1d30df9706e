import { describe, expect, it } from 'vitest';

import {
  CorsPreflightCache,
  type CredentialsMode,
  type FetchResponse,
  getHeaderValue,
  type HeaderList,
  type PageRequest,
  type ProfileName,
  type SentRequest,
  simulateFetch,
  simulateFetchSync,
  type Transcript,
  type VerdictCode,
} from '../src/index.js';

const ORIGIN = 'https://app.example.com';
const HERE = { origin: ORIGIN, url: `${ORIGIN}/a` };
const FOREIGN = { origin: ORIGIN, url: 'https://api.example.com/a' };
const ALLOW: HeaderList = [
  ['Access-Control-Allow-Origin', ORIGIN],
  ['Access-Control-Allow-Credentials', 'true'],
];

const CONDITIONAL: Partial<PageRequest> = { headers: [['If-None-Match', '"1"']] };
const ALLOW_CONDITIONAL: HeaderList = [
  ['Access-Control-Allow-Methods', 'PUT'],
  ['Access-Control-Allow-Headers', 'if-none-match'],
];

function play(
  request: PageRequest,
  responses: readonly FetchResponse[],
  profile: ProfileName = 'standard',
): Transcript & { readonly sent: readonly SentRequest[] } {
  const sent: SentRequest[] = [];
  const send = (asked: SentRequest): FetchResponse =>
    responses[sent.push(asked) - 1] ?? { status: 200, headers: ALLOW };
  const transcript = simulateFetchSync(request, send, { profile });
  return { ...transcript, sent };
}

const redirect = (location: string, status = 302, more = ALLOW): FetchResponse => ({
  status,
  headers: [...more, ['Location', location]],
});

describe('a server that is not there', () => {
  const send = (): never => {
    throw new Error('nobody');
  };
  const put = { ...FOREIGN, method: 'PUT' };

  it('is a network failure', async () => {
    expect((await simulateFetch(FOREIGN, send)).verdict.code).toBe('network-failure');
    expect((await simulateFetch(put, send)).verdict.code).toBe('preflight-network-failure');
    expect((await simulateFetch(put, () => Promise.reject(new Error()))).page).toBeNull();
    expect(simulateFetchSync(FOREIGN, send).verdict.code).toBe('network-failure');
    expect(simulateFetchSync(put, send).verdict.code).toBe('preflight-network-failure');
  });
});

describe('cookies', () => {
  it.each<[CredentialsMode | undefined, here: boolean, foreign: boolean]>([
    [undefined, true, false],
    ['same-origin', true, false],
    ['include', true, true],
    ['omit', false, false],
  ])('%s', (credentialsMode, here, foreign) => {
    expect(play({ ...HERE, credentialsMode }, []).sent[0]?.withCredentials).toBe(here);
    const abroad = play({ ...FOREIGN, credentialsMode, method: 'POST' }, []);
    expect(abroad.sent[0]?.withCredentials).toBe(foreign);
  });

  it('never go with a preflight', () => {
    const { sent } = play({ ...FOREIGN, credentialsMode: 'include', method: 'PUT' }, []);
    expect(sent).toMatchObject([{ method: 'OPTIONS', withCredentials: false }]);
  });
});

describe('what the page gets', () => {
  const headers: HeaderList = [...ALLOW, ['X-A', '1'], ['Set-Cookie', 'a=b'], ['ETag', '1']];
  const response = { status: 203, headers };

  it.each<[string, Partial<PageRequest>, object]>([
    [
      'all but cookies at home',
      HERE,
      { type: 'basic', status: 203, headers: headers.filter(([name]) => name !== 'Set-Cookie') },
    ],
    ['what is exposed from abroad', FOREIGN, { type: 'cors', status: 203, headers: [] }],
    [
      'nothing in mode no-cors',
      { ...FOREIGN, mode: 'no-cors' },
      { type: 'opaque', status: 0, headers: [], url: '' },
    ],
  ])('%s', (_title, request, page) => {
    expect(play({ ...HERE, ...request }, [response]).page).toMatchObject(page);
  });

  it('has no fragment in its URL', () => {
    expect(play({ ...HERE, url: `${HERE.url}#b` }, []).page?.url).toBe(HERE.url);
  });

  it('has the URL as it is serialized, also of a redirect that is left to the script', () => {
    const url = 'https://API.example.com:443/a/../b#f';
    const page = { ...HERE, origin: 'https://api.example.com', url };
    const answers = [redirect('/c')];
    expect(play(page, []).page?.url).toBe('https://api.example.com/b');
    expect(play({ ...page, redirectMode: 'manual' }, answers).page).toEqual({
      type: 'opaqueredirect',
      status: 0,
      headers: [],
      url: 'https://api.example.com/b',
    });
  });

  it.each(['include', 'same-origin'] as const)(
    'exposes by * only without credentials: %s',
    (mode) => {
      const exposing = {
        status: 200,
        headers: [...headers, ['Access-Control-Expose-Headers', '*']],
      };
      const names = play({ ...FOREIGN, credentialsMode: mode }, [exposing as FetchResponse]).page;
      expect(names?.headers.some(([name]) => name === 'X-A')).toBe(mode !== 'include');
    },
  );

  it('is not what comes back home', () => {
    const { page, sent } = play(HERE, [redirect(FOREIGN.url), redirect(`${ORIGIN}/b`)]);
    // Home by a foreign redirect, the request has no origin to name.
    expect(sent[2]?.headers).toEqual([['Origin', 'null']]);
    expect(page).toBeNull();
  });
});

it.each(['fetch', 'xhr'] as const)('* before what is malformed, with %s', (api) => {
  const headers: HeaderList = [...ALLOW, ['Access-Control-Expose-Headers', '*, x y'], ['X-A', '1']];
  const sees = (profile: ProfileName): boolean =>
    play({ ...FOREIGN, api }, [{ status: 200, headers }], profile).page?.headers.some(
      ([name]) => name === 'X-A',
    ) ?? false;
  expect(sees('firefox')).toBe(api === 'fetch');
  expect(sees('standard')).toBe(false);
});

it('of several empty lines, Firefox has one', () => {
  const headers: HeaderList = [
    ['X-A', ''],
    ['X-A', ' '],
    ['X-B', '1'],
    ['X-B', ''],
  ];
  const { page } = play(HERE, [{ status: 200, headers }], 'firefox');
  expect(page?.headers).toEqual([
    ['X-A', ''],
    ['X-B', '1'],
  ]);
});

describe('the code of an end', () => {
  it.each<[VerdictCode, PageRequest, ...FetchResponse[]]>([
    ['not-cross-origin', HERE],
    ['not-cross-origin', { ...HERE, url: 'data:text/plain,x' }],
    ['allowed', FOREIGN],
    ['opaque', { ...FOREIGN, mode: 'no-cors' }],
    ['opaque-redirect', { ...FOREIGN, redirectMode: 'manual' }, redirect('/b')],
    ['same-origin-mode', { ...FOREIGN, mode: 'same-origin' }],
    ['no-cors-redirect-mode', { ...FOREIGN, mode: 'no-cors', redirectMode: 'error' }],
    ['non-http-scheme', { ...HERE, url: 'ftp://api.example.com/' }],
    ['redirect-mode-error', { ...FOREIGN, redirectMode: 'error' }, redirect('/b')],
    ['redirect-mode-error', { ...FOREIGN, redirectMode: 'error' }, redirect('http://')],
    ['redirect-to-no-url', FOREIGN, redirect('http://')],
    ['redirect-to-non-http-scheme', FOREIGN, redirect('ftp://x/')],
    ['too-many-redirects', HERE, ...Array.from({ length: 21 }, () => redirect('/b'))],
    ['not-cross-origin', HERE, ...Array.from({ length: 20 }, () => redirect('/b'))],
    ['redirect-url-includes-credentials', FOREIGN, redirect('https://a@api.example.com/')],
    ['redirect-url-includes-credentials', FOREIGN, redirect('https://:b@api.example.com/')],
    ['redirect-url-includes-credentials', HERE, redirect('https://a@api.example.com/')],
    ['not-cross-origin', HERE, redirect('https://a:b@app.example.com/')],
    ['opaque', { ...HERE, mode: 'no-cors' }, redirect('https://a@api.example.com/')],
    [
      'redirect-of-stream',
      { ...HERE, method: 'POST', body: { content: '', isStream: true } },
      redirect('/b', 307),
    ],
    [
      'not-cross-origin',
      { ...HERE, method: 'POST', body: { content: '', isStream: true } },
      redirect('/b', 303),
    ],
    ['allowed', FOREIGN, { status: 302, headers: ALLOW }],
    ['allowed', FOREIGN, { status: 304, headers: [...ALLOW, ['Location', '/b']] }],
    // Several lines are an error, equal ones, too.
    ['redirect-to-no-url', FOREIGN, redirect('/b', 302, [...ALLOW, ['Location', '/b']])],
    ['missing-allow-origin', FOREIGN, redirect('http://', 302, [])],
    ['preflight-status', { ...FOREIGN, method: 'PUT' }, { status: 404, headers: ALLOW }],
    ['preflight-redirect', { ...FOREIGN, method: 'PUT' }, redirect('/b')],
    ['preflight-missing-allow-origin', { ...FOREIGN, method: 'PUT' }, redirect('/b', 302, [])],
    ['invalid-allow-origin', FOREIGN, allowing('app.example.com')],
    ['allow-origin-mismatch', FOREIGN, allowing('null')],
    ['allow-origin-mismatch', FOREIGN, allowing(`${ORIGIN}/`)],
    ['allow-origin-list', FOREIGN, allowing(`${ORIGIN},https://b.example`)],
    ['allow-origin-list', FOREIGN, allowing(`${ORIGIN} https://b.example`)],
    ['repeated-allow-origin', FOREIGN, allowing(ORIGIN, ORIGIN)],
  ])('%s: %j', (code, request, ...responses) => {
    expect(play(request, responses).verdict.code).toBe(code);
  });
});

describe('the code of an end that browsers see otherwise', () => {
  const errors: PageRequest = { ...FOREIGN, redirectMode: 'error' };
  const manual: PageRequest = { ...FOREIGN, redirectMode: 'manual' };
  const twice = redirect('/b', 302, [...ALLOW, ['Location', '/b']]);
  const two = redirect('/b', 302, [...ALLOW, ['Location', '/c']]);
  const nul = { status: 200, headers: [...ALLOW, ['X-A', 'a\0b'] as const] };
  const user = redirect(`https://a@app.example.com/`);

  it.each<[ProfileName, VerdictCode, PageRequest, FetchResponse]>([
    ['chromium', 'redirect-to-no-url', FOREIGN, redirect('http://', 302, [])],
    ['chromium', 'redirect-to-no-url', manual, redirect('http://')],
    ['chromium', 'missing-allow-origin', FOREIGN, redirect('data:,x', 302, [])],
    ['firefox', 'redirect-to-no-url', FOREIGN, redirect('http://', 302, [])],
    ['firefox', 'opaque-redirect', manual, redirect('http://')],
    ['firefox', 'redirect-to-non-http-scheme', FOREIGN, redirect('data:,x', 302, [])],
    ['firefox', 'redirect-to-non-http-scheme', FOREIGN, redirect('blob:x', 302, [])],
    ['firefox', 'redirect-to-non-http-scheme', FOREIGN, redirect('javascript:x', 302, [])],
    ['firefox', 'missing-allow-origin', FOREIGN, redirect('ftp://x/', 302, [])],
    ['standard', 'redirect-mode-error', errors, redirect('https://a@api.example.com/')],
    ['chromium', 'redirect-url-includes-credentials', errors, redirect('https://a@other.test/')],
    ['chromium', 'redirect-mode-error', errors, redirect('ftp://x/')],
    ['standard', 'redirect-mode-error', errors, { status: 302, headers: ALLOW }],
    ['chromium', 'allowed', errors, { status: 302, headers: ALLOW }],
    ['firefox', 'redirect-mode-error', errors, { status: 302, headers: ALLOW }],
    ['chromium', 'allowed', errors, redirect('')],
    ['standard', 'redirect-mode-error', errors, redirect('')],
    ['chromium', 'allowed', FOREIGN, twice],
    ['firefox', 'allowed', FOREIGN, twice],
    ['webkit', 'redirect-to-no-url', FOREIGN, twice],
    ['chromium', 'network-failure', FOREIGN, two],
    ['firefox', 'network-failure', FOREIGN, two],
    ['chromium', 'network-failure', FOREIGN, nul],
    ['firefox', 'network-failure', FOREIGN, nul],
    ['standard', 'allowed', FOREIGN, nul],
    ['standard', 'not-cross-origin', HERE, user],
    ['chromium', 'redirect-url-includes-credentials', HERE, user],
    ['chromium', 'not-cross-origin', { ...HERE, api: 'xhr' }, user],
  ])('%s: %s: %j, %j', (profile, code, request, response) => {
    expect(play(request, [response], profile).verdict.code).toBe(code);
  });
});

function allowing(...lines: readonly string[]): FetchResponse {
  return {
    status: 200,
    headers: lines.map((line) => ['Access-Control-Allow-Origin', line] as const),
  };
}

describe('a redirect', () => {
  it.each<[from: string, location: string, to: string]>([
    ['#a', '/b', `${ORIGIN}/b#a`],
    ['#a', '/b#c', `${ORIGIN}/b#c`],
    ['#a', '/b#', `${ORIGIN}/b#`],
    ['#', '/b', `${ORIGIN}/b#`],
    ['', 'b', `${ORIGIN}/dir/b`],
    ['', '', `${ORIGIN}/dir/x`],
  ])('of %j to %j', (hash, location, to) => {
    const { sent } = play({ origin: ORIGIN, url: `${ORIGIN}/dir/x${hash}` }, [redirect(location)]);
    expect(sent[1]?.url).toBe(to);
  });

  it.each<[status: number, method: string, to: string, headers: readonly string[]]>([
    [301, 'POST', 'GET', ['x-a', 'content-x']],
    [302, 'POST', 'GET', ['x-a', 'content-x']],
    [303, 'POST', 'GET', ['x-a', 'content-x']],
    [303, 'PUT', 'GET', ['x-a', 'content-x']],
  ])('%i makes %s a %s without the headers of a body', (status, method, to, headers) => {
    const request: PageRequest = {
      ...HERE,
      method,
      headers: [
        ['x-a', '1'],
        ['content-x', '1'],
        ['Content-Encoding', '1'],
        ['Content-Language', 'en'],
        ['Content-Location', '1'],
        ['Content-Type', 'text/plain'],
      ],
      body: { content: 'b' },
    };
    const { sent } = play(request, [redirect('/b', status)]);
    expect(sent.map(({ body }) => body)).toEqual(['b', null]);
    expect(sent[1]?.method).toBe(to);
    expect(sent[1]?.headers.map(([name]) => name)).toEqual(headers);
  });

  it.each([
    [301, 'PUT'],
    [302, 'PUT'],
    [303, 'GET'],
    [303, 'HEAD'],
    [307, 'POST'],
    [308, 'POST'],
  ])('%i leaves %s what it has', (status, method) => {
    const request: PageRequest = { ...HERE, method, headers: [['Content-Language', 'en']] };
    const { sent } = play(request, [redirect('/b', status)]);
    expect(sent[1]?.method).toBe(method);
    expect(sent[1]?.headers.some(([name]) => name === 'Content-Language')).toBe(true);
  });

  it('takes client hints abroad only, in Chromium', () => {
    const page: PageRequest = { ...FOREIGN, headers: [['DPR', '2']] };
    const hints = (location: string): number => {
      const { sent } = play(page, [redirect(location)], 'chromium');
      return sent[1]?.headers.filter(([name]) => name === 'DPR').length ?? -1;
    };
    expect(hints('https://cdn.example.com/')).toBe(0);
    expect(hints(HERE.url)).toBe(1);
  });

  it.each<[ProfileName, types: number[]]>([
    ['standard', [1, 0, 0]],
    ['chromium', [1, 0, 0]],
    ['firefox', [1, 0, 0]],
  ])('takes the type of a body for good, in %s', (profile, types) => {
    const body = { content: 'a', contentType: 'image/png' };
    const { sent } = play(
      { ...HERE, api: 'xhr', method: 'POST', body },
      [redirect('/b'), redirect('/c', 307)],
      profile,
    );
    const count = ({ headers }: SentRequest): number =>
      headers.filter(([name]) => name === 'Content-Type').length;
    expect(sent.map(count)).toEqual(types);
  });

  it('gives back, in Firefox, a type that the script set', () => {
    const { sent } = play(
      {
        ...HERE,
        api: 'xhr',
        method: 'POST',
        headers: [['Content-Type', 'text/x']],
        body: { content: 'a' },
      },
      [redirect('/b'), redirect('/c', 307)],
      'firefox',
    );
    expect(sent[2]?.headers).toEqual([['Content-Type', 'text/x']]);
  });

  it('goes by the first method in Firefox, however often', () => {
    const headers: HeaderList = [['Content-Type', 'text/x']];
    const last = (...statuses: number[]): HeaderList | undefined =>
      play(
        { ...HERE, method: 'POST', headers, body: { content: 'a' } },
        statuses.map((status) => redirect('/b', status)),
        'firefox',
      ).sent.at(-1)?.headers;
    expect(last(302, 307)).toEqual(headers);
    expect(last(302, 302)).toEqual([]);
  });

  it('makes Firefox go on asking for the type of a body that is gone', () => {
    const preflight: FetchResponse = {
      status: 204,
      headers: [...ALLOW, ['Access-Control-Allow-Headers', 'content-type']],
    };
    const asked = (profile: ProfileName): (string | null)[] =>
      play(
        { ...FOREIGN, api: 'xhr', method: 'POST', body: { content: '', contentType: 'image/png' } },
        [preflight, redirect('/b'), preflight],
        profile,
      ).sent.map(({ method, headers }) =>
        method === 'OPTIONS' ? getHeaderValue('Access-Control-Request-Headers', headers) : method,
      );
    expect(asked('firefox')).toEqual(['content-type', 'POST', 'content-type', 'GET']);
    expect(asked('standard')).toEqual(['content-type', 'POST', 'GET']);
  });

  it('takes Authorization across origins only', () => {
    const headers: HeaderList = [['AUTHORIZATION', 'x']];
    expect(play({ ...HERE, headers }, [redirect('/b')]).sent[1]?.headers).toEqual(headers);
    const { sent } = play({ ...HERE, headers }, [redirect(FOREIGN.url)]);
    expect(sent[1]?.headers).toEqual([['Origin', ORIGIN]]);
  });
});

it.each<[ProfileName, 'fetch' | 'xhr', requests: string]>([
  ['standard', 'fetch', 'OPTIONS PUT PUT PUT'],
  // Preflighted each time, and remembered even so.
  ['firefox', 'fetch', 'OPTIONS PUT OPTIONS PUT PUT'],
  ['firefox', 'xhr', 'OPTIONS PUT PUT PUT'],
  // Preflighted each time, and not remembered.
  ['chromium', 'fetch', 'OPTIONS PUT OPTIONS PUT OPTIONS PUT'],
  ['chromium', 'xhr', 'OPTIONS PUT OPTIONS PUT OPTIONS PUT'],
])('a conditional request twice, then another, in %s by %s', (profile, api, requests) => {
  const sent: string[] = [];
  const cache = new CorsPreflightCache();
  const put = { ...FOREIGN, api, method: 'PUT' } as const;
  for (const request of [CONDITIONAL, CONDITIONAL, {}]) {
    simulateFetchSync(
      { ...put, ...request },
      ({ method }) => {
        sent.push(method);
        return { status: 200, headers: [...ALLOW, ...ALLOW_CONDITIONAL] };
      },
      { profile, cache, clock: () => 0 },
    );
  }
  expect(sent.join(' ')).toBe(requests);
});

describe('each time, and not from the cache', () => {
  /** How often the last URL is asked for by a preflight, in two fetches. */
  function preflights(
    request: Partial<PageRequest>,
    profile: ProfileName,
    location: string | null = null,
  ): number {
    const cache = new CorsPreflightCache();
    const names = (request.headers ?? []).map(([name]) => name).join(',');
    const allow: HeaderList = [
      ['Access-Control-Allow-Origin', '*'],
      ['Access-Control-Allow-Methods', 'PUT'],
      ['Access-Control-Allow-Headers', names],
    ];
    let count = 0;
    const send = ({ url, method }: SentRequest): FetchResponse => {
      const isFirst = location !== null && url === FOREIGN.url;
      if (method === 'OPTIONS' && !isFirst) count += 1;
      return isFirst && method !== 'OPTIONS'
        ? { status: 307, headers: [...allow, ['Location', location]] }
        : { status: 200, headers: allow };
    };
    const page: PageRequest = { ...FOREIGN, method: 'PUT', ...request };
    const ends = [1, 2].map((now) =>
      simulateFetchSync(page, send, { profile, cache, clock: () => now }),
    );
    expect(ends.map(({ verdict }) => verdict.code)).toEqual(['allowed', 'allowed']);
    return count;
  }

  it.each(['If-Match', 'If-Modified-Since', 'If-None-Match', 'If-Range', 'IF-UNMODIFIED-SINCE'])(
    'Chromium asks about %s',
    (name) => {
      expect(preflights({ headers: [[name, 'x']] }, 'chromium')).toBe(2);
      expect(preflights({ headers: [[`${name}-Not`, 'x']] }, 'chromium')).toBe(1);
      expect(preflights({ headers: [[name, 'x']] }, 'webkit')).toBe(1);
    },
  );

  it('Chromium asks where redirects made the origin null', () => {
    const elsewhere = 'https://cdn.example.com/b';
    expect(preflights({}, 'chromium', elsewhere)).toBe(2);
    expect(preflights({}, 'standard', elsewhere)).toBe(1);
    expect(preflights({}, 'chromium', '/b')).toBe(1);
  });
});

it('WebKit keeps what it has read of a preflight that fails, and no other', () => {
  const put: PageRequest = { ...FOREIGN, method: 'PUT', headers: [['X-A', '1']] };
  const METHODS = ['Access-Control-Allow-Methods', 'PUT'] as const;
  const stored = (status: number, headers: HeaderList): boolean =>
    play(put, [{ status, headers }], 'webkit').hops[0]?.preflight?.stored !== null;
  expect(stored(200, [...ALLOW])).toBe(true);
  expect(stored(200, [...ALLOW, METHODS])).toBe(true);
  expect(stored(200, [METHODS])).toBe(false);
  expect(stored(404, [...ALLOW, METHODS])).toBe(false);
  expect(stored(200, [...ALLOW, METHODS, ['Access-Control-Allow-Headers', 'x y']])).toBe(false);
});

describe('a failure makes the cache forget', () => {
  const put = { ...FOREIGN, method: 'PUT' };
  const allowed: FetchResponse = {
    status: 204,
    headers: [...ALLOW, ['Access-Control-Allow-Methods', 'PUT'], ['Access-Control-Max-Age', '60']],
  };
  const refused: FetchResponse = { status: 200, headers: [] };

  const answers = ({ method }: SentRequest): FetchResponse =>
    method === 'OPTIONS' ? allowed : { status: 200, headers: ALLOW };

  /** Whether a PUT is preflighted again after what comes between it and an earlier one. */
  function forgets(
    between: PageRequest,
    profile: ProfileName,
    respond: (request: SentRequest) => FetchResponse = () => refused,
  ): boolean {
    const options = { profile, cache: new CorsPreflightCache(), clock: () => 0 };
    simulateFetchSync(put, answers, options);
    simulateFetchSync(between, respond, options);
    return simulateFetchSync(put, answers, options).hops[0]?.preflight?.isCached === false;
  }

  it.each<[boolean, ProfileName, string, PageRequest]>([
    [true, 'standard', 'a request that was preflighted', put],
    [false, 'standard', 'a request that was not', FOREIGN],
    [true, 'firefox', 'any request', FOREIGN],
    [false, 'chromium', 'no request', put],
    [false, 'chromium', 'no request', FOREIGN],
    [false, 'webkit', 'no request', put],
  ])('%s in %s: %s', (expected, profile, _title, between) => {
    expect(forgets(between, profile)).toBe(expected);
  });

  it('not outside of CORS', () => {
    const nobody = (): never => {
      throw new Error('nobody');
    };
    expect(forgets({ ...FOREIGN, mode: 'no-cors' }, 'firefox', nobody)).toBe(false);
    expect(forgets(FOREIGN, 'firefox', nobody)).toBe(true);
  });

  it('about where a preflighted request was led, too', () => {
    const first = { ...put, url: 'https://api.example.com/first' };
    const respond = (request: SentRequest): FetchResponse => {
      if (request.url === FOREIGN.url) return refused;
      return request.method === 'OPTIONS' ? allowed : redirect(FOREIGN.url, 303);
    };
    expect(forgets(first, 'standard', respond)).toBe(true);
    expect(forgets({ ...first, method: 'POST' }, 'standard', respond)).toBe(false);
  });

  it('not where it succeeds', () => {
    expect(forgets(put, 'standard', () => ({ status: 200, headers: ALLOW }))).toBe(false);
  });
});
