import { describe, expect, it } from 'vitest';

import {
  type HeaderList,
  type PageRequest,
  PROFILES,
  type SentRequest,
  simulateFetch,
  type VerdictCode,
} from '../src/index.js';

const PAGE = { origin: 'https://app.example.com', url: 'https://app.example.com/a' };
const FOREIGN = { ...PAGE, url: 'https://api.example.com/a' };

async function play(
  request: PageRequest,
  profile = PROFILES.standard,
): Promise<{ code: VerdictCode; sent: readonly SentRequest[] }> {
  const sent: SentRequest[] = [];
  const { verdict } = await simulateFetch(
    request,
    (asked) => {
      sent.push(asked);
      return { status: 200, headers: [['Access-Control-Allow-Origin', '*']] };
    },
    { profile },
  );
  return { code: verdict.code, sent };
}

describe('a call that fails at once', () => {
  it.each<[VerdictCode, Partial<PageRequest>]>([
    ['invalid-url', { url: '/a' }],
    ['invalid-url', { url: 'https://me@app.example.com/' }],
    ['invalid-url', { url: 'https://:secret@app.example.com/' }],
    ['invalid-method', { method: 'GE T' }],
    ['forbidden-method', { method: 'trace' }],
    ['no-cors-method', { mode: 'no-cors', method: 'put' }],
    ['invalid-header', { headers: [['X A', '1']] }],
    ['invalid-header', { headers: [['X-A', 'a\nb']] }],
    ['invalid-header', { headers: [['X-A', 'a\rb']] }],
    ['invalid-header', { headers: [['X-A', 'a\0b']] }],
    ['body-not-allowed', { body: { content: '' } }],
    ['body-not-allowed', { method: 'head', body: { content: '' } }],
    [
      'body-not-allowed',
      { method: 'POST', mode: 'no-cors', body: { content: '', isStream: true } },
    ],
  ])('%s: %j', async (code, request) => {
    expect(await play({ ...PAGE, ...request })).toEqual({ code, sent: [] });
  });
});

describe('a call that does not', () => {
  it.each<Partial<PageRequest>>([
    { api: 'xhr', url: 'https://me:secret@app.example.com/' },
    { mode: 'no-cors', method: 'post' },
    { headers: [['X-A', '\n1\r\n']] },
    // Dropped before it is looked at.
    { headers: [['Cookie', 'a\nb']] },
    { method: 'POST', body: { content: '', isStream: true } },
  ])('%j', async (request) => {
    expect((await play({ ...PAGE, ...request })).sent).toHaveLength(1);
  });
});

it('sends a method in upper case, where it is one of six', async () => {
  expect((await play({ ...PAGE, method: 'delete' })).sent[0]?.method).toBe('DELETE');
  expect((await play({ ...PAGE, method: 'patch' })).sent[0]?.method).toBe('patch');
});

it('forgets the body of an XMLHttpRequest with GET', async () => {
  const { sent } = await play({ ...PAGE, api: 'xhr', body: { content: 'a' } });
  expect(sent).toMatchObject([{ body: null, headers: [] }]);
});

describe("a body's type", () => {
  it.each<[type: string | undefined, Partial<PageRequest>]>([
    ['text/plain;charset=UTF-8', { body: { content: 'a' } }],
    ['image/png', { body: { content: 'a', contentType: 'image/png' } }],
    [undefined, { body: { content: 'a', contentType: null } }],
    [undefined, { body: { content: 'a', isStream: true } }],
    [undefined, {}],
    ['text/x', { body: { content: 'a' }, headers: [['content-type', 'text/x']] }],
  ])('%j: %j', async (type, request) => {
    const { sent } = await play({ ...PAGE, method: 'POST', ...request });
    const types = sent[0]?.headers.filter(([name]) => name.toLowerCase() === 'content-type');
    expect(types?.map(([, value]) => value)).toEqual(type === undefined ? [] : [type]);
  });
});

describe('in mode no-cors', () => {
  const long = 'a'.repeat(100);
  it.each<[HeaderList, left: HeaderList]>([
    [[['X-A', '1']], []],
    [[['Authorization', '1']], []],
    [[['Range', 'bytes=0-']], []],
    [[['ACCEPT', '*/*']], [['ACCEPT', '*/*']]],
    [[['Accept-Language', 'en']], [['Accept-Language', 'en']]],
    [[['Content-Language', 'en']], [['Content-Language', 'en']]],
    [[['Content-Type', 'text/plain']], [['Content-Type', 'text/plain']]],
    [[['Content-Type', 'application/json']], []],
    [
      [
        ['Accept', long],
        ['accept', long],
      ],
      [['Accept', long]],
    ],
  ])('of %j, %j is left', async (headers, left) => {
    const { sent } = await play({ ...FOREIGN, mode: 'no-cors', headers });
    expect(sent[0]?.headers).toEqual(left);
  });

  it("the body's type is dropped, too", async () => {
    const body = { content: '{}', contentType: 'application/json' };
    const { sent } = await play({ ...PAGE, mode: 'no-cors', method: 'POST', body });
    expect(sent[0]?.headers).toEqual([['Origin', PAGE.origin]]);
  });
});

describe('repeated headers', () => {
  const headers: HeaderList = [
    ['X-A', '1'],
    ['x-a', '2'],
  ];

  it('are one line of an XMLHttpRequest, and of Chromium', async () => {
    const joined = [['X-A', '1, 2']];
    expect((await play({ ...PAGE, headers, api: 'xhr' })).sent[0]?.headers).toEqual(joined);
    expect((await play({ ...PAGE, headers }, PROFILES.chromium)).sent[0]?.headers).toEqual(joined);
  });

  it('stay several lines of fetch()', async () => {
    expect((await play({ ...PAGE, headers })).sent[0]?.headers).toEqual(headers);
  });
});

describe('a preflight that nothing but the flag asks for', () => {
  const xhr = { ...FOREIGN, api: 'xhr', method: 'POST' } as const;
  it.each<[method: string, PageRequest, keyof typeof PROFILES]>([
    ['OPTIONS', { ...xhr, uploadListener: true }, 'standard'],
    ['POST', { ...xhr, uploadListener: true }, 'chromium'],
    ['OPTIONS', { ...xhr, uploadListener: true, body: { content: '' } }, 'chromium'],
    ['POST', xhr, 'standard'],
    ['POST', { ...FOREIGN, method: 'POST', uploadListener: true }, 'standard'],
    ['OPTIONS', { ...FOREIGN, method: 'POST', body: { content: '', isStream: true } }, 'standard'],
  ])('%s first: %j in %s', async (method, request, profile) => {
    expect((await play(request, PROFILES[profile])).sent[0]?.method).toBe(method);
  });
});
