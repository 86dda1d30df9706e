/**
 * Origins that no server may start with, by what is wrong with them.
 */
import { withCredentials } from './option-tables.js';

const origin = ['https://a.example'];

function withOrigins(...values: readonly unknown[]): readonly unknown[] {
  return values.flatMap((value) => [{ origin: value }, { origin: ['https://a.example', value] }]);
}

/** Any origin with credentials, in every way to write it. */
export const anyOriginWithCredentials: readonly unknown[] = [
  { origin: '*', credentials: true },
  { origin: ['*'], credentials: true },
  { origin: '*', credentials: true, dangerouslyAllowInsecureOrigins: true },
  { origin: '*', credentials: true, dangerouslyAllowPublicSuffixes: true },
  { origin: '*', credentials: true, dangerouslyAllowNullOrigin: true },
  { origin: ['https://*', 'http://*'], credentials: true },
];

/** A star beside other origins: which of them was meant? */
export const starBesideOrigins: readonly unknown[] = [
  { origin: ['*', 'https://a.example'] },
  { origin: ['https://a.example', '*'] },
];

/** No origin at all, as an unset variable or an empty setting gives it. */
export const noOrigin: readonly unknown[] = [
  {},
  { origin: '' },
  { origin: [] },
  { origin: [''] },
  { origin: null },
  { methods: ['PUT'] },
  { credentials: true },
];

/** What JSON can hold in place of an origin. */
export const wrongOriginTypes: readonly unknown[] = [
  { origin: true },
  { origin: false },
  { origin: 1 },
  { origin: {} },
  { origin: { origin: 'https://a.example' } },
  { origin: [['https://a.example']] },
  { origin: [true] },
  { origin: [null] },
  { origin: ['https://a.example', {}] },
];

/** What only JavaScript can hold in place of an origin. */
export const wrongJavaScriptOrigins: readonly unknown[] = [
  { origin: undefined },
  { origin: [undefined] },
  { origin: new Set(origin) },
  { origin: new Map([['https://a.example', true]]) },
  { origin: new URL('https://a.example') },
  { origin: [new URL('https://a.example')] },
  { origin: [() => true] },
  { origin: Symbol('https://a.example') },
  { origin: 1n },
  undefined,
];

/** Regular expressions, careful or not. */
export const regularExpressions: readonly unknown[] = [
  /^https:\/\/a\.example$/,
  /^https:\/\/a\.example$/g,
  /a\.example/,
  /^https:\/\/.*\.b.example$/,
  /^https:\/\/(a+)+\.b\.example$/,
].flatMap((pattern) => [{ origin: pattern }, { origin: [pattern] }]);

/** What is no origin as a browser sends it. */
export const malformedOrigins: readonly unknown[] = withOrigins(
  'a.example',
  '//a.example',
  'https:/a.example',
  'https://',
  'https://a.example/',
  'https://a.example/path',
  'https://a.example?query',
  'https://a.example#fragment',
  'https://user@a.example',
  'https://A.example',
  'HTTPS://a.example',
  'https://b\u{fc}cher.example',
  'https://a example',
  ' https://a.example',
  'https://a.example\n',
  'https://a..example',
  'https://.example',
  'https://a.example,https://c.example',
  'https://a.example, https://c.example',
  'https://a.example https://c.example',
  `https://${'a'.repeat(400)}.example`,
  'NULL',
  'undefined',
);

/** Ports that browsers leave out, or that are none. */
export const malformedPorts: readonly unknown[] = withOrigins(
  'https://a.example:443',
  'http://a.example:80',
  'https://a.example:',
  'https://a.example:0',
  'https://a.example:08443',
  'https://a.example:65536',
  'https://a.example:port',
  'https://*.b.example:443',
);

/** Addresses in another spelling than a browser's. */
export const malformedAddresses: readonly unknown[] = withOrigins(
  'http://[0:0:0:0:0:0:0:1]:3000',
  'http://[2001:DB8::1]',
  'http://[2001:db8:0::1]',
  'http://[::1',
  'http://::1',
  'http://127.1:3000',
  'http://127.0.0.01:3000',
  'http://2130706433:3000',
  'http://0x7f.0.0.1:3000',
  'http://1.2.3.4.5',
);

/** Schemes of pages that send no origin of their own. */
export const schemesWithoutOrigin: readonly unknown[] = withOrigins(
  'file://',
  'file://a.example',
  'ftp://a.example',
  'ws://a.example',
  'wss://a.example',
  'data://a',
  'blob:https://a.example',
  'javascript://a.example',
  'about://blank',
);

/** The origin null without the option that unlocks it, and the option's use for nothing else. */
export const lockedNull: readonly unknown[] = [
  { origin: 'null' },
  { origin: ['null'] },
  { origin: ['https://a.example', 'null'] },
  { origin: ['null'], dangerouslyAllowInsecureOrigins: true },
  { origin: ['null'], dangerouslyAllowPublicSuffixes: true },
  { origin: ['NULL'], dangerouslyAllowNullOrigin: true },
];

/** Stars where no pattern has one. */
export const misplacedStars: readonly unknown[] = withOrigins(
  'https://*',
  'http://*',
  'https://*:*',
  'https://a.*.com',
  'https://a.*',
  'https://*a.example',
  'https://a*.example',
  'https://*.*.a.example',
  'https://*.a.*.example',
  'https://**.a.example',
  'https://*.',
  '*.a.example',
  '*://a.example',
  'http*://a.example',
  'https://a.example:*0',
  'https://a.example:84*',
  'https://a.example*',
  'https://a.example/*',
  'https://*.127.0.0.1',
  'https://*.[::1]',
  'capacitor://*',
  'capacitor://*.localhost',
  'capacitor://localhost:*',
);

/** With credentials, http: to what anybody on the network can answer for. */
export const insecureOrigins: readonly unknown[] = withCredentials(
  'http://a.example',
  'http://a.example:3000',
  'http://a.example:*',
  'http://*.a.example',
  'http://localhost.a.example',
  'http://notlocalhost',
  'http://192.168.0.1',
  'http://10.0.0.1:8080',
  'http://128.0.0.1',
  'http://126.255.255.255',
  'http://[::2]',
  'http://[2001:db8::1]:3000',
);

/** With credentials, subdomains of names under which anybody can register. */
export const publicSuffixes: readonly unknown[] = withCredentials(
  'https://*.com',
  'https://*.com:*',
  'https://*.co.uk',
  'https://*.uk',
  'https://*.github.io',
  'https://*.vercel.app',
  'https://*.s3.amazonaws.com',
  'https://*.unlisted-label',
);

/** With credentials, subdomains of names that are above public suffixes. */
export const ancestorsOfPublicSuffixes: readonly unknown[] = withCredentials(
  'https://*.amazonaws.com',
  'https://*.windows.net',
);
