import { describe, expect, it } from 'vitest';

import {
  type FetchResponse,
  type HeaderList,
  type PageRequest,
  type ProfileName,
  type Send,
  simulateFetch,
  type Verdict,
  type VerdictCode,
  VERDICTS,
} from '../src/index.js';

const ORIGIN = 'https://app.example.com';
const NOTES = 'https://api.example.com/notes';

type Headers = Readonly<Record<string, string | readonly string[]>>;

function linesOf(headers: Headers): HeaderList {
  return Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((line) => [name, line] as const),
  );
}

function response(status: number, headers: Headers = {}): FetchResponse {
  return { status, headers: linesOf(headers) };
}

const ALLOW = { 'Access-Control-Allow-Origin': ORIGIN };
const WITH_CREDENTIALS = { ...ALLOW, 'Access-Control-Allow-Credentials': 'true' };
const INCLUDE: Partial<PageRequest> = { credentialsMode: 'include' };
const PUT: Partial<PageRequest> = { method: 'PUT' };
const JSON_POST: Partial<PageRequest> = {
  method: 'POST',
  headers: [['Content-Type', 'application/json']],
};

/** The verdict on a fetch of which the preflight and the request get these responses. */
async function verdictOn(
  request: Partial<PageRequest>,
  preflight: FetchResponse | null,
  actual: FetchResponse | null,
  profile: ProfileName = 'standard',
): Promise<Verdict> {
  const send: Send = ({ method }) => {
    const answer = method === 'OPTIONS' ? preflight : actual;
    if (answer === null) throw new Error('connect ECONNREFUSED');
    return answer;
  };
  const page = { origin: ORIGIN, url: NOTES, ...request };
  return (await simulateFetch(page, send, { profile })).verdict;
}

/** The verdict on a GET whose response names this origin. */
function mismatch(
  allowOrigin: string | readonly string[],
  origin = ORIGIN,
  headers: Headers = {},
): Promise<Verdict> {
  const sent = { 'Access-Control-Allow-Origin': allowOrigin, ...headers };
  return verdictOn({ origin }, null, response(200, sent));
}

/** A fetch, and what its verdict must say: all the texts in the cause, and in the fix. */
interface Case {
  readonly request?: Partial<PageRequest>;
  readonly preflight?: FetchResponse;
  readonly actual?: FetchResponse;
  readonly cause: readonly string[];
  /** Null where there is nothing to mend. */
  readonly fix: readonly string[] | null;
}

const stream = { content: 'a', isStream: true };

/** For each code one fetch, of which more are below. */
const CASES: Readonly<Record<VerdictCode, Case>> = {
  allowed: {
    actual: response(200, { ...ALLOW, Vary: 'Origin' }),
    cause: ['The response of https://api.example.com lets https://app.example.com read it'],
    fix: null,
  },
  'not-cross-origin': {
    request: { url: `${ORIGIN}/notes` },
    actual: response(200),
    cause: [`${ORIGIN}/notes`, 'the page’s own origin'],
    fix: null,
  },
  opaque: {
    request: { mode: 'no-cors' },
    actual: response(200),
    cause: ['no-cors', 'https://api.example.com'],
    fix: ["Leave out mode: 'no-cors'"],
  },
  'opaque-redirect': {
    request: { redirectMode: 'manual' },
    actual: response(302, { ...ALLOW, Location: '/b' }),
    cause: ['redirects'],
    fix: null,
  },
  'invalid-url': { request: { url: '/notes' }, cause: ['‘/notes’'], fix: ['https://'] },
  'invalid-method': { request: { method: 'GET ' }, cause: ['‘GET ’'], fix: ['no spaces'] },
  'forbidden-method': { request: { method: 'trace' }, cause: ['trace'], fix: ['another method'] },
  'invalid-header': {
    request: { headers: [['X Y', '1']] },
    cause: ['‘X Y’', 'name'],
    fix: ['letters, digits and hyphens'],
  },
  'no-cors-method': {
    request: { mode: 'no-cors', method: 'PUT' },
    cause: ['no-cors', 'PUT'],
    fix: ["Leave out mode: 'no-cors'"],
  },
  'body-not-allowed': { request: { body: { content: 'a' } }, cause: ['GET'], fix: ['POST'] },
  'same-origin-mode': {
    request: { mode: 'same-origin' },
    cause: [NOTES, ORIGIN],
    fix: ["Leave out mode: 'same-origin'"],
  },
  'no-cors-redirect-mode': {
    request: { mode: 'no-cors', redirectMode: 'manual' },
    cause: [NOTES, 'no-cors'],
    fix: ["mode: 'no-cors'"],
  },
  'non-http-scheme': {
    request: { url: 'file:///notes.json' },
    cause: ['file:///notes.json'],
    fix: ['over HTTP'],
  },
  'preflight-network-failure': {
    request: PUT,
    cause: ['https://api.example.com', '‘connect ECONNREFUSED’', 'preflight'],
    fix: ['the server runs', 'OPTIONS'],
  },
  'preflight-missing-allow-origin': {
    request: PUT,
    preflight: response(204),
    cause: ['The preflight’s response, status 204,', 'the request itself was not sent'],
    fix: ['OPTIONS', `Access-Control-Allow-Origin: ${ORIGIN}`],
  },
  'preflight-repeated-allow-origin': {
    request: PUT,
    preflight: response(204, { 'Access-Control-Allow-Origin': [ORIGIN, '*'] }),
    cause: ['The preflight’s response', `‘${ORIGIN}, *’`, 'proxy'],
    fix: ['in one place only'],
  },
  'preflight-allow-origin-list': {
    request: PUT,
    preflight: response(204, { 'Access-Control-Allow-Origin': `${ORIGIN}, https://b.example` }),
    cause: ['The preflight’s response', `‘${ORIGIN}, https://b.example’`],
    fix: [`Access-Control-Allow-Origin: ${ORIGIN}`],
  },
  'preflight-invalid-allow-origin': {
    request: PUT,
    preflight: response(204, { 'Access-Control-Allow-Origin': 'app.example.com' }),
    cause: ['The preflight’s response', '‘app.example.com’', 'no scheme'],
    fix: [`Access-Control-Allow-Origin: ${ORIGIN}`],
  },
  'preflight-allow-origin-mismatch': {
    request: PUT,
    preflight: response(204, { 'Access-Control-Allow-Origin': `${ORIGIN}/` }),
    cause: ['The preflight’s response', `‘${ORIGIN}/’`, 'slash'],
    fix: [`Access-Control-Allow-Origin: ${ORIGIN}.`],
  },
  'preflight-wildcard-with-credentials': {
    request: { ...PUT, ...INCLUDE },
    preflight: response(204, { 'Access-Control-Allow-Origin': '*' }),
    cause: ['The preflight’s response', 'Access-Control-Allow-Origin: *', 'credentials'],
    fix: ['Access-Control-Allow-Credentials: true', 'without credentials'],
  },
  'preflight-missing-allow-credentials': {
    request: { ...PUT, ...INCLUDE },
    preflight: response(204, ALLOW),
    cause: ['The preflight’s response has no Access-Control-Allow-Credentials'],
    fix: ['Access-Control-Allow-Credentials: true'],
  },
  'preflight-allow-credentials-not-true': {
    request: { ...PUT, ...INCLUDE },
    preflight: response(204, { ...ALLOW, 'Access-Control-Allow-Credentials': 'TRUE' }),
    cause: ['The preflight’s response', '‘TRUE’', 'lower case'],
    fix: ['Access-Control-Allow-Credentials: true'],
  },
  'preflight-redirect': {
    request: PUT,
    preflight: response(307, { ...ALLOW, Location: '/elsewhere' }),
    cause: ['status 307', '‘/elsewhere’'],
    fix: ['‘https://api.example.com/elsewhere’', 'OPTIONS'],
  },
  'preflight-status': {
    request: PUT,
    preflight: response(418, ALLOW),
    cause: ['status 418', '200 to 299'],
    fix: ['Answer OPTIONS with 204'],
  },
  'invalid-allow-methods': {
    request: PUT,
    preflight: response(204, { ...ALLOW, 'Access-Control-Allow-Methods': 'PUT; DELETE' }),
    cause: ['Access-Control-Allow-Methods: ‘PUT; DELETE’'],
    fix: ['commas', 'Access-Control-Allow-Methods: PUT, DELETE'],
  },
  'invalid-allow-headers': {
    request: JSON_POST,
    preflight: response(204, { ...ALLOW, 'Access-Control-Allow-Headers': '"Content-Type"' }),
    cause: ['Access-Control-Allow-Headers: ‘"Content-Type"’'],
    fix: ['quotes', 'Access-Control-Allow-Headers: Content-Type'],
  },
  'method-not-allowed': {
    request: PUT,
    preflight: response(204, { ...ALLOW, 'Access-Control-Allow-Methods': 'GET, POST' }),
    cause: ['PUT', 'Access-Control-Allow-Methods: ‘GET, POST’'],
    fix: ['PUT', 'Access-Control-Allow-Methods'],
  },
  'authorization-not-listed': {
    request: { headers: [['Authorization', 'Bearer abc']] },
    preflight: response(204, { ...ALLOW, 'Access-Control-Allow-Headers': '*' }),
    cause: ['Authorization', '‘*’', '* does not cover Authorization'],
    fix: ['Authorization', 'Access-Control-Allow-Headers'],
  },
  'header-not-allowed': {
    request: JSON_POST,
    preflight: response(204, { ...ALLOW, 'Access-Control-Allow-Headers': 'X-A, X-B' }),
    cause: ['content-type', 'Access-Control-Allow-Headers: ‘X-A, X-B’'],
    fix: ['content-type', 'Access-Control-Allow-Headers'],
  },
  'network-failure': {
    cause: ['https://api.example.com', '‘connect ECONNREFUSED’', 'no matter of CORS'],
    fix: ['the server runs', 'certificate'],
  },
  'missing-allow-origin': {
    actual: response(200),
    cause: ['The response, status 200,', 'Access-Control-Allow-Origin', ORIGIN],
    fix: [`Access-Control-Allow-Origin: ${ORIGIN} and Vary: Origin`],
  },
  'repeated-allow-origin': {
    actual: response(200, { 'Access-Control-Allow-Origin': [ORIGIN, ORIGIN] }),
    cause: [`‘${ORIGIN}, ${ORIGIN}’`, 'proxy'],
    fix: ['in one place only', `Access-Control-Allow-Origin: ${ORIGIN}`],
  },
  'allow-origin-list': {
    actual: response(200, { 'Access-Control-Allow-Origin': `${ORIGIN} https://b.example` }),
    cause: [`‘${ORIGIN} https://b.example’`, 'one origin only'],
    fix: [`Access-Control-Allow-Origin: ${ORIGIN}`],
  },
  'invalid-allow-origin': {
    actual: response(200, { 'Access-Control-Allow-Origin': 'undefined' }),
    cause: ['‘undefined’', 'no origin'],
    fix: [`Access-Control-Allow-Origin: ${ORIGIN}`],
  },
  'allow-origin-mismatch': {
    actual: response(200, { 'Access-Control-Allow-Origin': 'https://b.example' }),
    cause: ['‘https://b.example’', ORIGIN, 'its host is b.example, not app.example.com'],
    fix: [`Access-Control-Allow-Origin: ${ORIGIN}`, 'cache'],
  },
  'wildcard-with-credentials': {
    request: INCLUDE,
    actual: response(200, { 'Access-Control-Allow-Origin': '*' }),
    cause: ['Access-Control-Allow-Origin: *', 'credentials'],
    fix: [`Access-Control-Allow-Origin: ${ORIGIN}`, 'without credentials'],
  },
  'missing-allow-credentials': {
    request: INCLUDE,
    actual: response(200, ALLOW),
    cause: ['no Access-Control-Allow-Credentials'],
    fix: ['Access-Control-Allow-Credentials: true', 'without credentials'],
  },
  'allow-credentials-not-true': {
    request: INCLUDE,
    actual: response(200, { ...ALLOW, 'Access-Control-Allow-Credentials': ['true', 'true'] }),
    cause: ['‘true, true’', 'once'],
    fix: ['Access-Control-Allow-Credentials: true, once'],
  },
  'redirect-mode-error': {
    request: { redirectMode: 'error' },
    actual: response(302, { ...ALLOW, Location: '/b' }),
    cause: [NOTES, '‘/b’'],
    fix: ["redirect: 'error'"],
  },
  'redirect-to-no-url': {
    actual: response(302, { ...ALLOW, Location: 'https://%' }),
    cause: [NOTES, '‘https://%’'],
    fix: ['Location'],
  },
  'redirect-to-non-http-scheme': {
    actual: response(302, { ...ALLOW, Location: 'ftp://api.example.com/' }),
    cause: [NOTES, '‘ftp://api.example.com/’'],
    fix: ['https:'],
  },
  'too-many-redirects': {
    actual: response(302, { ...ALLOW, Location: NOTES }),
    cause: [NOTES, 'twenty-first'],
    fix: ['circle'],
  },
  'redirect-url-includes-credentials': {
    actual: response(302, { ...ALLOW, Location: 'https://user:secret@b.example/' }),
    cause: [NOTES, '‘https://user:secret@b.example/’'],
    fix: ['Location'],
  },
  'redirect-of-stream': {
    request: { method: 'POST', body: stream },
    preflight: response(204, ALLOW),
    actual: response(307, { ...ALLOW, Location: '/b' }),
    cause: [NOTES, '‘/b’', 'stream'],
    fix: ['no stream'],
  },
};

it('says of a data: URL that it is its own response', async () => {
  const { code, cause } = await verdictOn({ url: 'data:text/plain,x' }, null, response(200));
  expect([code, cause]).toEqual([
    'not-cross-origin',
    'A data: URL is its own response, so CORS plays no part.',
  ]);
});

describe('each code is reached', () => {
  it('has a case', () => {
    expect(Object.keys(CASES)).toEqual(Object.keys(VERDICTS));
  });

  it.each(Object.entries(CASES))('%s', async (code, each) => {
    const { request = {}, preflight = null, actual = null, cause, fix } = each;
    const verdict = await verdictOn(request, preflight, actual);
    expect(verdict.code).toBe(code);
    expect(verdict.clause).toBe(VERDICTS[code as VerdictCode].clause);
    expect(verdict.blocked).toBe(
      !['allowed', 'not-cross-origin', 'opaque', 'opaque-redirect'].includes(code),
    );
    for (const text of cause) expect(verdict.cause).toContain(text);
    expectSentence(verdict.cause);
    if (fix === null) {
      expect(verdict.fix).toBeNull();
      return;
    }
    for (const text of fix) expect(verdict.fix).toContain(text);
    expectSentence(verdict.fix ?? '');
  });

  it.each(Object.entries(CASES))(
    'is what the browsers’ names stand for: %s',
    async (code, each) => {
      const { request = {}, preflight = null, actual = null } = each;
      const { chromium, firefox } = await verdictOn(request, preflight, actual);
      const names = VERDICTS[code as VerdictCode];
      expect([names.chromium, null]).toContain(chromium?.corsError ?? null);
      expect([names.firefox, null]).toContain(firefox?.reason ?? null);
    },
  );
});

/** Begins as a sentence does, or with a value; ends with one full stop; has no hole in it. */
function expectSentence(text: string): void {
  expect(text).toMatch(/^(?:[A-Z‘]|https?:|file:|[a-z]+:)/);
  expect(text).toMatch(/[^.]\.$/);
  expect(text).not.toMatch(/undefined (?!.*‘undefined’)|\[object|\bNaN\b| {2}| [.,;:]/);
}

describe('an origin that does not match', () => {
  it.each([
    ['http://app.example.com', 'its scheme is http, not https'],
    ['https://app.example.com:8443', 'its port is 8443, not the default'],
    ['https://app.example.com/', 'it ends in a slash'],
    ['https://www.app.example.com', 'its host has a www. that app.example.com has not'],
    ['https://APP.example.com', 'it has capital letters'],
    ['https://app.example.com/notes', 'it has a path'],
    ['https://app.example.com#notes', 'it has a path'],
    ['https://app.example.com:443', 'no default port'],
    ['https://user@app.example.com', 'it has a user name'],
    ['null', 'null stands for sandboxed frames and files'],
    ['https://*.example.com', 'a * inside an origin is no wildcard'],
    ['*.example.com', 'a * inside an origin is no wildcard'],
    ['app.example.com', 'it has no scheme'],
    ['app.example.com:443', 'it has no scheme'],
    ['localhost:3000', 'it has no scheme'],
    ['localhost', 'it has no scheme'],
    ['"https://app.example.com"', 'it has quotes around it'],
    ['"*"', 'it has quotes around it'],
    ['', 'it is empty'],
    ['true', 'it is no origin'],
    ['https://', 'it is no origin'],
    [
      'http://localhost:5173',
      'its scheme is http, not https; its host is localhost, not app.example.com; its port is 5173, not the default',
    ],
  ])('%s', async (allowOrigin, difference) => {
    const { code, cause } = await mismatch(allowOrigin);
    expect(code).toMatch(/^(?:allow-origin-mismatch|invalid-allow-origin)$/);
    expect(cause).toContain(
      `has Access-Control-Allow-Origin: ‘${allowOrigin}’, which is not ${ORIGIN}: `,
    );
    expect(cause).toContain(difference);
  });

  it('lacks a www.', async () => {
    const { cause } = await mismatch('https://example.com', 'https://www.example.com');
    expect(cause).toContain('its host lacks the www. of www.example.com');
  });

  it('is of another port, as with two development servers', async () => {
    const { cause, fix } = await mismatch('http://localhost:3000', 'http://localhost:5173');
    expect(cause).toMatch(/: its port is 3000, not 5173\.$/);
    expect(fix).toContain('Let the server allow http://localhost:5173');
  });

  it.each([
    'https://app.example.com/',
    'https://APP.example.com',
    'https://app.example.com:443',
    'https://app.example.com/notes',
    'app.example.com',
    '"https://app.example.com"',
  ])('need not be added where it is only written wrong: %s', async (allowOrigin) => {
    const { fix } = await mismatch(allowOrigin);
    expect(fix).toBe(`Write it as browsers do: Access-Control-Allow-Origin: ${ORIGIN}.`);
  });

  it('may come from a cache, where Vary is missing', async () => {
    const { fix } = await mismatch('https://b.example');
    expect(fix).toContain('a cache may have kept this response for another origin');
    for (const Vary of ['Origin', 'Accept, origin', '*', ['Accept', 'ORIGIN']]) {
      const varied = await mismatch('https://b.example', ORIGIN, { Vary });
      expect(varied.fix).not.toContain('cache');
    }
    const other = await mismatch('https://b.example', ORIGIN, { Vary: 'X-Original-Host' });
    expect(other.fix).toContain('cache');
  });

  it('is a pattern, which browsers do not know', async () => {
    expect((await mismatch('https://*.example.com')).fix).toContain('Browsers know no patterns');
  });
});

describe('the origin null', () => {
  const opaque: Partial<PageRequest> = { origin: 'null' };

  it.each([
    [opaque, response(200)],
    [opaque, response(200, ALLOW)],
    [opaque, response(200, { 'Access-Control-Allow-Origin': 'null, null' })],
    [{ ...opaque, ...INCLUDE }, response(200, { 'Access-Control-Allow-Origin': '*' })],
  ])('is never to be allowed', async (request, actual) => {
    const { fix, blocked } = await verdictOn(request, null, actual);
    expect(blocked).toBe(true);
    expect(fix).toContain('Do not allow null');
    expect(fix).not.toContain('Access-Control-Allow-Origin: null');
  });

  it('is not for a preflight either', async () => {
    for (const status of [204, 403]) {
      const { fix } = await verdictOn({ ...opaque, ...PUT }, response(status), null);
      expect(fix).toContain('Do not allow null');
    }
  });

  it('can come from a redirect', async () => {
    const send: Send = ({ url }) =>
      url === NOTES
        ? response(302, { ...ALLOW, Location: 'https://cdn.example.net/notes' })
        : response(200, ALLOW);
    const { verdict } = await simulateFetch({ origin: ORIGIN, url: NOTES }, send);
    expect(verdict.code).toBe('allow-origin-mismatch');
    expect(verdict.cause).toContain(
      'The response of ‘https://cdn.example.net/notes’ (after a redirect) has',
    );
    expect(verdict.cause).toContain('which is not null');
    expect(verdict.fix).toContain('If a redirect made the origin null');
  });
});

describe('an error without the header', () => {
  it.each([404, 500])('hides its status from the page: %d', async (status) => {
    const { cause, fix } = await verdictOn({}, null, response(status));
    expect(cause).toContain(`status ${String(status)}`);
    expect(fix).toContain(`The status ${String(status)} is a fault of its own`);
  });
});

describe('a preflight’s status tells who answered', () => {
  it.each([
    [401, 'login', 'ahead of authentication'],
    [407, 'login', 'ahead of authentication'],
    [400, 'does not allow the origin, the method or a header', `allow ${ORIGIN}`],
    [403, 'does not allow the origin, the method or a header', `allow ${ORIGIN}`],
    [404, 'nothing handles OPTIONS', 'ahead of the routes'],
    [405, 'nothing handles OPTIONS', 'ahead of the routes'],
    [501, 'nothing handles OPTIONS', 'ahead of the routes'],
    [500, 'failed', 'log'],
    [503, 'failed', 'log'],
  ])('%d', async (status, guess, fix) => {
    for (const headers of [{}, ALLOW]) {
      const verdict = await verdictOn(PUT, response(status, headers), null);
      const code = headers === ALLOW ? 'preflight-status' : 'preflight-missing-allow-origin';
      expect(verdict.code).toBe(code);
      expect(verdict.cause).toContain(`status ${String(status)}`);
      expect(verdict.cause).toContain(guess);
      expect(verdict.fix).toContain(fix);
    }
  });

  it.each([
    [NOTES, `${NOTES}/`, '(only the slash at the end of the path differs)', `‘${NOTES}/’`],
    ['http://api.example.com/notes', NOTES, '(it leads from http: to https:)', `‘${NOTES}’`],
    [NOTES, 'https://www.example.com/notes', '(only the host differs)', 'www.example.com/notes’'],
    [NOTES, '/login?next=notes', '(it seems that it leads to a login)', 'Answer OPTIONS ahead'],
    [NOTES, 'https://sso.example.com/', '(it seems that it leads to a login)', 'Answer OPTIONS'],
    [NOTES, 'https://%', '(it leads to no valid URL)', 'Answer OPTIONS ahead'],
    [NOTES, '/v2/notes', 'browsers follow no redirect of a preflight.', '/v2/notes’ itself'],
  ])('a redirect from %s to %s', async (url, Location, guess, fix) => {
    const request = { ...PUT, url };
    const redirect = await verdictOn(request, response(301, { ...ALLOW, Location }), null);
    expect(redirect.code).toBe('preflight-redirect');
    const bare = await verdictOn(request, response(301, { Location }), null);
    expect(bare.code).toBe('preflight-missing-allow-origin');
    for (const verdict of [redirect, bare]) {
      expect(verdict.cause).toContain(`‘${Location}’`);
      expect(verdict.cause).toContain(guess);
      expect(verdict.fix).toContain(fix);
    }
  });

  it('is about the URL that a redirect led to', async () => {
    const send: Send = ({ url, method }) => {
      if (method === 'OPTIONS' && url === NOTES) {
        return response(204, { ...ALLOW, 'Access-Control-Allow-Methods': 'PUT' });
      }
      if (url === NOTES) return response(307, { ...ALLOW, Location: '/v2/notes' });
      return response(308, { ...ALLOW, Location: '/v2/notes/' });
    };
    const { verdict } = await simulateFetch({ origin: ORIGIN, url: NOTES, ...PUT }, send);
    expect(verdict.code).toBe('preflight-redirect');
    expect(verdict.cause).toContain('(only the slash at the end of the path differs)');
  });
});

describe('a method', () => {
  const allow = (methods: string | null, headers: Headers = ALLOW): FetchResponse =>
    response(
      204,
      methods === null ? headers : { ...headers, 'Access-Control-Allow-Methods': methods },
    );

  it('is written in lower case', async () => {
    const { cause, fix } = await verdictOn({ method: 'patch' }, allow('GET, PATCH'), null);
    expect(cause).toContain('The method patch is not allowed');
    expect(cause).toContain('‘GET, PATCH’, and methods are case-sensitive');
    expect(fix).toContain("Write method: 'PATCH' in the script.");
  });

  it('is written in lower case, and not listed either', async () => {
    const { fix } = await verdictOn({ method: 'patch' }, allow('GET, POST'), null);
    expect(fix).toContain("Write method: 'PATCH' in the script, and answer OPTIONS with PATCH");
  });

  it('is listed in lower case', async () => {
    const { cause, fix } = await verdictOn({ method: 'PATCH' }, allow('patch'), null);
    expect(cause).toContain('‘patch’, and methods are case-sensitive');
    expect(fix).toBe(
      'Answer OPTIONS with PATCH listed in Access-Control-Allow-Methods, in upper case.',
    );
  });

  it('is put in upper case by the browser, where it is a common one', async () => {
    const { code } = await verdictOn({ method: 'put' }, allow('PUT'), response(200, ALLOW));
    expect(code).toBe('allowed');
  });

  it('is not covered by * with credentials', async () => {
    const preflight = allow('*', WITH_CREDENTIALS);
    const { cause } = await verdictOn({ ...PUT, ...INCLUDE }, preflight, null);
    expect(cause).toContain('‘*’, and with credentials * is no wildcard');
  });

  it('is not listed, since nothing is', async () => {
    const { cause } = await verdictOn(PUT, allow(null), null);
    expect(cause).toContain('names none in Access-Control-Allow-Methods');
  });
});

describe('a header', () => {
  it.each([
    [JSON_POST, 'header-not-allowed', 'content-type'],
    [{ headers: [['Authorization', 'x']] } as const, 'authorization-not-listed', 'Authorization'],
  ])('is not covered by * with credentials', async (request, code, name) => {
    const headers = { ...WITH_CREDENTIALS, 'Access-Control-Allow-Headers': '*' };
    const verdict = await verdictOn({ ...request, ...INCLUDE }, response(204, headers), null);
    expect(verdict.code).toBe(code);
    expect(verdict.cause).toContain('with credentials * is no wildcard');
    expect(verdict.fix).toBe(`Answer OPTIONS with ${name} listed in Access-Control-Allow-Headers.`);
  });

  it('is covered by * in a browser, where the standard excepts it', async () => {
    const preflight = response(204, { ...ALLOW, 'Access-Control-Allow-Headers': '*' });
    const request: Partial<PageRequest> = { headers: [['Authorization', 'x']] };
    const codes = await Promise.all(
      (['standard', 'chromium', 'firefox', 'webkit'] as const).map(
        async (profile) =>
          (await verdictOn(request, preflight, response(200, ALLOW), profile)).code,
      ),
    );
    expect(codes).toEqual(['authorization-not-listed', 'allowed', 'allowed', 'allowed']);
  });
});

describe('a call that fails at once', () => {
  it.each([
    [{ url: 'https://user:secret@api.example.com/' }, 'user name or a password', 'Authorization'],
    [{ url: 'localhost:3000/notes' }, 'no http: or https: URL', '‘http://localhost:3000/notes’'],
    [{ url: 'ftp://api.example.com/' }, 'no http: or https: URL', 'over HTTP'],
    [{ headers: [['X-A', 'a\nb']] }, 'value of the header X-A', 'one line'],
    [{ method: 'POST', mode: 'no-cors', body: stream }, 'A stream', "mode: 'no-cors'"],
  ] as const)('%o', async (request, cause, fix) => {
    const verdict = await verdictOn(request, null, null);
    expect(verdict.cause).toContain(cause);
    expect(verdict.fix).toContain(fix);
  });
});

describe('advice', () => {
  const adviceOn = async (
    request: Partial<PageRequest>,
    headers: Headers,
  ): Promise<readonly string[]> => {
    const { advice, code } = await verdictOn(request, null, response(200, headers));
    expect(code).toBe('allowed');
    for (const { cause, fix } of advice) {
      expectSentence(cause);
      expectSentence(fix);
    }
    return advice.map((each) => each.code);
  };

  it('is given where Vary is missing', async () => {
    expect(await adviceOn({}, ALLOW)).toEqual(['vary-missing']);
    expect(await adviceOn({}, { ...ALLOW, Vary: 'Accept, X-Origin' })).toEqual(['vary-missing']);
    const { advice } = await verdictOn({}, null, response(200, ALLOW));
    expect(advice[0]?.cause).toContain(ORIGIN);
    expect(advice[0]?.fix).toContain('Vary: Origin');
  });

  it('is not given where it is there, or of no use', async () => {
    expect(await adviceOn({}, { ...ALLOW, Vary: 'Accept, origin' })).toEqual([]);
    expect(await adviceOn({}, { ...ALLOW, Vary: '*' })).toEqual([]);
    expect(await adviceOn({}, { 'Access-Control-Allow-Origin': '*' })).toEqual([]);
    expect(await adviceOn({}, { ...ALLOW, 'Cache-Control': 'private, no-store' })).toEqual([]);
  });

  it('is given where null is allowed', async () => {
    const headers = { 'Access-Control-Allow-Origin': 'null', Vary: 'Origin' };
    expect(await adviceOn({ origin: 'null' }, headers)).toEqual(['null-allowed']);
  });

  it('is none about what is blocked, and none about the page’s own origin', async () => {
    expect((await mismatch('https://b.example')).advice).toEqual([]);
    const own = await verdictOn({ url: `${ORIGIN}/notes` }, null, response(200));
    expect(own.advice).toEqual([]);
  });
});

describe('what a server sent is quoted', () => {
  const wild = '\u001b[31m\u0000\u0007é’\u{1f600}';
  const long = 'x'.repeat(10_000);

  it.each([
    ['Access-Control-Allow-Origin', {}, {}],
    ['Access-Control-Allow-Credentials', INCLUDE, ALLOW],
    ['Location', {}, ALLOW],
    ['Location', PUT, ALLOW],
    ['Location', PUT, {}],
    ['Access-Control-Allow-Methods', PUT, ALLOW],
    ['Access-Control-Allow-Headers', JSON_POST, ALLOW],
  ] as const)('%s', async (name, request, headers) => {
    const value = name === 'Location' ? `https://b.example:x/${wild}` : wild;
    for (const [sent, shown] of [
      [value, '\\x1b[31m\\x00\\x07\\xe9\\x2019'],
      [name === 'Location' ? `https://b.example:x/${long}` : `"${long}`, '…’'],
    ] as const) {
      const answer = response(name === 'Location' ? 302 : 200, { ...headers, [name]: sent });
      const { cause, fix, blocked } = await verdictOn(request, answer, answer);
      expect(blocked).toBe(true);
      expect(cause).toContain(shown);
      for (const text of [cause, fix ?? '']) {
        expect(text).not.toMatch(/[^\x20-\x7e‘’…]/u);
        expect(text.length).toBeLessThan(900);
      }
    }
  });

  it('as is what the sender’s error says', async () => {
    const send: Send = () => {
      throw new Error(wild + long);
    };
    for (const method of ['GET', 'PUT']) {
      const { verdict } = await simulateFetch({ origin: ORIGIN, url: NOTES, method }, send);
      expect(verdict.cause).toContain('(‘\\x1b[31m');
      expect(verdict.cause.length).toBeLessThan(600);
    }
  });
});
