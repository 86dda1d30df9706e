/**
 * Origins that a list must let in, by the form of the entry that covers them, each beside the
 * neighbours that the entry does not cover.
 */
import type { Audit } from '../audit.js';
import { cwe, fetchStandard, ghsa } from './clauses.js';
import { admitsCredentialed, admitsNobody, admittedAndDenied, stepsFor } from './expectations.js';
import { allowedOrigin, get } from './requests.js';

/** Audits of the forms of an entry. */
export const originsAdmitted: readonly Audit[] = [
  {
    id: 'origins/exact-is-admitted',
    title: 'An origin that is listed is granted',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('cors-check'),
    why: 'The whole point: a page of the listed origin must be able to read the reply, with cookies where the policy says so.',
    scenario: 'listed',
    requires: [],
    steps: [{ request: get(allowedOrigin), expect: admitsCredentialed }],
  },
  {
    id: 'origins/every-listed-origin-is-admitted',
    title: 'Each origin of a list is granted, and none that mixes two of them',
    level: 'must',
    basis: 'fetch',
    clause: ghsa('vhxv-fg4m-p2w8'),
    why: 'A list is read to its end, and entry by entry: the head of one with the tail of another is neither.',
    scenario: 'several',
    requires: [],
    steps: admittedAndDenied(
      ['https://foo.com', 'https://bar.com', 'https://ported.example:8443'],
      [
        'https://barfoo.com',
        'https://foobar.com',
        'https://foo.com.bar.com',
        'https://ported.example',
        'https://ported.example:843',
        'https://ported.example:18443',
      ],
    ),
  },
  {
    id: 'origins/subdomains-are-admitted-at-any-depth',
    title: 'Subdomains are granted at any depth',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-access-control-allow-origin'),
    why: 'Tenants and previews live on subdomains; one that is a level deeper than the author thought of is blocked for no reason.',
    scenario: 'listed',
    requires: [],
    steps: stepsFor(
      [
        'https://x.b.example',
        'https://x.y.z.b.example',
        'https://a-b.b.example',
        'https://1.b.example',
        'https://b.b.example',
        'https://b.example.b.example',
        'https://xn--bcher-kva.b.example',
      ],
      get,
      admitsCredentialed,
    ),
  },
  {
    id: 'origins/any-port-is-admitted',
    title: 'Where any port is allowed, the default one is too',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-access-control-allow-origin'),
    why: 'Browsers leave the default port out: a pattern that insists on a colon blocks exactly that one.',
    scenario: 'listed',
    requires: [],
    steps: stepsFor(
      ['http://localhost', 'http://localhost:3000', 'http://localhost:1', 'http://localhost:65535'],
      get,
      admitsCredentialed,
    ),
  },
  {
    id: 'origins/default-port-is-never-spelt-out',
    title: 'A default port that is spelt out is no origin, even where any port is allowed',
    level: 'may',
    basis: 'project',
    clause: fetchStandard('origin-header'),
    why: 'No browser sends it. One spelling for each origin keeps caches and logs simple.',
    scenario: 'patterns',
    requires: [],
    steps: stepsFor(['https://any-port.example:443', 'http://127.0.0.1:80'], get, admitsNobody),
  },
  {
    id: 'origins/subdomains-with-ports',
    title:
      'Subdomains on one port are granted there and nowhere else, a name on any port with no other',
    level: 'must',
    basis: 'security',
    clause: cwe(346),
    why: 'Each part of a pattern must hold by itself: the right name on another port is another program, and any port is not any name.',
    scenario: 'patterns',
    requires: [],
    steps: admittedAndDenied(
      [
        'https://x.sub-ported.example:8443',
        'https://x.y.sub-ported.example:8443',
        'https://any-port.example',
        'https://any-port.example:8443',
      ],
      [
        'https://x.sub-ported.example',
        'https://x.sub-ported.example:8444',
        'https://sub-ported.example:8443',
        'https://x.sub.example:8443',
        'http://x.sub.example',
        'https://x.any-port.example',
        'https://any-port.example.evil.test:8443',
      ],
    ),
  },
  {
    id: 'origins/subdomains-on-any-port',
    title: 'Subdomains on any port are granted, and neither the apex nor another name is',
    level: 'must',
    basis: 'security',
    clause: cwe(346),
    why: 'Two wildcards in one pattern must not become one: what stands between them is the name that is trusted.',
    scenario: 'subdomains-on-any-port',
    requires: [],
    steps: admittedAndDenied(
      ['https://x.both.example', 'https://x.both.example:8443', 'https://x.y.both.example:1'],
      [
        'https://both.example',
        'https://both.example:8443',
        'http://x.both.example',
        'https://x.both.example.evil.test:8443',
        'https://xboth.example:8443',
      ],
    ),
  },
  {
    id: 'origins/subdomains-of-localhost',
    title: 'Subdomains of localhost on any port are granted, with credentials',
    level: 'should',
    basis: 'project',
    clause: 'https://www.rfc-editor.org/rfc/rfc6761#section-6.3',
    why: 'Development servers of several tenants run there. The names are this machine’s own, however public the suffix looks.',
    scenario: 'local-subdomains',
    requires: [],
    steps: admittedAndDenied(
      ['http://app.localhost', 'http://app.localhost:3000'],
      ['http://localhost:3000', 'https://app.localhost:3000'],
    ),
  },
];
