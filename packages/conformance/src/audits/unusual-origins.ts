/**
 * Origins that are no plain names: addresses, other schemes, `null`, and names at the edge of what a
 * name can be.
 */
import type { Audit } from '../audit.js';
import { cwe, fetchStandard } from './clauses.js';
import {
  admitsAnonymous,
  admitsCredentialed,
  admitsNobody,
  admittedAndDenied,
  stepsFor,
} from './expectations.js';
import { allowedOrigin, deniedOrigin, get } from './requests.js';

/** `.b.example` after labels that make the whole name as long as asked. */
function subdomainOfLength(length: number): string {
  const suffix = '.b.example';
  const labels = `${'a'.repeat(49)}.`.repeat(5).slice(0, length - suffix.length);
  return `https://${labels.endsWith('.') ? `${labels.slice(0, -1)}a` : labels}${suffix}`;
}

/** Audits of unusual origins. */
export const unusualOrigins: readonly Audit[] = [
  {
    id: 'origins/addresses-are-admitted',
    title: 'IPv4 and IPv6 addresses are granted as browsers write them',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('origin-header'),
    why: 'Development servers and devices are reached by address; brackets and colons must not confuse the search for a port.',
    scenario: 'addresses',
    requires: [],
    steps: stepsFor(
      ['http://127.0.0.1:8080', 'http://[::1]', 'http://[::1]:3000', 'https://[2001:db8::1]'],
      get,
      admitsCredentialed,
    ),
  },
  {
    id: 'origins/other-addresses-are-denied',
    title: 'Other addresses, and listed ones on another port, are not granted',
    level: 'must',
    basis: 'security',
    clause: cwe(346),
    why: 'Another address is another machine, and another port another program.',
    scenario: 'addresses',
    requires: [],
    steps: stepsFor(
      [
        'http://127.0.0.1',
        'http://127.0.0.2:8080',
        'http://127.0.0.1.evil.test:8080',
        'http://[::2]:3000',
        'http://[::ffff:7f00:1]:3000',
        'https://[2001:db8::1]:8443',
        'https://[2001:db8::2]',
        'http://[2001:db8::1]',
      ],
      get,
      admitsNobody,
    ),
  },
  {
    id: 'origins/address-spellings-are-denied',
    title: 'Other spellings of a listed address are not granted',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('origin-header'),
    why: 'Browsers send one spelling of an address. Whatever parses the others widens the match to values that no browser vouches for.',
    scenario: 'addresses',
    requires: [],
    steps: stepsFor(
      [
        'http://127.1:8080',
        'http://127.0.0.01:8080',
        'http://2130706433:8080',
        'http://0x7f.0.0.1:8080',
        'http://127.0.0.1:8080.evil.test',
        'http://[0:0:0:0:0:0:0:1]:3000',
        'http://[::0001]:3000',
        'http://[::1',
        'http://::1:3000',
        'http://[::1].evil.test:3000',
        'http://[::1]x:3000',
        'http://[::ffff:127.0.0.1]:3000',
        'https://[2001:DB8::1]',
        'https://[2001:db8:0::1]',
        'https://[2001:db8::1%25eth0]',
      ],
      get,
      admitsNobody,
    ),
  },
  {
    id: 'origins/unusual-names-are-admitted',
    title: 'Listed names with an underscore, a trailing dot or punycode are granted as they stand',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('origin-header'),
    why: 'Browsers open such sites and send their names unchanged, whatever the grammar says of underscores.',
    scenario: 'unusual-names',
    requires: [],
    steps: admittedAndDenied(
      [
        'https://under_score.example',
        'https://dotted.example.',
        'https://xn--bcher-kva.example',
        'https://_x.sub.example',
      ],
      ['https://under-score.example', 'https://dotted.example', 'https://bucher.example'],
    ),
  },
  {
    id: 'origins/longest-names',
    title: 'A subdomain of 253 characters is granted; one of 254, which no name can have, is not',
    level: 'may',
    basis: 'project',
    clause: 'https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4',
    why: 'A bound on what is looked at must not cut into names that exist.',
    scenario: 'listed',
    requires: [],
    steps: admittedAndDenied([subdomainOfLength(253)], [subdomainOfLength(254)]),
  },
  {
    id: 'origins/custom-schemes-are-admitted',
    title: 'Listed origins of webviews and extensions are granted',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('origin-header'),
    why: 'Mobile and desktop shells send origins that URL parsers call opaque. A server that parses before it compares locks its own app out.',
    scenario: 'custom-schemes',
    requires: [],
    steps: stepsFor(
      [
        'capacitor://localhost',
        'tauri://localhost',
        'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
      ],
      get,
      admitsAnonymous,
    ),
  },
  {
    id: 'origins/custom-schemes-are-compared-whole',
    title: 'Origins of custom schemes are compared whole: scheme, host and port',
    level: 'must',
    basis: 'security',
    clause: cwe(346),
    why: 'Another extension is another author. Nothing about the host of an unknown scheme may be guessed.',
    scenario: 'custom-schemes',
    requires: [],
    steps: stepsFor(
      [
        'capacitor://localhost:80',
        'capacitor://localhost.evil.test',
        'capacitor://x.localhost',
        'ionic://localhost',
        'http://localhost',
        'https://localhost',
        'tauri://localhosts',
        'chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba',
        'moz-extension://abcdefghijklmnopabcdefghijklmnop',
      ],
      get,
      admitsNobody,
    ),
  },
  {
    id: 'origins/custom-schemes-are-compared-byte-by-byte',
    title: 'Other spellings of an origin of a custom scheme are not granted',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('origin-header'),
    why: 'A webview sends one spelling. Of an unknown scheme nobody knows what case means, or a slash.',
    scenario: 'custom-schemes',
    requires: [],
    steps: stepsFor(
      [
        'capacitor://localhost/',
        'capacitor://LOCALHOST',
        'Capacitor://localhost',
        'capacitor:localhost',
        'capacitor://',
      ],
      get,
      admitsNobody,
    ),
  },
  {
    id: 'origins/null-where-allowed',
    title: 'Where null is allowed by name it is granted, and still nothing else is',
    level: 'should',
    basis: 'fetch',
    clause: fetchStandard('http-access-control-allow-origin'),
    why: 'Local files and sandboxed frames have no other name. Allowing it must not loosen the rest of the list.',
    scenario: 'null-allowed',
    requires: [],
    steps: [
      ...stepsFor(['null', allowedOrigin], get, admitsAnonymous),
      ...stepsFor(['https://null', deniedOrigin], get, admitsNobody),
    ],
  },
  {
    id: 'origins/nothing-passes-for-null',
    title:
      'Where null is allowed, an empty value, another word or another case does not pass for it',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('origin-header'),
    why: 'null is a word, and not what a language calls nothing.',
    scenario: 'null-allowed',
    requires: [],
    steps: stepsFor(['NULL', 'Null', '', 'undefined', 'none'], get, admitsNobody),
  },
];
