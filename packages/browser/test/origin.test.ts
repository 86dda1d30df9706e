import { describe, expect, it } from 'vitest';

import {
  isSameOrigin,
  originHeader,
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

it('has all its vectors', () => {
  expect(vectors).toHaveLength(79);
  expect(vectors.filter(({ contested }) => contested)).toHaveLength(0);
});

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
  it.each(ofKind('redirect-taint'))('$id: $urlList', (vector) => {
    const { requestOrigin, urlList, expectedTaint, expectedOriginHeader } = vector;
    expect(redirectTaint(requestOrigin, urlList)).toBe(expectedTaint);
    expect(serializeRequestOrigin(requestOrigin, urlList)).toBe(expectedOriginHeader);
  });
});

describe('the Origin header', () => {
  it.each(ofKind('origin-header'))('$id: $request', ({ request, expectedOriginHeader }) => {
    const { origin, mode, method, referrerPolicy, url } = request;
    const before = request.redirectTaint === 'cross-site' ? ['https://tainting.test/'] : [];
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

it('has no origin for what is no URL', () => {
  expect(serializeOrigin('/a')).toBe('null');
});

it('knows a URL beyond ASCII, however often it is asked', () => {
  // An optimized URL.canParse of Node.js 20 does not.
  const origins = Array.from({ length: 20_000 }, () =>
    serializeOrigin('https://caf\u00e9.example/'),
  );
  expect(new Set(origins)).toEqual(new Set(['https://xn--caf-dma.example']));
});
