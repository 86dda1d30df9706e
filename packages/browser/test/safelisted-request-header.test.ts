import { describe, expect, it } from 'vitest';

import {
  authorRequestHeaders,
  corsUnsafeRequestHeaderNames,
  type Header,
  isCorsNonWildcardRequestHeaderName,
  isCorsSafelistedRequestHeader,
  PROFILES,
} from '../src/index.js';
import { ENGINES, readVectors, type SafelistVector } from './vectors.js';

const vectors = readVectors('safelisted-request-header');

// What browsers contest is here, too: the standard to the letter.
it.each(vectors)('$id', check);

const ofEngines = vectors.filter((vector) => vector.kind === 'single' && 'engines' in vector);
describe.each(ENGINES)('as %s has it', (profile) => {
  it.each(ofEngines)('$id', (vector) => {
    if (vector.kind !== 'single') throw new Error(`${vector.id} is a list`);
    const { name, value, safelisted, engines } = vector;
    expect(isCorsSafelistedRequestHeader(name, normalized(value), PROFILES[profile])).toBe(
      engines?.[profile] ?? safelisted,
    );
  });
});

/** A value as a script's call leaves it. */
function normalized(value: string): string {
  return authorRequestHeaders([['x', value]])[0]![1];
}

function check(vector: SafelistVector): void {
  switch (vector.kind) {
    case 'single':
      expect(isCorsSafelistedRequestHeader(vector.name, normalized(vector.value))).toBe(
        vector.safelisted,
      );
      break;
    case 'byte-class': {
      expect(vector.testedBytes).toBe('1..255 except 10 and 13');
      const bytes = Array.from({ length: 255 }, (_, index) => index + 1);
      const safelisted = bytes
        .filter((byte) => byte !== 10 && byte !== 13)
        .filter((byte) =>
          isCorsSafelistedRequestHeader(
            vector.name,
            vector.valueTemplate.replace('{}', () => String.fromCharCode(byte)),
          ),
        );
      expect(safelisted).toEqual(vector.safelistedBytes);
      break;
    }
    case 'header-list':
      expect(corsUnsafeRequestHeaderNames(vector.headers)).toEqual(vector.expectedUnsafeNames);
  }
}

describe('what is no byte, or cannot be in a value', () => {
  it.each(['\u0000', '\n', '\r', '\u0100', '\u2028', '😀', '\ud800'])('%j is not safe', (text) => {
    for (const name of ['accept', 'accept-language', 'content-language']) {
      expect(isCorsSafelistedRequestHeader(name, `a${text}b`)).toBe(false);
    }
    expect(isCorsSafelistedRequestHeader('content-type', `text/plain; a=${text}`)).toBe(false);
  });
});

describe('names', () => {
  it('match in any case, letters of ASCII only', () => {
    expect(isCorsSafelistedRequestHeader('ACCEPT', '*/*')).toBe(true);
    expect(isCorsNonWildcardRequestHeaderName('AUTHORIZATION')).toBe(true);
    // ſ and K become s and k in Unicode's cases.
    expect(isCorsSafelistedRequestHeader('accept-language\u017f', 'en')).toBe(false);
    expect(corsUnsafeRequestHeaderNames([['X-\u212a', '1']])).toEqual(['x-\u212a']);
    expect(corsUnsafeRequestHeaderNames([['X-\u00c0', '1']])).toEqual(['x-\u00c0']);
  });

  it.each(['Authorization ', 'Proxy-Authorization', 'X-Authorization', ''])(
    '%j is covered by a wildcard',
    (name) => {
      expect(isCorsNonWildcardRequestHeaderName(name)).toBe(false);
    },
  );
});

describe('MIME types', () => {
  it.each([
    ['text/plain', true],
    ['TEXT/PLAIN', true],
    ['text/plain;', true],
    ['text/plain \t;charset=utf-8', true],
    ['text/plain; charset', true],
    ['text/plain;;=;', true],
    ['text/plain;a=b,c', true],
    ['multipart/form-data;boundary=x', true],
    ['application/x-www-form-urlencoded', true],
    ['', false],
    ['text', false],
    ['text/', false],
    ['/plain', false],
    ['text /plain', false],
    ['text/ plain', false],
    ['text/plain/x', false],
    ['text/plain, text/plain', false],
    ['text/plain\u00a0', false],
    ['text/plain+json', false],
    ['*/*', false],
  ])('%j: %j', (value, safelisted) => {
    expect(isCorsSafelistedRequestHeader('Content-Type', value)).toBe(safelisted);
  });
});

it.each([
  ['Content-Type', 'text/plain;a=b,c'],
  ['Content-Type', 'text/plain;a=\u00e9'],
  ['Accept', '\u0080'],
  ['Accept', '\u00ff'],
])('Firefox finds %s: %s unsafe', (name, value) => {
  const isSafe = (['standard', ...ENGINES] as const).filter((profile) =>
    isCorsSafelistedRequestHeader(name, value, PROFILES[profile]),
  );
  expect(isSafe).toEqual(['standard', 'chromium', 'webkit']);
});

describe('ranges', () => {
  it.each([
    ['bytes=0-', true],
    ['bytes=0-0', true],
    ['bytes=007-7', true],
    ['bytes=9007199254740993-9007199254740993', true],
    // As numbers of double precision these two would be equal.
    ['bytes=9007199254740993-9007199254740992', false],
    ['bytes=1-0', false],
    ['bytes=-1', false],
    ['bytes=-', false],
    ['bytes=', false],
    ['Bytes=0-', false],
    ['bytes =0-', false],
    ['bytes=0 -', false],
    ['bytes=0-1,2-3', false],
    ['bytes=0-\n', false],
    ['bytes=٣-', false],
    ['bytes=+0-', false],
    ['bytes=0x1-', false],
  ])('%j: %j', (value, safelisted) => {
    expect(isCorsSafelistedRequestHeader('Range', value)).toBe(safelisted);
  });
});

describe('ranges that browsers cannot count to', () => {
  it.each([
    ['bytes=9223372036854775806-', ['standard', 'chromium', 'firefox', 'webkit']],
    ['bytes=0-9223372036854775806', ['standard', 'chromium', 'firefox', 'webkit']],
    ['bytes=9223372036854775807-', ['standard', 'firefox', 'webkit']],
    ['bytes=0-9223372036854775807', ['standard', 'firefox', 'webkit']],
    ['bytes=18446744073709551615-', ['standard', 'firefox', 'webkit']],
    ['bytes=18446744073709551616-', ['standard', 'webkit']],
    ['bytes=0-18446744073709551616', ['standard', 'webkit']],
  ] as const)('%s is safe in %j', (value, safe) => {
    const names = (['standard', ...ENGINES] as const).filter((name) =>
      isCorsSafelistedRequestHeader('Range', value, PROFILES[name]),
    );
    expect(names).toEqual(safe);
  });
});

describe('lengths', () => {
  it('stop at 128 bytes a value', () => {
    expect(isCorsSafelistedRequestHeader('Accept', 'a'.repeat(128))).toBe(true);
    expect(isCorsSafelistedRequestHeader('Accept', 'a'.repeat(129))).toBe(false);
    expect(isCorsSafelistedRequestHeader('Range', `bytes=${'0'.repeat(121)}-`)).toBe(true);
    expect(isCorsSafelistedRequestHeader('Range', `bytes=${'0'.repeat(122)}-`)).toBe(false);
  });

  it('stop at 1,024 bytes of safelisted values; the others do not count', () => {
    const eight: Header[] = Array.from({ length: 8 }, () => ['Accept', 'a'.repeat(128)]);
    const long: Header = ['X-Long', 'x'.repeat(5000)];
    expect(corsUnsafeRequestHeaderNames(eight)).toEqual([]);
    expect(corsUnsafeRequestHeaderNames([...eight, long])).toEqual(['x-long']);
    expect(corsUnsafeRequestHeaderNames([...eight, ['Accept-Language', 'e']])).toEqual([
      'accept',
      'accept-language',
    ]);
  });

  it('may be anything for a list of headers', () => {
    const many: Header[] = Array.from({ length: 200_000 }, (_, index) => ['Accept', String(index)]);
    expect(corsUnsafeRequestHeaderNames(many)).toEqual(['accept']);
  });
});
