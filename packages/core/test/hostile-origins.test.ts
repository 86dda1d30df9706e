import { describe, expect, it } from 'vitest';
import { policyP } from './policy-p.js';

/** What must get nothing under policy P, by the way that libraries were fooled. */
const HOSTILE: Readonly<Record<string, readonly string[]>> = {
  'prefixes and suffixes of a listed origin': [
    'https://evila.example',
    'https://a.example.evil.test',
    'https://a.examplecommunity',
    'https://a.exampl',
    'https://axexample',
    'https://evilb.example',
    'https://evil-b.example',
    'https://b.example',
    'https://.b.example',
    'https://..b.example',
    'https://x..b.example',
    'https://x.b.example.evil.test',
  ],
  'concatenations and trailing dots': [
    'https://a.examplehttps://a.example',
    'https://a.examplea.example',
    'https://a.example.',
    'https://x.b.example.',
    'https://a.example..',
  ],
  ports: [
    ...['443', '8443', '', '0', '00443', '443x', '65536', '99999', '4430', '-1'].flatMap((port) => [
      `https://a.example:${port}`,
      `https://x.b.example:${port}`,
    ]),
    ...['65536', '+80', '08', '80', '0', '', '1e3', '100000', '3000 ', '3000/', '٣'].map(
      (port) => `http://localhost:${port}`,
    ),
  ],
  schemes: [
    'http://a.example',
    'HTTPS://a.example',
    'ftp://a.example',
    'a.example',
    '//a.example',
    'https:/a.example',
    'https:a.example',
    'file://',
    'https://localhost:3000',
    'httpss://a.example',
    'xhttps://x.b.example',
    'https://https://a.example',
  ],
  'parts of a URL': [
    'https://a.example/',
    'https://a.example@evil.test',
    'https://u:p@x.b.example',
    'https://evil.test#.b.example',
    'https://evil.test?.b.example',
    'https://evil.test/.b.example',
    'https://evil.test\\.b.example',
    'https://evil.test:80.b.example',
    'https://[::1].b.example',
  ],
  'case and Unicode': [
    'https://A.EXAMPLE',
    'https://X.b.example',
    'https://x.B.example',
    'https://ａ.example',
    'https://х.b.example',
    'https://x。b.example',
    'https://x\u00ad.b.example',
    'https://\u00e4.b.example',
    'https://\u00c3\u00a4.b.example',
    'https://xn--e1a.example',
  ],
  'control characters and spaces': [
    '\0',
    '\t',
    '\v',
    '\r',
    '\n',
    '\r\n',
    ' ',
    '\u00a0',
    '\u2028',
  ].flatMap((c) => [
    `https://a.example${c}`,
    `${c}https://a.example`,
    `https://x${c}.b.example`,
    `https://x.b.example${c}`,
    `https://a.example${c}https://evil.test`,
  ]),
  'special characters before the attacker': [
    ...Array.from('_-,;!\'"(){}*&\\+=~$|^`<>[]%'),
    '%60',
    '%0b',
  ].flatMap((c) => [
    `https://a.example${c}.evil.test`,
    `https://a.example.${c}evil.test`,
    `https://x${c}.b.example.evil.test`,
  ]),
  'characters that are no host, below a listed domain': Array.from(',;!\'"(){}*&\\+=~$|^`<>%@').map(
    (c) => `https://x${c}.b.example`,
  ),
  'null and other words': [
    'null',
    'NULL',
    '',
    'undefined',
    '*',
    'true',
    'https://*.b.example',
    'http://localhost:*',
    'https://',
    'https://*',
  ],
  'local look-alikes': [
    'http://localhost.evil.test:3000',
    'http://localhost:3000.evil.test',
    'http://localhost:3000@evil.test',
    'http://127.1:3000',
    'http://127.0.0.1:3000',
    'http://localhost.:3000',
    'http://x.localhost:3000',
    'http://[::1]:3000',
  ],
  several: [
    'https://a.example https://evil.test',
    'https://a.example,https://evil.test',
    'https://evil.test, https://a.example',
    'https://a.example, https://a.example',
    'https://x.b.example,https://y.b.example',
  ],
  size: [
    `https://${'a'.repeat(8192)}.b.example`,
    `https://a.example${'x'.repeat(65_536)}`,
    `https://${'a.'.repeat(10_000)}b.example`,
    `https://${'a'.repeat(254 - '.b.example'.length)}.b.example`,
  ],
};

describe('an origin outside the policy', () => {
  const cors = policyP();
  for (const [kind, origins] of Object.entries(HOSTILE)) {
    it.each(origins.map((origin) => [origin.slice(0, 80), origin]))(`${kind}: %j`, (_, origin) => {
      const actual = cors.decide({ method: 'GET', headers: { origin } });
      expect(actual).toMatchObject({
        allowed: false,
        headers: {},
        vary: ['Origin'],
        respond: null,
      });
      const preflight = cors.decide({
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'PUT' },
      });
      expect(preflight).toMatchObject({
        kind: 'preflight',
        allowed: false,
        headers: {},
        vary: ['Origin'],
        respond: 403,
      });
    });
  }
});

describe('an origin inside the policy', () => {
  it.each([
    'https://a.example',
    'https://x.b.example',
    'https://x.y.z.b.example',
    'https://x_y.b.example',
    'https://-.b.example',
    'https://xn--4ca.b.example',
    'https://1.b.example',
    'http://localhost',
    'http://localhost:1',
    'http://localhost:3000',
    'http://localhost:443',
    'http://localhost:65535',
    `https://${'a'.repeat(253 - '.b.example'.length)}.b.example`,
    `https://${'a.'.repeat(121)}b.example`,
  ])('%s', (origin) => {
    expect(policyP().decide({ method: 'GET', headers: { origin } }).headers).toEqual({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Credentials': 'true',
    });
  });
});
