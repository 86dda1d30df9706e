import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createCors, type CorsRequest, logDenials, type LogDenialsOptions } from '../src/index.js';

const policy = createCors({
  origin: 'https://app.example.com',
  credentials: true,
  methods: ['PUT'],
});

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

function logOf(
  requests: readonly CorsRequest[],
  options?: LogDenialsOptions<CorsRequest>,
  cors: typeof policy = policy,
): string[] {
  const lines: string[] = [];
  const hook = logDenials({ warn: (line) => lines.push(line) }, options);
  for (const request of requests) hook(cors.decide(request), request);
  return lines;
}

const actual = (origin: string, headers: Record<string, string> = {}): CorsRequest => ({
  method: 'GET',
  headers: { Origin: origin, ...headers },
});

const preflight = (origin: string, method: string, names?: string): CorsRequest => ({
  method: 'OPTIONS',
  headers: {
    Origin: origin,
    'Access-Control-Request-Method': method,
    ...(names !== undefined && { 'Access-Control-Request-Headers': names }),
  },
});

describe('what is logged', () => {
  it.each<[string, CorsRequest, string]>([
    [
      'an origin that is not allowed',
      actual('https://other.example.com'),
      "CORS: [origin-not-allowed] 'https://other.example.com': The policy does not allow the origin " +
        "'https://other.example.com': the browser keeps the reply from the page. If this origin is yours, add " +
        "'https://other.example.com' to `origin` (or let the predicate return true for it).",
    ],
    [
      'an origin that is not allowed, in a preflight',
      preflight('https://other.example.com', 'PUT'),
      "CORS: [origin-not-allowed] 'https://other.example.com': The policy does not allow the origin " +
        "'https://other.example.com': the browser keeps the reply from the page. If this origin is yours, add " +
        "'https://other.example.com' to `origin` (or let the predicate return true for it).",
    ],
    [
      'the origin null',
      actual('null'),
      "CORS: [null-origin] 'null': The origin is null, as that of sandboxed frames, local files and some " +
        'redirects, and the policy does not allow it. Serve the page from an origin of its own, and fetch the ' +
        'final address instead of a redirect.',
    ],
    [
      'a method that is not allowed',
      preflight('https://app.example.com', 'DELETE'),
      "CORS: [method-not-allowed] 'https://app.example.com': The preflight asks for the method 'DELETE', and " +
        "the policy does not list it: the browser blocks the request. Add 'DELETE' to `methods`.",
    ],
    [
      'a header that is not allowed',
      preflight('https://app.example.com', 'PUT', 'x-a'),
      "CORS: [header-not-allowed] 'https://app.example.com': The preflight asks for 'X-A', and the policy does " +
        "not list it: the browser blocks the request. Add 'X-A' to `allowedHeaders`.",
    ],
  ])('%s', (_, request, line) => {
    expect(logOf([request])).toEqual([line]);
  });

  it('cookies where the policy allows no credentials', () => {
    const open = createCors({ origin: '*' });
    const request = actual('https://any.example', { Cookie: 'a=1' });
    expect(logOf([request], undefined, open)).toEqual([
      expect.stringMatching(/^CORS: \[credentials-not-allowed\] 'https:\/\/any\.example': /),
    ]);
  });

  it.each<[string, CorsRequest]>([
    ['no Origin', { method: 'GET', headers: {} }],
    ['an allowed request', actual('https://app.example.com')],
    ['an allowed request with cookies', actual('https://app.example.com', { Cookie: 'a=1' })],
    ['an allowed preflight', preflight('https://app.example.com', 'PUT')],
    ['a same-origin request', actual('https://b.example', { 'Sec-Fetch-Site': 'same-origin' })],
    ['a same-origin request of old browsers', actual('https://b.example', { Host: 'b.example' })],
    ['a navigation', actual('https://b.example', { 'Sec-Fetch-Mode': 'navigate' })],
    ['a WebSocket', actual('https://b.example', { 'Sec-Fetch-Mode': 'websocket' })],
  ])('not %s', (_, request) => {
    expect(logOf([request])).toEqual([]);
  });

  it.each(['same-site', 'cross-site'])(
    'not cookies of a page that fetches without CORS: %s',
    (site) => {
      const request = actual('https://any.example', {
        Cookie: 'a=1',
        'Sec-Fetch-Mode': 'no-cors',
        'Sec-Fetch-Site': site,
      });
      expect(logOf([request], undefined, createCors({ origin: '*' }))).toEqual([]);
    },
  );

  it('not what a policy left alone', () => {
    const lines: string[] = [];
    const hook = logDenials<CorsRequest>({ warn: (line) => lines.push(line) });
    const request = actual('https://b.example');
    hook({ ...policy.decide(request), reason: 'no-policy', kind: 'not-cors' }, request);
    expect(lines).toEqual([]);
  });

  it('with the headers of a request of another shape', () => {
    const lines: string[] = [];
    const hook = logDenials<{ raw: Request }>(
      { warn: (line) => lines.push(line) },
      { headers: ({ raw }) => raw.headers },
    );
    const raw = new Request('https://api.example', { headers: { 'X-Any': '1' } });
    hook(policy.decide(actual('https://b.example')), { raw });
    expect(lines).toEqual([expect.stringMatching(/^CORS: \[origin-not-allowed\] ''/)]);
  });
});

describe('limits', () => {
  it.each<[LogDenialsOptions<CorsRequest>, string]>([
    [{ linesPerMinute: NaN }, '`linesPerMinute` of `logDenials` is NaN'],
    [{ linesPerMinute: 60, remembered: NaN }, '`remembered` of `logDenials` is NaN'],
    [{ remembered: -1 }, '`remembered` of `logDenials` is -1'],
    [{ linesPerMinute: '60' as unknown as number }, "`linesPerMinute` of `logDenials` is '60'"],
    [{ linesPerMinute: null as unknown as number }, '`linesPerMinute` of `logDenials` is null'],
  ])('%o are none', (options, part) => {
    expect(() => logDenials(console, options)).toThrow(RangeError);
    expect(() => logDenials(console, options)).toThrow(part);
  });

  it('may be 0, and be left out', () => {
    const requests = [actual('https://b.example'), actual('https://b.example')];
    expect(logOf(requests, { linesPerMinute: 0 })).toEqual([]);
    expect(logOf(requests, { remembered: 0 })).toHaveLength(2);
    const unset = { linesPerMinute: undefined } as unknown as LogDenialsOptions<CorsRequest>;
    expect(logOf(requests, unset)).toHaveLength(1);
  });
});

describe('once', () => {
  it('for each origin and cause', () => {
    const both = [actual('https://b.example'), actual('https://c.example')];
    const lines = logOf([...both, ...both, preflight('https://b.example', 'PUT'), actual('null')]);
    expect(lines.map((line) => line.slice(0, 50))).toEqual([
      "CORS: [origin-not-allowed] 'https://b.example': Th",
      "CORS: [origin-not-allowed] 'https://c.example': Th",
      "CORS: [null-origin] 'null': The origin is null, as",
    ]);
  });

  it('again after so many others that it was forgotten', () => {
    const origins = ['a', 'b', 'c', 'a', 'd', 'a', 'b'].map((name) =>
      actual(`https://${name}.example`),
    );
    const lines = logOf(origins, { remembered: 3 });
    // a was seen again before d came, so b was the oldest.
    expect(lines.map((line) => line.slice(28, 45))).toEqual(
      ['a', 'b', 'c', 'd', 'b'].map((name) => `https://${name}.example`),
    );
  });
});

describe('whatever comes', () => {
  it('writes so many lines a minute, and says how many were left out', () => {
    const lines: string[] = [];
    const hook = logDenials<CorsRequest>(
      { warn: (line) => lines.push(line) },
      { linesPerMinute: 2 },
    );
    const deny = (name: string): unknown => {
      const request = actual(`https://${name}.example`);
      return hook(policy.decide(request), request);
    };
    ['a', 'b', 'c', 'd', 'e'].forEach(deny);
    expect(lines).toHaveLength(2);
    vi.setSystemTime(60_000);
    // What was left out is not taken for logged.
    ['a', 'e', 'f'].forEach(deny);
    expect(lines).toHaveLength(4);
    expect(lines[2]).toMatch(/'https:\/\/e\.example'.* \(Before it, 3 lines were left out\.\)$/);
    expect(lines[3]).not.toMatch(/left out/);
  });

  it('writes 60 lines a minute by default, of a hundred thousand origins', () => {
    const requests = Array.from({ length: 100_000 }, (_, n) => actual(`https://n${n}.example`));
    expect(logOf(requests)).toHaveLength(60);
  });

  it.each([
    'https://b.example\nCORS: [origin-not-allowed] forged',
    'https://b.example\r\n\u001b[31mred\u001b[0m',
    'https://b.example\u2028\u202e\u0000',
    `https://${'b'.repeat(100_000)}.example`,
    "https://b.example' forged",
  ])('writes one short line of plain characters: %j', (origin) => {
    for (const request of [
      actual(origin),
      preflight('https://app.example.com', 'PUT', origin),
      preflight('https://app.example.com', origin),
    ]) {
      expect(logOf([request])).toEqual([expect.stringMatching(/^[\x20-\x7e]{1,1100}$/)]);
    }
  });

  it('keeps what an error says to the line', () => {
    const failing = createCors({
      origin: () => {
        throw new Error('no tenant\n\u001b[2Jforged');
      },
    });
    const [line = ''] = logOf([actual('https://b.example')], undefined, failing as never);
    expect(line).toMatch(/^CORS: \[predicate-failed\] [\x20-\x7e]*$/);
    expect(line).toContain('no tenant');
  });
});
