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
const ALL = ['standard', 'chromium', 'firefox', 'webkit'] as const;
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
    ['invalid-header', { headers: [['X-A', '\u0100']] }],
    ['invalid-header', { headers: [['X-A', '\u{1f600}']] }],
    // Before it is dropped as one that a script cannot set.
    ['invalid-header', { headers: [['Cookie', 'a\nb']] }],
    ['invalid-header', { headers: [['Sec-A B', '1']] }],
    ['invalid-header', { mode: 'no-cors', headers: [['X-A', 'a\nb']] }],
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
    { headers: [['Cookie', 'a=b']] },
    { headers: [['X-A', '\u00ff\t\u0001\u007f']] },
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

  it('a type that is dropped makes way for that of the text', async () => {
    const headers: HeaderList = [['Content-Type', 'application/json']];
    const request = { ...FOREIGN, method: 'POST', headers, body: { content: '{}' } } as const;
    const { sent } = await play({ ...request, mode: 'no-cors' });
    expect(sent[0]?.headers[0]).toEqual(['Content-Type', 'text/plain;charset=UTF-8']);
  });

  it.each(['ftp://api.example.com/', 'file:///a', 'blob:https://api.example.com/a'])(
    '%s is not asked for',
    async (url) => {
      for (const mode of ['no-cors', 'cors'] as const) {
        const { code, sent } = await play({ ...PAGE, mode, url });
        expect([code, sent]).toEqual(['non-http-scheme', []]);
      }
      expect((await play({ ...PAGE, mode: 'same-origin', url })).code).toBe('same-origin-mode');
    },
  );

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

describe('the charset of an XMLHttpRequest with text', () => {
  const xhr = { ...FOREIGN, api: 'xhr', method: 'POST', body: { content: 'a' } } as const;
  it.each<[set: string, sent: string, preflighted: (keyof typeof PROFILES)[]]>([
    ['text/plain', 'text/plain', []],
    ['text/plain;charset=utf-8', 'text/plain;charset=utf-8', []],
    ['text/plain;charset=latin1', 'text/plain;charset=UTF-8', []],
    ['TEXT/plain; CHARSET=latin1', 'text/plain;charset=UTF-8', []],
    ['text/plain;charset="utf-8"', 'text/plain;charset="utf-8"', [...ALL]],
    ['text/plain;charset="UTF-8"', 'text/plain;charset="UTF-8"', [...ALL]],
    ['text/plain;charset="latin1"', 'text/plain;charset=UTF-8', ['chromium', 'firefox']],
    ['text/plain;charset=latin1;a="b"', 'text/plain;charset=UTF-8;a=b', ['chromium', 'firefox']],
    [
      `text/plain;charset=latin1;${'a'.repeat(120)}`,
      'text/plain;charset=UTF-8',
      ['chromium', 'firefox'],
    ],
    ['text;charset=latin1', 'text;charset=latin1', [...ALL]],
  ])('%s becomes %s; preflighted in %j', async (set, sent, preflighted) => {
    const request: PageRequest = { ...xhr, headers: [['Content-type', set]] };
    const asked: string[] = [];
    for (const name of ALL) {
      const [first] = (await play(request, PROFILES[name])).sent;
      if (first?.method === 'OPTIONS') asked.push(name);
    }
    expect(asked).toEqual(preflighted);
    const own = await play({ ...request, url: PAGE.url });
    expect(own.sent[0]?.headers[0]).toEqual(['Content-type', sent]);
  });

  it('is replaced where it stands in Chromium, quotes and all', async () => {
    const type = 'text/plain; a=b;charset="latin1" ; mycharset=c; charset = x';
    const { sent } = await play(
      { ...xhr, url: PAGE.url, headers: [['Content-Type', type]] },
      PROFILES.chromium,
    );
    expect(sent[0]?.headers[0]?.[1]).toBe(
      'text/plain; a=b;charset="UTF-8" ; mycharset=c; charset = UTF-8',
    );
  });

  it('is replaced in the type only', async () => {
    const headers: HeaderList = [['X-Type', 'text/plain;charset=latin1']];
    const { sent } = await play({ ...xhr, url: PAGE.url, headers });
    expect(sent[0]?.headers[0]).toEqual(headers[0]);
  });

  it.each<[string, Partial<PageRequest>]>([
    ['fetch()', { api: 'fetch' }],
    ['bytes', { body: { content: 'a', contentType: null } }],
    ['a body with a type of its own', { body: { content: 'a', contentType: 'image/png' } }],
    ['no body', { body: null }],
  ])('is left alone with %s', async (_title, differing) => {
    const headers: HeaderList = [['Content-Type', 'text/plain;charset=latin1']];
    const { sent } = await play({ ...xhr, url: PAGE.url, headers, ...differing });
    expect(sent[0]?.headers[0]).toEqual(headers[0]);
  });
});
