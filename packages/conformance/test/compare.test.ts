import { describe, expect, test } from 'vitest';

import type { WireRequest, WireResponse } from '../src/audit.js';
import { compare } from '../src/compare.js';
import { corsProblems } from '../src/compare-cors.js';
import type { ExpectedCors, Expectation } from '../src/expectation.js';

type Lines = WireResponse['headers'];

const request: WireRequest = {
  method: 'GET',
  path: '/ok',
  headers: [['Origin', 'https://a.example']],
};

function problems(headers: Lines, expected: Expectation, rest: Partial<WireResponse> = {}) {
  const response = { status: 200, headers, body: '', interim: [], ...rest };
  return compare(request, response, expected);
}

describe('the six CORS fields', () => {
  const fields: Readonly<
    Record<string, { expected: ExpectedCors; right: readonly Lines[]; wrong: readonly Lines[] }>
  > = {
    'Access-Control-Allow-Origin': {
      expected: { allowOrigin: 'https://a.example' },
      right: [
        [['Access-Control-Allow-Origin', 'https://a.example']],
        [['access-control-allow-origin', 'https://a.example']],
      ],
      wrong: [
        [],
        [['Access-Control-Allow-Origin', '*']],
        [['Access-Control-Allow-Origin', 'https://A.example']],
        [['Access-Control-Allow-Origin', 'https://a.example/']],
        [['Access-Control-Allow-Origin', 'https://a.example, https://a.example']],
        [
          ['Access-Control-Allow-Origin', 'https://a.example'],
          ['access-control-allow-origin', 'https://a.example'],
        ],
      ],
    },
    'Access-Control-Allow-Credentials': {
      expected: { allowCredentials: 'true' },
      right: [[['Access-Control-Allow-Credentials', 'true']]],
      wrong: [
        [],
        [['Access-Control-Allow-Credentials', 'True']],
        [['Access-Control-Allow-Credentials', 'false']],
        [['Access-Control-Allow-Credentials', 'true, true']],
      ],
    },
    'Access-Control-Allow-Methods': {
      expected: { allowMethods: ['GET', 'PUT'] },
      right: [
        [['Access-Control-Allow-Methods', 'GET,PUT']],
        [['Access-Control-Allow-Methods', 'PUT ,\t GET']],
        [['Access-Control-Allow-Methods', ',GET,,PUT,']],
        [
          ['Access-Control-Allow-Methods', 'PUT'],
          ['Access-Control-Allow-Methods', 'GET'],
        ],
      ],
      wrong: [
        [],
        [['Access-Control-Allow-Methods', '']],
        [['Access-Control-Allow-Methods', 'GET']],
        [['Access-Control-Allow-Methods', 'GET, PUT, DELETE']],
        [['Access-Control-Allow-Methods', 'GET, put']],
        [['Access-Control-Allow-Methods', 'GET PUT']],
        [['Access-Control-Allow-Methods', '"GET", PUT']],
        [['Access-Control-Allow-Methods', 'GET, PUT, b\u00e9']],
        [['Access-Control-Allow-Methods', 'GET, PUT, *']],
      ],
    },
    'Access-Control-Allow-Headers': {
      expected: { allowHeaders: ['X-A', 'content-type'] },
      right: [
        [['Access-Control-Allow-Headers', 'x-a, Content-Type']],
        [['Access-Control-Allow-Headers', 'CONTENT-TYPE,X-A']],
      ],
      wrong: [
        [],
        [['Access-Control-Allow-Headers', 'x-a']],
        [['Access-Control-Allow-Headers', 'x-a, content-type, x-b']],
        [['Access-Control-Allow-Headers', 'x-a, content-type;q=1']],
      ],
    },
    'Access-Control-Expose-Headers': {
      expected: { exposeHeaders: ['X-A'] },
      right: [[['Access-Control-Expose-Headers', 'x-a']]],
      wrong: [
        [],
        [['Access-Control-Expose-Headers', '*']],
        [['Access-Control-Expose-Headers', 'x-a, a b']],
      ],
    },
    'Access-Control-Max-Age': {
      expected: { maxAge: 600 },
      right: [[['Access-Control-Max-Age', '600']], [['Access-Control-Max-Age', '0600']]],
      wrong: [
        [],
        [['Access-Control-Max-Age', '5']],
        [['Access-Control-Max-Age', '600.0']],
        [['Access-Control-Max-Age', '+600']],
        [['Access-Control-Max-Age', '']],
        [['Access-Control-Max-Age', '600, 600']],
        [
          ['Access-Control-Max-Age', '600'],
          ['Access-Control-Max-Age', '600'],
        ],
      ],
    },
  };

  for (const [name, { expected, right, wrong }] of Object.entries(fields)) {
    test.each(right)(`${name} is as expected: %j`, (...lines) => {
      expect(problems(lines, { cors: expected })).toEqual([]);
    });
    test.each([...wrong.map((lines) => [lines] as const)])(
      `${name} is not as expected: %j`,
      (lines) => {
        // By itself: the guard would blame repeated lines as well.
        expect(corsProblems(lines, expected).join('\n')).toContain(name);
      },
    );
    test(`${name} may not be there where it is not expected`, () => {
      const [lines = []] = right;
      expect(problems(lines, { cors: {} }).join('\n')).toContain(`${name} should be absent`);
      expect(problems(lines, {})).toEqual([]);
    });
    test(`${name} is compared alone where only it is asked for`, () => {
      const other = ['Access-Control-Expose-Headers', 'X-Other'] as const;
      const more = name === other[0] ? [] : [other];
      const [lines = []] = right;
      expect(problems([...lines, ...more], { someCors: expected })).toEqual([]);
      expect(problems(more, { someCors: expected }).join('\n')).toContain(name);
      expect(problems([...lines, ...more], { someCors: {} })).toEqual([]);
    });
  }

  test('an expected zero seconds is not an absent field', () => {
    expect(problems([['Access-Control-Max-Age', '0']], { cors: { maxAge: 0 } })).toEqual([]);
    expect(problems([], { cors: { maxAge: 0 } })).toHaveLength(1);
  });

  test('every difference is told, not the first alone', () => {
    const lines = [
      ['Access-Control-Allow-Origin', 'https://b.example'],
      ['Access-Control-Allow-Methods', 'GET, DELETE'],
    ] as const;
    const expected = { allowOrigin: 'https://a.example', allowMethods: ['GET', 'PUT'], maxAge: 1 };
    expect(problems(lines, { cors: expected })).toEqual([
      'Access-Control-Allow-Origin should be https://a.example, but is "https://b.example"',
      'Access-Control-Allow-Methods lacks PUT',
      'Access-Control-Allow-Methods should not hold DELETE',
      'Access-Control-Max-Age should be 1, but is absent',
    ]);
  });
});

describe('Vary', () => {
  const origin = { vary: { with: ['Origin'] } };
  test.each<[Lines, Expectation]>([
    [[['Vary', 'Origin']], origin],
    [[['vary', 'accept, ORIGIN']], origin],
    [
      [
        ['Vary', 'Accept'],
        ['Vary', 'origin'],
      ],
      origin,
    ],
    [[['Vary', '*']], origin],
    [[['Vary', '*, Accept']], { vary: '*' }],
    [[], { vary: { without: ['Origin'] } }],
    [[['Vary', 'Origin-Agent']], { vary: { without: ['Origin'] } }],
    [[['Vary', 'Origin, Accept']], { vary: { with: ['accept', 'origin'], without: ['Cookie'] } }],
    [[], {}],
  ])('%j meets %j', (lines, expected) => {
    expect(problems(lines, expected)).toEqual([]);
  });

  test.each<[Lines, Expectation, RegExp]>([
    [[], origin, /Vary should hold Origin, but is absent/],
    [[['Vary', 'Accept']], origin, /Vary should hold Origin/],
    [[['Vary', 'X-Origin']], origin, /Vary should hold Origin/],
    [[['Vary', 'Accept Origin']], origin, /no list of field names/],
    [
      [
        ['Vary', 'Origin'],
        ['Vary', '"x"'],
      ],
      origin,
      /no list of field names/,
    ],
    [[['Vary', 'Origin']], { vary: { without: ['origin'] } }, /should not hold origin/],
    [[['Vary', 'Origin']], { vary: '*' }, /should be \*/],
    [[], { vary: '*' }, /should be \*/],
    [[['Vary', '*']], { vary: { without: ['*'] } }, /should not hold \*/],
  ])('%j does not meet %j', (lines, expected, message) => {
    expect(problems(lines, expected).join('\n')).toMatch(message);
  });
});

describe('status, interim replies, body, application, other fields', () => {
  const reached = [['x-application', '/ok']] as const;
  const early = { interim: [{ status: 103, headers: [] }] };
  test.each<[Expectation, Lines, Partial<WireResponse>]>([
    [{ status: 204 }, [], { status: 204 }],
    [{ status: [200, 204] }, [], { status: 204 }],
    [{ body: 'ok' }, [], { body: 'ok' }],
    [{ reachedApplication: true }, reached, {}],
    [{ reachedApplication: false }, [], {}],
    [{ interim: [103] }, [], early],
    [{ interim: [] }, [], {}],
    [{}, [], early],
    [{ fields: { 'x-own': '1' } }, [['X-Own', '1']], {}],
    [
      { fields: { 'Set-Cookie': ['a=1', 'b=2'] } },
      [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
      {},
    ],
    [{ fields: { 'Content-Length': null } }, [], {}],
    [{ browser: { admits: 'anonymous' } }, [['Access-Control-Allow-Origin', '*']], {}],
  ])('%j is met', (expected, lines, rest) => {
    expect(problems(lines, expected, rest)).toEqual([]);
  });

  test.each<[Expectation, Lines, Partial<WireResponse>, RegExp]>([
    [{ status: 204 }, [], {}, /status should be 204, but is 200/],
    [{ status: [204, 403] }, [], {}, /status should be 204 or 403, but is 200/],
    [{ body: 'ok' }, [], { body: 'ok\n' }, /body should be "ok", but is "ok\\x0a"/],
    [{ body: '' }, [], { body: 'x'.repeat(999) }, /799 more characters/],
    [{ reachedApplication: true }, [], {}, /should have been reached/],
    [{ reachedApplication: false }, reached, {}, /should not have been reached/],
    [{ interim: [103] }, [], {}, /interim replies should be 103, but are none/],
    [{ interim: [] }, [], early, /interim replies should be none, but are 103/],
    [{ fields: { 'X-Own': '1' } }, [], {}, /X-Own should be "1", but is absent/],
    [
      { fields: { 'X-Own': '1' } },
      [
        ['X-Own', '1'],
        ['X-Own', '1'],
      ],
      {},
      /is "1" and "1"/,
    ],
    [
      { fields: { 'Set-Cookie': ['a=1', 'b=2'] } },
      [
        ['Set-Cookie', 'b=2'],
        ['Set-Cookie', 'a=1'],
      ],
      {},
      /Set-Cookie/,
    ],
    [
      { fields: { 'Content-Length': null } },
      [['content-length', '0']],
      {},
      /should be absent, but is "0"/,
    ],
    [{ browser: { admits: 'credentialed' } }, [['Access-Control-Allow-Origin', '*']], {}, /admit/],
  ])('%j is not met', (expected, lines, rest, message) => {
    expect(problems(lines, expected, rest).join('\n')).toMatch(message);
  });
});

describe('the guard on every reply, whatever is expected', () => {
  test.each<[string, Lines, RegExp]>([
    ['LF in a value', [['X', 'a\nb']], /X holds a control character: "a\\x0ab"/],
    ['CR in a value', [['X', 'a\rb']], /control character/],
    ['NUL in a value', [['X', '\0']], /control character/],
    ['VT in a value', [['X', '\x0b']], /control character/],
    ['ESC in a value', [['X', '\x1b[31m']], /\\x1b\[31m/],
    ['DEL in a value', [['X', '\x7f']], /control character/],
    ['a name that is no token', [['X Y', 'z']], /named "X Y"/],
    ['an empty name', [['', 'z']], /no token/],
    [
      'two Allow-Origin lines',
      [
        ['Access-Control-Allow-Origin', 'a'],
        ['access-control-allow-origin', 'b'],
      ],
      /2 lines: "a" and "b"/,
    ],
    [
      'two Allow-Credentials lines',
      [
        ['Access-Control-Allow-Credentials', 'true'],
        ['Access-Control-Allow-Credentials', 'true'],
      ],
      /2 lines/,
    ],
    [
      'two Max-Age lines',
      [
        ['Access-Control-Max-Age', '1'],
        ['Access-Control-Max-Age', '1'],
      ],
      /2 lines/,
    ],
  ])('%s', (_name, lines, message) => {
    expect(problems(lines, {}).join('\n')).toMatch(message);
    const interim = [{ status: 103, headers: lines }];
    expect(problems([], {}, { interim }).join('\n')).toMatch(/in the interim reply 103/);
  });

  test.each<[string, Lines]>([
    ['a tab in a value', [['X', 'a\tb']]],
    ['bytes beyond ASCII in a value', [['X', '\u00e9']]],
    [
      'several lines of a list',
      [
        ['Access-Control-Expose-Headers', 'a'],
        ['Access-Control-Expose-Headers', 'b'],
      ],
    ],
    ['any origin without credentials', [['Access-Control-Allow-Origin', '*']]],
    [
      'one origin with credentials',
      [
        ['Access-Control-Allow-Origin', 'https://a.example'],
        ['Access-Control-Allow-Credentials', 'true'],
      ],
    ],
  ])('%s is fine', (_name, lines) => {
    expect(problems(lines, {})).toEqual([]);
  });
});

test('a list of spaces is read in linear time', () => {
  const spaces = ' '.repeat(1_000_000);
  const lines = [['Access-Control-Allow-Methods', `GET${spaces},${spaces}PUT${spaces}x`]] as const;
  expect(problems(lines, { cors: { allowMethods: ['GET'] } }).join('\n')).toContain(
    'no list of tokens',
  );
});
