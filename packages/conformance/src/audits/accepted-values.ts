/**
 * Options that are right, though close to what is refused.
 */
import { withCredentials, withOption } from './option-tables.js';

const origin = ['https://a.example'];

/** What is right, next to what is wrong. */
export const nearMisses: readonly unknown[] = [
  { origin: '*' },
  { origin: ['*'] },
  { origin: '*', methods: '*', allowedHeaders: '*', exposedHeaders: '*' },
  { origin: '*', methods: ['*'], exposedHeaders: ['*'] },
  { origin: '*', allowedHeaders: ['Authorization', '*'] },
  { origin: 'https://a.example', credentials: true, methods: '*', allowedHeaders: '*' },
  { origin, credentials: false, methods: [], allowedHeaders: [], exposedHeaders: [] },
  { origin: 'http://a.example' },
  { origin: 'http://*.a.example:*' },
  { origin: 'https://*.co.uk' },
  { origin: ['null'], dangerouslyAllowNullOrigin: true },
  { origin: ['http://a.example'], credentials: true, dangerouslyAllowInsecureOrigins: true },
  { origin: ['https://*.github.io'], credentials: true, dangerouslyAllowPublicSuffixes: true },
  {
    origin: 'https://a.example',
    credentials: true,
    dangerouslyAllowInsecureOrigins: true,
    dangerouslyAllowPublicSuffixes: true,
    dangerouslyAllowNullOrigin: true,
  },
  ...withCredentials(
    'http://localhost',
    'http://localhost:*',
    'http://*.localhost:*',
    'http://app.localhost:3000',
    'http://127.0.0.1:*',
    'http://127.255.255.254',
    'http://[::1]:*',
    'https://*.a.co.uk',
    'https://*.user.github.io',
    'https://*.bucket.s3.amazonaws.com',
    'https://*.local',
    'https://*.internal',
    'https://*.test',
    'https://*.example',
    'https://*.home.arpa',
    'https://*.a.example:*',
    'https://[2001:db8::1]',
    'https://192.168.0.1',
    'https://under_score.a.example',
    'https://a.example.',
    'https://xn--bcher-kva.example',
    'capacitor://localhost',
    'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
  ),
  ...withOption(
    'methods',
    ['PATCH'],
    ['QUERY'],
    ['X-CUSTOM'],
    ['x-custom'],
    ['GET', 'HEAD', 'POST'],
  ),
  ...withOption('allowedHeaders', ['Content-Type'], ['Authorization'], ['X-A', 'x-b']),
  ...withOption('exposedHeaders', ['X-Request-Id', 'ETag', 'Link'], ['Content-Length']),
  ...withOption('maxAge', 0, 5, 86_400),
  ...withOption('optionsSuccessStatus', 200, 204, 299),
  ...withOption('credentials', undefined, true),
];
