/**
 * What scripts ask for: methods, headers and bodies, among them those that are just on one side of a
 * rule.
 */
import type { Header } from '@cors/browser';
import type { PageRequestBody } from '@cors/browser';
import type { Random } from './random.js';

/** What most scripts use. */
export const USUAL_METHODS: readonly (readonly [weight: number, method: string])[] = [
  [30, 'GET'],
  [16, 'POST'],
  [16, 'PUT'],
  [10, 'DELETE'],
  [10, 'PATCH'],
  [4, 'HEAD'],
];

/** The others; some of them throw. */
export const ODD_METHODS: readonly string[] = [
  ...['get', 'Post', 'head', 'put', 'pUT', 'delete', 'options', 'OPTIONS', 'patch', 'Patch'],
  ...['QUERY', 'query', 'PURGE', 'purge', 'PROPFIND', 'LOCK', 'FOO', 'foo', 'X-M', '*', "a'b", '!'],
  ...['CONNECT', 'connect', 'TRACE', 'trace', 'TRACK', 'GE T', '', 'GET,', 'M(', 'PÜT'],
];

/** Headers that everyday scripts set. */
export const USUAL_HEADERS: readonly Header[] = [
  ['Content-Type', 'application/json'],
  ['Content-Type', 'text/plain'],
  ['Authorization', 'Bearer abc'],
  ['X-Requested-With', 'XMLHttpRequest'],
  ['X-Test', '1'],
  ['x-b', 'two words'],
  ['Accept', 'application/json'],
  ['Accept-Language', 'en'],
  ['If-None-Match', '"1"'],
];

const UNSAFE_BYTES = Array.from('"():<>?@[\\]{}\u0001\u0008\u000b\u001f\u007f');
const OTHER_BYTES = Array.from("\t !#$%&'*+,-./09;=AZ^_`az|~\u0080\u00a0\u00e9\u00ff");

const CONTENT_TYPES = [
  ...['text/plain', 'TEXT/PLAIN', 'text/plain;', 'text/plain;charset=utf-8', 'text/plain ; a=b'],
  ...['text/plain; charset="utf-8"', 'text/plain, text/plain', 'text/plain,application/json'],
  ...['text/plain;a=\u00e9', 'text/plain\u00a0', 'text/plain;\t', 'text/plaintext', 'text'],
  ...['text/', '/plain', '', ' ', 'text /plain', '*/*', 'multipart/form-data; boundary=x'],
  ...[
    'multipart/form-data',
    'multipart/form-data; boundary="x"',
    'application/x-www-form-urlencoded',
  ],
  ...['application/x-www-form-urlencoded; charset=UTF-8', 'application/json', 'Application/JSON'],
  ...[
    'text/plain;charset=latin1',
    'text/plain;charset="latin1"',
    'text/plain;charset=latin1;a="b"',
  ],
  ...['application/xml', 'application/csp-report', 'message/ad-auction-trusted-signals-request'],
];

const RANGES = [
  ...[
    'bytes=0-',
    'bytes=0-0',
    'bytes=1-2',
    'bytes=2-1',
    'bytes=-1',
    'bytes=-',
    'bytes=',
    'Bytes=0-',
  ],
  ...[
    'BYTES=0-1',
    'bytes =0-1',
    'bytes= 0-1',
    'bytes=0 -1',
    'bytes=0-1,2-3',
    'bytes=0-1,',
    'items=0-1',
  ],
  ...[
    'bytes=9007199254740993-9007199254740992',
    'bytes=9223372036854775806-',
    'bytes=0-9223372036854775807',
    'bytes=18446744073709551615-',
    'bytes=18446744073709551616-',
    'bytes=01-1',
    'bytes',
  ],
];

const LANGUAGES = [
  'en',
  'en-US,en;q=0.9',
  'en_US',
  '*',
  '',
  'en@x',
  'en"',
  'en/us',
  'e\u00e9n',
  'a(b',
  'a:b',
];

/** Names whose values browsers may treat in their own way, with a value of the right form. */
const BROWSER_HEADERS: readonly Header[] = [
  ...(['DPR', 'Device-Memory', 'Width', 'Viewport-Width'] as const).map(
    (name) => [name, '2'] as const,
  ),
  ...(['RTT', 'Downlink', 'Save-Data', 'ECT'] as const).map(
    (name, index) => [name, ['100', '1.5', 'on', '4g'][index] ?? ''] as const,
  ),
  ['Save-Data', 'yes'],
  ['DPR', 'wide'],
  ['Intervention', 'x'],
  ['Last-Event-ID', '1'],
  ['User-Agent', 'x'],
  ['Upgrade-Insecure-Requests', '1'],
  ['Cache-Control', 'no-cache'],
  ['Pragma', 'no-cache'],
  ['Purpose', 'prefetch'],
  ['Priority', 'u=1'],
  ['X-Test', ''],
  ['X-Test', ' \t padded '],
  ['X-Test', '\u00ff\u0080'],
  ['x', 'short'],
  ["!#$%&'*+-.^_`|~", 'every mark of a token'],
  ['*', 'star'],
  ['X-Bad Name', 'throws'],
  ['X-Bad-Value', 'a\nb'],
  ['X-Bad-Value', '\u0100'],
  ['Cookie', 'a\nb'],
  ['Sec-Bad Name', 'throws'],
];

const FORBIDDEN_NAMES = [
  ...[
    'Accept-Charset',
    'Accept-Encoding',
    'Access-Control-Request-Headers',
    'Connection',
    'Cookie',
  ],
  ...[
    'Access-Control-Request-Method',
    'Content-Length',
    'Cookie2',
    'Date',
    'DNT',
    'Expect',
    'Host',
  ],
  ...[
    'Keep-Alive',
    'Origin',
    'Referer',
    'Set-Cookie',
    'TE',
    'Trailer',
    'Transfer-Encoding',
    'Upgrade',
  ],
  ...['Via', 'Proxy-Test', 'Proxy-', 'Sec-Test', 'Sec-CH-UA', 'Sec-Fetch-Mode', 'sec-', 'Section'],
  ...['Access-Control-Request-Private-Network', 'Access-Control-Request-Local-Network'],
];

const OVERRIDES = [
  'DELETE',
  'TRACE',
  'trace',
  'get, TRACK',
  '"TRACE"',
  'CONNECT,',
  'TRACEX',
  'get,,put',
];

/** One or more odd headers. */
export function oddHeaders(random: Random): readonly Header[] {
  const name = random.pick(['Accept', 'Accept-Language', 'Content-Language', 'Content-Type']);
  const start = name === 'Content-Type' ? 'text/plain;a=' : 'a';
  switch (random.below(12)) {
    case 0:
      return [[name, `${start}${random.pick(UNSAFE_BYTES)}b`]];
    case 1:
      return [[name, `${start}${random.pick(OTHER_BYTES)}b`]];
    case 2:
      return [['Content-Type', random.pick(CONTENT_TYPES)]];
    case 3:
      return [['Range', random.pick(RANGES)]];
    case 4:
      return [[random.pick(['Accept-Language', 'Content-Language']), random.pick(LANGUAGES)]];
    case 5:
      return [[name, start.padEnd(random.pick([127, 128, 129]), 'x')]];
    case 6:
      return longInTotal(random);
    case 7:
      return [[random.pick(FORBIDDEN_NAMES), random.pick(['1', 'x', 'chunked', 'GET'])]];
    case 8:
      return [
        [
          random.pick(['X-HTTP-Method', 'X-HTTP-Method-Override', 'x-method-override']),
          random.pick(OVERRIDES),
        ],
      ];
    case 9:
      return repeated(random);
    default:
      return [random.pick(BROWSER_HEADERS)];
  }
}

/** Safelisted one by one; together they come to about 1,024 bytes. */
function longInTotal(random: Random): readonly Header[] {
  const eight = Array.from({ length: 8 }, (_, index): Header => {
    const name = random.pick(['Accept', 'Accept-Language', 'Content-Language']);
    return [name, String(index).padEnd(128, 'a')];
  });
  return random.pick([eight, eight.slice(1), [...eight, ['Accept', 'a']]]);
}

function repeated(random: Random): readonly Header[] {
  const [name, value] = random.pick(USUAL_HEADERS);
  return random.pick<readonly Header[]>([
    [
      [name, value],
      [name, value],
    ],
    [
      [name, value],
      [name.toUpperCase(), `${value}2`],
    ],
    [
      ['Accept', 'a'.repeat(100)],
      ['accept', 'b'.repeat(100)],
    ],
    [
      ['Content-Type', 'text/plain'],
      ['Content-Type', 'application/json'],
    ],
    [
      ['Range', 'bytes=0-'],
      ['Range', 'bytes=1-'],
    ],
    [
      ['X-Test', ''],
      ['X-Test', ''],
    ],
  ]);
}

/** Bodies by what they bring along. */
export const BODIES: readonly PageRequestBody[] = [
  { content: 'text' },
  { content: '' },
  { content: 'a=b', contentType: 'application/x-www-form-urlencoded;charset=UTF-8' },
  { content: 'bytes', contentType: null },
  { content: '{}', contentType: 'application/json' },
  { content: 'x', contentType: 'text/plain' },
  { content: 'x', contentType: 'image/png' },
  { content: 'x', contentType: 'text/plain; charset="utf-8"' },
];
