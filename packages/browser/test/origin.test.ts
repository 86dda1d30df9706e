import { describe, expect, it } from 'vitest';

import {
  isSameOrigin,
  originHeader,
  type OriginHeaderRequest,
  PROFILES,
  type ProfileName,
  type RedirectTaint,
  redirectTaint,
  serializeOrigin,
  serializeRequestOrigin,
} from '../src/index.js';
import { type OriginVector, readVectors } from './vectors.js';

const vectors = readVectors('origin-serialization');
const ofKind = (kind: OriginVector['kind']): OriginVector[] =>
  vectors.filter((vector) => vector.kind === kind);

/** URLs whose redirects have the taint, for the vectors that only name it. */
const URLS_BY_TAINT = {
  'same-origin': ['https://api.example/'],
  'same-site': ['https://api.example/', 'https://www.api.example/'],
  'cross-site': ['https://other.test/', 'https://api.example/'],
} as const;

/** Where a request came from to a URL, so that its redirects have the taint. */
function urlsBefore(url: string, taint: RedirectTaint = 'same-origin'): readonly string[] {
  if (taint === 'same-origin') return [];
  return [taint === 'cross-site' ? 'https://tainting.test/' : url.replace('://', '://tainting.')];
}

/** What is opaque in words, as something that has the origin. */
const OPAQUE: Readonly<Record<string, readonly [origin: string, ...urlList: string[]]>> = {
  'sandboxed iframe without allow-same-origin': ['null', 'https://api.example/'],
  'document from a data: URL': [serializeOrigin('data:text/html,x'), 'https://api.example/'],
  'opaque origin created by a response with CSP sandbox': ['null', 'https://api.example/'],
  'request whose redirect-taint is same-site': [
    'https://app.example',
    ...URLS_BY_TAINT['same-site'],
  ],
  'request whose redirect-taint is cross-site': [
    'https://app.example',
    ...URLS_BY_TAINT['cross-site'],
  ],
};

describe('the origin of a URL, or of what has none', () => {
  it.each(ofKind('serialize'))('$id: $url $opaque', ({ url, opaque, expectedOriginHeader }) => {
    if (url !== undefined) {
      expect(serializeOrigin(url)).toBe(expectedOriginHeader);
    } else {
      const [origin, ...urlList] = OPAQUE[opaque ?? '']!;
      expect(serializeRequestOrigin(origin, urlList)).toBe(expectedOriginHeader);
    }
  });
});

describe('redirect taint', () => {
  it.each<[RedirectTaint, origin: string, urlList: string[]]>([
    ['same-origin', 'https://app.example', ['https://app.example/', 'https://other.test/']],
    // What is opaque is no site, not even its own.
    ['cross-site', 'null', ['data:,a', 'https://api.example/']],
    // A dot at the end makes another site.
    ['cross-site', 'https://app.example', ['https://app.example./', 'https://other.test/']],
    ['cross-site', 'https://app.example', ['https://api.example./', 'https://api.example/']],
    ['same-site', 'https://app.example', ['https://api.example./', 'https://www.api.example./']],
    ['same-site', 'http://localhost:1', ['http://localhost:2/', 'http://localhost:3/']],
    ['same-site', 'http://[::1]:1', ['http://[::1]:2/', 'http://[::1]:3/']],
    ['cross-site', 'http://127.0.0.1:1', ['http://127.0.0.2/', 'http://127.0.0.3/']],
    ['cross-site', 'https://a.github.io', ['https://b.github.io/', 'https://c.github.io/']],
    ['cross-site', 'https://a.co.uk', ['https://b.co.uk/', 'https://a.co.uk/']],
    ['same-site', 'null', ['https://api.example/', 'https://www.api.example/']],
    ['same-origin', 'null', ['https://api.example/a', 'https://api.example/b']],
  ])('is %s for %s and %j', (taint, origin, urlList) => {
    expect(redirectTaint(origin, urlList)).toBe(taint);
  });

  it.each(ofKind('redirect-taint'))('$id: $urlList', (vector) => {
    const { requestOrigin, urlList, expectedTaint, expectedOriginHeader } = vector;
    expect(redirectTaint(requestOrigin, urlList)).toBe(expectedTaint);
    expect(serializeRequestOrigin(requestOrigin, urlList)).toBe(expectedOriginHeader);
  });
});

describe('the Origin header', () => {
  it.each(ofKind('origin-header'))('$id: $request', ({ request, expectedOriginHeader }) => {
    const { origin, mode, method, referrerPolicy, url } = request;
    const before = urlsBefore(url, request.redirectTaint);
    const isCors = mode === 'cors' && !isSameOrigin(origin, serializeOrigin(url));
    const tainting = request.responseTainting ?? (isCors ? 'cors' : 'basic');
    const urlList = [...before, url];
    expect(originHeader({ origin, mode, method, referrerPolicy, urlList, tainting })).toBe(
      expectedOriginHeader,
    );
  });

  it('hides the origin when no policy is set and the scheme gets worse', () => {
    const request = { origin: 'https://app.example', mode: 'no-cors', method: 'POST' } as const;
    const header = (url: string): string | null =>
      originHeader({ ...request, urlList: [url], tainting: 'opaque' });
    expect(header('https://api.example/')).toBe('https://app.example');
    expect(header('http://api.example/')).toBe('null');
  });
});

describe('the Origin header by mode', () => {
  const HERE = 'https://app.example';
  const FOREIGN = 'https://api.example';
  it.each<[string | null, ProfileName, Partial<OriginHeaderRequest>]>([
    [HERE, 'standard', { mode: 'websocket', urlList: [HERE] }],
    [HERE, 'standard', { mode: 'webtransport', urlList: [HERE] }],
    [null, 'standard', { mode: 'navigate', urlList: [FOREIGN] }],
    [
      HERE,
      'standard',
      { method: 'POST', referrerPolicy: 'unsafe-url', urlList: ['http://a.test'] },
    ],
    [HERE, 'standard', { method: 'POST', urlList: [HERE, FOREIGN] }],
    ['null', 'chromium', { method: 'POST', urlList: [HERE, FOREIGN] }],
    [HERE, 'chromium', { method: 'POST', urlList: [FOREIGN, `${FOREIGN}/b`] }],
    [HERE, 'chromium', { method: 'POST', mode: 'navigate', urlList: [HERE, FOREIGN] }],
  ])('is %s in %s for %j', (expected, profile, differing) => {
    const request = { origin: HERE, mode: 'no-cors', method: 'GET', tainting: 'opaque' } as const;
    expect(originHeader({ ...request, urlList: [FOREIGN], ...differing }, PROFILES[profile])).toBe(
      expected,
    );
  });
});

describe('sameness', () => {
  it.each([
    ['https://app.example', 'https://app.example', true],
    ['https://app.example', 'https://app.example:8443', false],
    ['https://app.example', 'http://app.example', false],
    ['null', 'null', false],
  ])('%s and %s: %s', (a, b, same) => {
    expect(isSameOrigin(a, b)).toBe(same);
  });
});

describe('the origin of odd URLs', () => {
  it.each([
    ['/a', 'null'],
    ['https://', 'null'],
    ['https://app.example:65536/', 'null'],
    ['https://app.example:65535/', 'https://app.example:65535'],
    ['http://app.example:80/', 'http://app.example'],
    ['https://app.example:80/', 'https://app.example:80'],
    ['wss://app.example:443/', 'wss://app.example'],
    ['http://0x7f.1/', 'http://127.0.0.1'],
    ['http://[::ffff:1.2.3.4]/', 'http://[::ffff:102:304]'],
    ['https://[2001:DB8:0:0:0:0:0:1]:443/', 'https://[2001:db8::1]'],
    ['blob:https://app.example:8443/x', 'https://app.example:8443'],
    ['blob:null/x', 'null'],
    ['blob:ftp://files.example/x', 'null'],
    ['blob:blob:https://app.example/x', 'null'],
    ['filesystem:https://app.example/temporary/x', 'null'],
    ['capacitor://localhost', 'null'],
    ['javascript:1', 'null'],
  ])('%s: %s', (url, origin) => {
    expect(serializeOrigin(url)).toBe(origin);
  });
});

it('knows a URL beyond ASCII, however often it is asked', () => {
  // An optimized URL.canParse of Node.js 20 does not.
  const origins = Array.from({ length: 20_000 }, () =>
    serializeOrigin('https://caf\u00e9.example/'),
  );
  expect(new Set(origins)).toEqual(new Set(['https://xn--caf-dma.example']));
});
