import { describe, expect, it } from 'vitest';

import { corsCheck, type HeaderList } from '../src/index.js';
import { headerListOf, readVectors } from './vectors.js';

const vectors = readVectors('cors-check');

it.each(vectors)('$id: $reason', (vector) => {
  const { requestOrigin: origin, credentialsMode, responseHeaders, expected, reason } = vector;
  const result = corsCheck({ origin, credentialsMode }, { headers: headerListOf(responseHeaders) });
  expect(result).toMatchObject({ ok: expected === 'success', reason });
});

const ORIGIN = 'https://app.example.com';

describe('a failure gives the actual values', () => {
  it.each<[string, HeaderList, object]>([
    [
      'no header',
      [['Access-Control-Allow-Credentials', 'true']],
      { reason: 'missing-allow-origin', allowOrigin: null, allowCredentials: 'true' },
    ],
    [
      'two lines, which are one value',
      [
        ['Access-Control-Allow-Origin', ORIGIN],
        ['access-control-allow-origin', `\t${ORIGIN} `],
      ],
      {
        reason: 'origin-mismatch',
        allowOrigin: `${ORIGIN}, ${ORIGIN}`,
        allowCredentials: null,
      },
    ],
    [
      'credentials in another case',
      [
        ['Access-Control-Allow-Origin', ORIGIN],
        ['Access-Control-Allow-Credentials', 'TRUE'],
      ],
      { reason: 'allow-credentials-not-true', allowOrigin: ORIGIN, allowCredentials: 'TRUE' },
    ],
  ])('%s', (_title, headers, failure) => {
    expect(corsCheck({ origin: ORIGIN, credentialsMode: 'include' }, { headers })).toEqual({
      ok: false,
      origin: ORIGIN,
      ...failure,
    });
  });
});

describe('white space around a value', () => {
  it.each([' ', '\t', ' \t '])('is not part of it: %j', (space) => {
    const headers: HeaderList = [
      ['Access-Control-Allow-Origin', `${space}${ORIGIN}${space}`],
      ['Access-Control-Allow-Credentials', `${space}true${space}`],
    ];
    expect(corsCheck({ origin: ORIGIN, credentialsMode: 'include' }, { headers })).toEqual({
      ok: true,
      reason: 'origin-match-with-credentials',
    });
  });

  it.each(['\u000b', '\u000c', '\u00a0', '\ufeff', '\r', '\n'])(
    'is only SP and HTAB: %j',
    (space) => {
      const headers: HeaderList = [['Access-Control-Allow-Origin', `*${space}`]];
      expect(corsCheck({ origin: ORIGIN, credentialsMode: 'omit' }, { headers })).toMatchObject({
        ok: false,
        reason: 'origin-mismatch',
      });
    },
  );
});
