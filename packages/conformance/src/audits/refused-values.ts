/**
 * Options beside the origin that no server may start with, by what is wrong with them.
 */
import { withOption } from './option-tables.js';

const origin = ['https://a.example'];

/** Methods that no page can send, or that are none. */
export const wrongMethods: readonly unknown[] = withOption(
  'methods',
  ['CONNECT'],
  ['TRACE'],
  ['track'],
  ['GET,PUT'],
  ['GET, PUT'],
  ['PUT '],
  [''],
  ['<PUT>'],
  ['put'],
  ['patch'],
  ['Delete'],
  [1],
  ['*', 'PUT'],
  'PUT',
  'GET,PUT',
  {},
  true,
);

/** Names that cannot be allowed request headers. */
export const wrongRequestHeaders: readonly unknown[] = [
  ...withOption(
    'allowedHeaders',
    ['x a'],
    ['x-a,x-b'],
    ['x-a, x-b'],
    ['x-a:'],
    ['x-a\r\nx-b'],
    [''],
    [1],
    ['Cookie'],
    ['host'],
    ['Origin'],
    ['Content-Length'],
    ['Sec-Fetch-Mode'],
    ['Proxy-Authorization'],
    ['Access-Control-Allow-Origin'],
    ['Access-Control-Request-Method'],
    ['*', 'X-A'],
    'X-A',
    'x-a,x-b',
    {},
  ),
  { origin, credentials: true, allowedHeaders: ['*', 'Authorization'] },
];

/** Names that cannot be exposed. */
export const wrongExposedHeaders: readonly unknown[] = [
  ...withOption(
    'exposedHeaders',
    ['x a'],
    ['x-a,x-b'],
    ['x-a\r\nx-b'],
    [''],
    [1],
    ['Set-Cookie'],
    ['Cookie'],
    ['Origin'],
    ['*', 'X-A'],
    'X-A',
    {},
  ),
  { origin, credentials: true, exposedHeaders: '*' },
  { origin, credentials: true, exposedHeaders: ['*'] },
];

/** Flags that are neither true nor false. */
export const wrongFlags: readonly unknown[] = [
  'credentials',
  'preflightContinue',
  'dangerouslyAllowInsecureOrigins',
  'dangerouslyAllowPublicSuffixes',
  'dangerouslyAllowNullOrigin',
].flatMap((name) => withOption(name, 'true', 'false', 1, 0, 'yes', {}, null));

/** Times that are none, or that no browser keeps. */
export const wrongMaxAges: readonly unknown[] = [
  ...withOption('maxAge', -1, 1.5, '600', '', 86_401, true, {}, null, [600]),
  ...withOption('maxAge', Number.NaN, Number.POSITIVE_INFINITY),
];

/** Statuses that make a browser fail the preflight, or that promise a body. */
export const wrongStatuses: readonly unknown[] = withOption(
  'optionsSuccessStatus',
  199,
  300,
  302,
  404,
  205,
  206,
  204.5,
  '204',
  0,
  null,
);

/** Names that the options do not have: those of other libraries, and slips. */
export const unknownNames: readonly unknown[] = [
  'allowOrigins',
  'origins',
  'allowMethods',
  'allowHeaders',
  'allowed_headers',
  'headers',
  'exposeHeaders',
  'maxage',
  'max_age',
  'Credentials',
  'supportsCredentials',
  'secureContext',
].flatMap((name) => withOption(name, true, ['X-A']));
