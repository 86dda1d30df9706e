import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { CorsOptions } from '@cors/core';
import { cors } from '@cors/node';
import corsPackage from 'cors';
import { afterEach, describe, expect, test } from 'vitest';

import { HarnessError } from '../src/harness-error.js';
import { probeAudits, probeScenario } from '../src/probe/probe-audits.js';
import type { ProbeOptions } from '../src/probe/probe-options.js';
import { probeTarget, reach } from '../src/probe/probe-target.js';
import { runAudits } from '../src/runner.js';
import { selfSigned } from './fixtures/self-signed.js';

const ALLOWED = 'https://app.example.com';
const DENIED = 'https://evil.test';

const open = new Set<Server>();
afterEach(() => {
  for (const server of open) {
    server.close();
    server.closeAllConnections();
  }
  open.clear();
});

async function listen(server: Server, scheme = 'http'): Promise<string> {
  open.add(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
}

const asked: Omit<ProbeOptions, 'url'> = {
  allowedOrigin: ALLOWED,
  deniedOrigin: DENIED,
  method: 'PUT',
  headers: ['X-Request-Id', 'X-A'],
  credentials: true,
};

async function probe(
  listener: RequestListener,
  own: Partial<ProbeOptions> = {},
  timeoutMs = 20_000,
) {
  const options = { ...asked, url: await listen(createServer(listener)), ...own };
  return runAudits(probeTarget(options), {
    audits: probeAudits(options),
    scenarios: [probeScenario(options)],
    timeoutMs,
  });
}

async function failuresOf(listener: RequestListener, own: Partial<ProbeOptions> = {}) {
  const { results } = await probe(listener, own);
  expect(results.filter(({ outcome }) => outcome === 'error')).toEqual([]);
  return results
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ id, level }) => `${id.replace('probe/', '')} (${level})`);
}

/** The application of `/api` behind something. */
const application = (request: IncomingMessage, response: ServerResponse): void => {
  response.statusCode = request.url === '/api' ? 200 : 404;
  response.end('ok');
};

/** Every origin that is denied is let in. */
const ALL_DENIALS = [
  'denied-origin-is-denied (must)',
  'null-is-denied (must)',
  'look-alikes-are-denied (must)',
  'special-characters-are-denied (must)',
  'other-schemes-are-denied (must)',
  'subdomains-are-denied (should)',
  'other-ports-are-denied (should)',
  'malformed-ports-are-denied (should)',
  'trailing-dot-is-denied (should)',
  'url-parts-are-denied (should)',
  'case-is-compared (should)',
  'words-are-denied (should)',
];

describe('a server with @cors/node', () => {
  const behind =
    (options: CorsOptions): RequestListener =>
    (request, response) =>
      void cors(options)(request, response, () => application(request, response));

  test.each<[string, CorsOptions, Partial<ProbeOptions>]>([
    [
      'a list, with cookies',
      {
        origin: [ALLOWED],
        credentials: true,
        methods: ['PUT'],
        allowedHeaders: ['X-A', 'X-Request-Id'],
      },
      {},
    ],
    [
      'a list, without',
      { origin: [ALLOWED], methods: ['PUT'], maxAge: 600, exposedHeaders: ['X-One'] },
      { credentials: false, headers: [] },
    ],
    [
      'echoed lists',
      { origin: [ALLOWED], credentials: true, methods: '*', allowedHeaders: '*' },
      {},
    ],
    [
      'a port of this machine',
      { origin: ['http://localhost:5173'], methods: ['PUT'] },
      { allowedOrigin: 'http://localhost:5173', credentials: false, headers: [] },
    ],
    [
      'an app',
      { origin: ['capacitor://localhost'], allowedHeaders: ['X-A'] },
      {
        allowedOrigin: 'capacitor://localhost',
        credentials: false,
        method: 'GET',
        headers: ['X-A'],
      },
    ],
    [
      'an address of IPv6',
      { origin: ['http://[::1]:8080'] },
      { allowedOrigin: 'http://[::1]:8080', credentials: false, method: 'GET', headers: [] },
    ],
  ])('%s is clean', async (_name, options, own) => {
    const report = await probe(behind(options), own);
    expect(report.results.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(report.results.length).toBeGreaterThan(20);
    expect(report.problems).toEqual([]);
  });

  test('open to every origin, it is clean as such', async () => {
    const url = await listen(
      createServer(
        behind({ origin: '*', methods: ['PUT'], allowedHeaders: ['X-A', 'X-Request-Id'] }),
      ),
    );
    const everyone = { url, allowedOrigin: ALLOWED, method: 'PUT', headers: ['X-A'] };
    const report = await runAudits(probeTarget(everyone), {
      audits: probeAudits(everyone),
      scenarios: [probeScenario(everyone)],
    });
    expect(report.results.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(report.results.map(({ id }) => id)).toContain('probe/any-origin-gets-no-credentials');
  });

  test('subdomains and any port that are meant are told as such, and nothing else', async () => {
    const options = { origin: [ALLOWED, 'https://*.app.example.com', 'https://app.example.com:*'] };
    expect(
      await failuresOf(behind(options), { credentials: false, headers: [], method: 'GET' }),
    ).toEqual(['subdomains-are-denied (should)', 'other-ports-are-denied (should)']);
  });
});

test('the package cors, reflecting every origin with cookies, fails every denial', async () => {
  const reflecting = corsPackage({ origin: true, credentials: true });
  const failures = await failuresOf((request, response) =>
    reflecting(request, response, () => application(request, response)),
  );
  expect(failures).toEqual([
    'options-is-no-preflight-by-itself (should)',
    'several-origins-are-denied (should)',
    ...ALL_DENIALS,
    'long-origins-do-no-harm (must)',
  ]);
});

/** What a hand-written server decides; each fault changes one thing. */
interface Rules {
  readonly isAllowed: (origin: string, request: IncomingMessage) => boolean;
  readonly isPreflight: (request: IncomingMessage) => boolean;
  readonly vary: string | null;
  readonly fields: Readonly<Record<string, string | string[]>>;
  readonly preflightStatus: number;
  readonly preflightFields: Readonly<Record<string, string>>;
  readonly status: (request: IncomingMessage) => number;
  /** Whether the request gets any CORS field. */
  readonly isCovered: (request: IncomingMessage) => boolean;
}

const right: Rules = {
  isAllowed: (origin) => origin === ALLOWED,
  isPreflight: ({ method, headers }) =>
    method === 'OPTIONS' && 'origin' in headers && 'access-control-request-method' in headers,
  vary: 'Origin',
  fields: { 'Access-Control-Allow-Credentials': 'true' },
  preflightStatus: 204,
  preflightFields: {
    'Access-Control-Allow-Methods': 'GET, PUT',
    'Access-Control-Allow-Headers': 'X-Request-Id, X-A',
    'Access-Control-Max-Age': '600',
  },
  status: ({ url }) => (url === '/api' ? 200 : 404),
  isCovered: () => true,
};

function server(own: Partial<Rules>): RequestListener {
  const rules = { ...right, ...own };
  return (request, response) => {
    const { origin } = request.headers;
    const isPreflight = rules.isPreflight(request);
    if (rules.vary !== null) response.setHeader('Vary', rules.vary);
    if (origin !== undefined && rules.isCovered(request) && rules.isAllowed(origin, request)) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      const fields = { ...rules.fields, ...(isPreflight && rules.preflightFields) };
      for (const [name, value] of Object.entries(fields)) response.setHeader(name, value);
    }
    response.statusCode = isPreflight ? rules.preflightStatus : rules.status(request);
    if (response.statusCode >= 300 && response.statusCode < 400)
      response.setHeader('Location', '/');
    response.end();
  };
}

const PREFLIGHTS = ['preflight-is-granted (must)', 'other-forms-of-a-preflight-are-granted (may)'];
const COOKIES = [
  'allowed-origin-is-granted (must)',
  'head-is-granted (should)',
  'errors-are-granted (should)',
  ...PREFLIGHTS,
  'long-origins-do-no-harm (must)',
  'long-lists-do-no-harm (must)',
];

describe('a server with one fault fails exactly what shows it', () => {
  const inList = (lists: readonly string[]): readonly string[] =>
    probeAudits({ ...asked, url: 'http://127.0.0.1/' })
      .map(({ id, level }) => `${id.replace('probe/', '')} (${level})`)
      .filter((one) => lists.includes(one));

  test.each<[string, Partial<Rules>, readonly string[]]>([
    ['none', {}, []],
    [
      'a test by the end',
      { isAllowed: (origin) => origin.endsWith('example.com') },
      [
        'look-alikes-are-denied (must)',
        'other-schemes-are-denied (must)',
        'subdomains-are-denied (should)',
        'url-parts-are-denied (should)',
        'case-is-compared (should)',
        'several-origins-are-denied (should)',
      ],
    ],
    [
      'a test by the beginning',
      { isAllowed: (origin) => origin.startsWith(ALLOWED) },
      [
        'look-alikes-are-denied (must)',
        'special-characters-are-denied (must)',
        'other-ports-are-denied (should)',
        'malformed-ports-are-denied (should)',
        'trailing-dot-is-denied (should)',
        'url-parts-are-denied (should)',
        'several-origins-are-denied (should)',
      ],
    ],
    [
      'a bare dot',
      { isAllowed: (origin) => /^https:\/\/app.example.com$/.test(origin) },
      ['look-alikes-are-denied (must)'],
    ],
    [
      'a pattern for names that stops at a mark',
      { isAllowed: (origin) => /^https:\/\/app\.example\.com\b(?![.:/@h])/.test(origin) },
      ['special-characters-are-denied (must)', 'several-origins-are-denied (should)'],
    ],
    [
      'a folded case',
      { isAllowed: (origin) => origin.toLowerCase() === ALLOWED },
      ['case-is-compared (should)'],
    ],
    [
      'any scheme',
      { isAllowed: (origin) => /^[a-z]+:\/\/app\.example\.com$/.test(origin) },
      ['other-schemes-are-denied (must)'],
    ],
    [
      'any port',
      { isAllowed: (origin) => /^https:\/\/app\.example\.com(:\d+)?$/.test(origin) },
      ['other-ports-are-denied (should)', 'malformed-ports-are-denied (should)'],
    ],
    [
      'null',
      { isAllowed: (origin) => origin === ALLOWED || origin === 'null' },
      ['null-is-denied (must)'],
    ],
    [
      'the empty origin',
      { isAllowed: (origin) => origin === ALLOWED || origin === '' },
      ['words-are-denied (should)'],
    ],
    [
      'a trailing dot',
      { isAllowed: (origin) => origin.replace(/\.$/, '') === ALLOWED },
      ['trailing-dot-is-denied (should)'],
    ],
    [
      'a URL parser',
      {
        isAllowed: (origin) =>
          URL.canParse(origin) && new URL(origin).hostname === 'app.example.com',
      },
      [
        'special-characters-are-denied (must)',
        'other-schemes-are-denied (must)',
        'other-ports-are-denied (should)',
        'malformed-ports-are-denied (should)',
        'url-parts-are-denied (should)',
        'case-is-compared (should)',
      ],
    ],
    ['no Vary', { vary: null }, ['vary-names-origin (should)']],
    ['another Vary', { vary: 'Accept-Encoding' }, ['vary-names-origin (should)']],
    ['no cookies', { fields: {} }, COOKIES],
    [
      'True',
      { fields: { 'Access-Control-Allow-Credentials': 'True' } },
      [...COOKIES, 'allow-credentials-is-true (should)'],
    ],
    [
      'a star among the methods',
      { preflightFields: { ...right.preflightFields, 'Access-Control-Allow-Methods': 'PUT, *' } },
      ['no-stars-beside-credentials (should)'],
    ],
    [
      'a quoted list',
      {
        preflightFields: {
          ...right.preflightFields,
          'Access-Control-Allow-Headers': '"X-Request-Id", "X-A"',
        },
      },
      [...PREFLIGHTS, 'lists-are-lists (should)'],
    ],
    [
      'a list that is too short',
      { preflightFields: { ...right.preflightFields, 'Access-Control-Allow-Headers': 'X-A' } },
      PREFLIGHTS,
    ],
    [
      'hours',
      { preflightFields: { ...right.preflightFields, 'Access-Control-Max-Age': '2h' } },
      ['max-age-is-a-number (should)'],
    ],
    [
      'an exposed list with a semicolon',
      { fields: { ...right.fields, 'Access-Control-Expose-Headers': 'X-A; X-B' } },
      ['lists-are-lists (should)'],
    ],
    ['authentication before the preflight', { preflightStatus: 401 }, PREFLIGHTS],
    ['no route for the preflight', { preflightStatus: 404 }, PREFLIGHTS],
    ['a preflight that is led elsewhere', { preflightStatus: 308 }, PREFLIGHTS],
    ['bare errors', { isCovered: ({ url }) => url === '/api' }, ['errors-are-granted (should)']],
    ['GET alone', { isCovered: ({ method }) => method !== 'HEAD' }, ['head-is-granted (should)']],
    [
      'every OPTIONS',
      { isPreflight: ({ method }) => method === 'OPTIONS' },
      ['options-is-no-preflight-by-itself (should)'],
    ],
    [
      'no service without Origin',
      { status: ({ headers, url }) => ('origin' in headers ? (url === '/api' ? 200 : 404) : 403) },
      ['request-without-origin-is-served (should)'],
    ],
    ['authentication, with its headers', { status: () => 401 }, []],
    ['a failing application, with its headers', { status: () => 500 }, []],
    ['a redirect, with its headers', { status: () => 302 }, []],
  ])('%s', async (_name, own, ids) => {
    expect(await failuresOf(server(own))).toEqual(inList(ids));
  });

  test('names compared with their case', async () => {
    const exact: RequestListener = (request, response) => {
      const { 'access-control-request-headers': names = '' } = request.headers;
      const isKnown = ['', 'x-a,x-request-id'].includes(names);
      server(isKnown ? {} : { preflightFields: {} })(request, response);
    };
    expect(await failuresOf(exact)).toEqual(['other-forms-of-a-preflight-are-granted (may)']);
  });

  test('two lines of Allow-Origin, as a proxy adds one', async () => {
    const doubled: RequestListener = (request, response) => {
      const { origin = '' } = request.headers;
      if (origin === ALLOWED) {
        response.writeHead(200, [
          ...['Access-Control-Allow-Origin', ALLOWED, 'Access-Control-Allow-Origin', ALLOWED],
          ...['Access-Control-Allow-Credentials', 'true', 'Vary', 'Origin'],
        ]);
      } else response.setHeader('Vary', 'Origin');
      response.end();
    };
    const failures = await failuresOf(doubled);
    expect(failures[0]).toBe('single-fields-have-one-line (must)');
    expect(failures).toContain('allowed-origin-is-granted (must)');
  });

  test('any origin beside cookies', async () => {
    const star: RequestListener = (_request, response) => {
      response.setHeader('Access-Control-Allow-Origin', '*');
      response.setHeader('Access-Control-Allow-Credentials', 'true');
      response.end();
    };
    expect(await failuresOf(star)).toContain('no-any-origin-beside-credentials (should)');
  });

  test('a reflection where every origin is meant to be let in, but without cookies', async () => {
    const reflecting = server({ isAllowed: () => true });
    const url = await listen(createServer(reflecting));
    const everyone: ProbeOptions = { url, allowedOrigin: ALLOWED };
    const report = await runAudits(probeTarget(everyone), {
      audits: probeAudits(everyone),
      scenarios: [probeScenario(everyone)],
    });
    const failed = report.results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
    expect(failed).toContain('probe/any-origin-gets-no-credentials');
    expect(failed).toContain('probe/allowed-origin-is-granted');
    expect(failed).not.toContain('probe/denied-origin-is-denied');
  });

  test('what one connection was granted', async () => {
    const granted = new WeakSet();
    const forgetful = server({
      isAllowed: (origin, { socket }) => {
        if (origin === ALLOWED) granted.add(socket);
        return granted.has(socket);
      },
    });
    expect(await failuresOf(forgetful)).toEqual(['connections-keep-no-state (must)']);
  });

  test('a second line of Origin that is taken', async () => {
    const second: RequestListener = (request, response) => {
      const lines = request.headersDistinct['origin'] ?? [];
      server({ isAllowed: () => lines.includes(ALLOWED) })(
        Object.assign(request, { headers: { ...request.headers, origin: lines.at(-1) } }),
        response,
      );
    };
    expect(await failuresOf(second)).toEqual(['several-origins-are-denied (should)']);
  });
});

describe('a server that cannot be judged', () => {
  test('a rate limiter’s replies are errors, and no pass', async () => {
    let count = 0;
    const limited: RequestListener = (request, response) => {
      count += 1;
      if (count > 20) response.writeHead(429, { 'Retry-After': '60' }).end();
      else server({})(request, response);
    };
    const { results, counts } = await probe(limited);
    expect(counts.error).toBeGreaterThan(5);
    expect(counts.failed).toBe(0);
    expect(results.at(-1)).toMatchObject({
      outcome: 'error',
      error: { origin: 'target', message: expect.stringContaining('answers 429') as string },
    });
  });

  test('one that never answers a long Origin fails, and the rest is judged', async () => {
    const hanging: RequestListener = (request, response) => {
      if ((request.headers.origin ?? '').length < 5_000) server({})(request, response);
    };
    const { results } = await probe(hanging, {}, 1_500);
    const failed = results.filter(({ outcome }) => outcome !== 'passed').map(({ id }) => id);
    expect(failed).toEqual(['probe/long-origins-do-no-harm']);
  });
});

describe('reaching a server', () => {
  test('gives its reply', async () => {
    const url = await listen(createServer(server({ status: () => 401 })));
    expect(await reach({ ...asked, url }, 5_000)).toMatchObject({ status: 401 });
  });

  test.each<[string, (url: string) => string, RegExp]>([
    ['nobody listens', () => 'http://127.0.0.1:1/', /cannot be reached: connect ECONNREFUSED/],
    ['it speaks plainly', (url) => url.replace('http:', 'https:'), /cannot be reached: /],
  ])('%s', async (_name, change, message) => {
    const url = change(await listen(createServer(server({}))));
    const reaching = reach({ ...asked, url }, 5_000);
    await expect(reaching).rejects.toThrow(HarnessError);
    await expect(reaching).rejects.toThrow(message);
  });
});

describe('over TLS', () => {
  const secure = (): Promise<string> => listen(createTlsServer(selfSigned, server({})), 'https');

  test('a certificate that nobody has signed is refused, with the way out', async () => {
    const reaching = reach({ ...asked, url: await secure() }, 5_000);
    await expect(reaching).rejects.toThrow(/self-signed certificate.*--insecure/);
  });

  test('with --insecure it is clean, as a plain one is', async () => {
    const options = { ...asked, url: await secure(), insecure: true };
    const report = await runAudits(probeTarget(options), {
      audits: probeAudits(options),
      scenarios: [probeScenario(options)],
      timeoutMs: 30_000,
    });
    expect(report.results.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  });
});
