import { describe, expect, it } from 'vitest';

import { authorRequestHeaders, isForbiddenRequestHeader } from '../src/index.js';

const NAMES =
  'Accept-Charset Accept-Encoding Access-Control-Request-Headers Access-Control-Request-Method ' +
  'Connection Content-Length Cookie Cookie2 Date DNT Expect Host Keep-Alive Origin Referer ' +
  'Set-Cookie TE Trailer Transfer-Encoding Upgrade Via';

describe('by name', () => {
  it.each(NAMES.split(' '))('%s is, in any case', (name) => {
    expect(isForbiddenRequestHeader(name, '')).toBe(true);
    expect(isForbiddenRequestHeader(name.toUpperCase(), 'x')).toBe(true);
  });

  it.each(['Proxy-', 'Proxy-Authorization', 'SEC-', 'Sec-Fetch-Mode', 'sec-ch-ua'])(
    '%s is, by its prefix',
    (name) => {
      expect(isForbiddenRequestHeader(name, 'x')).toBe(true);
    },
  );

  it.each([
    'Accept',
    'Authorization',
    'Content-Type',
    'User-Agent',
    'Cookie3',
    'Proxy',
    'Sec',
    'X-Sec-Fetch-Mode',
    'Access-Control-Allow-Origin',
    'Access-Control-Request-Private-Network',
    ' Cookie',
    '',
  ])('%j is not', (name) => {
    expect(isForbiddenRequestHeader(name, 'x')).toBe(false);
  });
});

describe('by value', () => {
  const names = ['X-HTTP-Method', 'x-http-method-override', 'X-METHOD-OVERRIDE'];

  it.each([
    'TRACE',
    'trace',
    'GET,TRACK',
    'GET , \tconnect\t ,',
    ',TRACE',
    '"a,b", TRACE',
    '"a\\\\",TRACE',
  ])('%j is', (value) => {
    for (const name of names) expect(isForbiddenRequestHeader(name, value)).toBe(true);
    expect(isForbiddenRequestHeader('X-Method', value)).toBe(false);
  });

  it.each([
    '',
    ',',
    'DELETE',
    'TRACE x',
    'GETTRACE',
    '"TRACE"',
    '"a, TRACE, b"',
    'x"TRACE',
    '"',
    '"\\',
    // An escaped quote does not end the string.
    '"a\\",TRACE',
  ])('%j is not', (value) => {
    for (const name of names) expect(isForbiddenRequestHeader(name, value)).toBe(false);
  });
});

describe('the headers of a script', () => {
  it('are trimmed, and dropped where they are forbidden', () => {
    expect(
      authorRequestHeaders([
        ['X-A', '\r\n\t 1 \u00a0 \n'],
        ['cookie', 'a=b'],
        ['X-HTTP-Method', '\nTRACE\n'],
        ['x-a', ''],
      ]),
    ).toEqual([
      ['X-A', '1 \u00a0'],
      ['x-a', ''],
    ]);
  });
});
