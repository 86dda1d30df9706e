/** Faults of matching: origins whose name is not on the list, and which get in. */
import type { DecideFault } from './engine-fault.js';
import { type Fault, faultsOf } from './fault.js';
import { inMemory } from './in-memory.js';
import { escaped, isListed, partsOf, rewritten } from './patterns.js';
import { admitting, isPreflight } from './questions.js';

const fault = faultsOf('origins', inMemory);

/** Longer than any origin in the suite that is not meant to be too long. */
const LONGEST = 200;

/** Admits in preflights alone. */
function admittingPreflights(matches: Parameters<typeof admitting>[0]): DecideFault {
  const admit = admitting(matches);
  return (question, engine, about) =>
    isPreflight(question) ? admit(question, engine, about) : engine(question);
}

export const originsLetInByName: readonly Fault[] = [
  fault(
    'preflights-from-any-port',
    'In preflights alone, any port passes where one or none is listed.',
    admittingPreflights((origin, patterns) =>
      isListed(
        origin,
        rewritten(patterns, () => ({ port: ':*' })),
      ),
    ),
    ['origins/ports-are-compared'],
  ),
  fault(
    'development-origins-left-in',
    'Two origins that were needed during development pass every list.',
    admitting((origin) => ['https://example.com', 'capacitor://localhost'].includes(origin)),
    ['origins/unlisted-is-denied'],
  ),
  fault(
    'null-is-trusted',
    'The origin null passes every list.',
    admitting((origin) => origin === 'null'),
    [
      'origins/unlisted-preflight-is-denied',
      'origins/null-is-denied',
      'origins/denied-replies-are-bare',
      'credentials/cookies-change-nothing',
      'exact/list-actual-denied',
      'exact/list-preflight-denied',
      'connections/one-after-the-other',
      'connections/at-once',
      'connections/exact-after-everything',
      'decisions/reasons-of-a-list',
      'decisions/fetch-metadata-never-grants',
    ],
  ),
  fault(
    'prefix',
    'An origin that begins as a listed one does is taken for it.',
    admitting((origin, patterns) => patterns.some((pattern) => origin.startsWith(pattern))),
    [
      'origins/every-listed-origin-is-admitted',
      'origins/other-addresses-are-denied',
      'origins/address-spellings-are-denied',
      'origins/custom-schemes-are-compared-whole',
      'origins/custom-schemes-are-compared-byte-by-byte',
      'origins/unlisted-preflight-is-denied',
      'origins/look-alikes-are-denied',
      'origins/concatenations-are-denied',
      'origins/trailing-dots-are-denied',
      'origins/ports-are-compared',
      'origins/malformed-ports-are-denied',
      'origins/url-parts-are-denied',
      'origins/unicode-is-denied',
      'origins/special-characters-are-denied',
      'origins/delimiters-are-denied',
      'origins/words-are-denied',
      'origins/several-in-one-value-are-denied',
      'origins/denied-replies-are-bare',
      'exact/list-actual-denied',
      'hostile/long-origins',
      'decisions/reasons-of-a-list',
    ],
  ),
  fault(
    'dot-before-the-name-forgotten',
    'Subdomains are found by the end of the name, without the dot before it.',
    admitting((origin, patterns) =>
      partsOf(patterns).some(
        ({ scheme, subdomains, host }) =>
          subdomains && new RegExp(`^${scheme}://[a-z0-9-]*${escaped(host)}$`).test(origin),
      ),
    ),
    [
      'origins/subdomains-on-any-port',
      'origins/unlisted-preflight-is-denied',
      'origins/look-alikes-are-denied',
      'origins/apex-is-no-subdomain',
      'origins/denied-replies-are-bare',
    ],
  ),
  fault(
    'dots-match-anything',
    'Patterns become regular expressions in which a dot stands for any character.',
    admitting((origin, patterns) =>
      partsOf(patterns).some(
        ({ scheme, subdomains, host, port }) =>
          port === '' &&
          origin.length <= LONGEST &&
          new RegExp(`^${scheme}://${subdomains ? '([a-z0-9-]+.)+' : ''}${host}$`).test(origin),
      ),
    ),
    [
      'origins/look-alikes-are-denied',
      'origins/url-parts-are-denied',
      'origins/denied-replies-are-bare',
    ],
  ),
  fault(
    'star-matches-anything',
    'The star of a pattern stands for any text, not only for labels of a name.',
    admitting((origin, patterns) =>
      partsOf(patterns).some(
        ({ scheme, subdomains, host, port }) =>
          subdomains &&
          origin.length <= LONGEST &&
          origin.startsWith(`${scheme}://`) &&
          origin.endsWith(`.${host}${port}`),
      ),
    ),
    [
      'origins/concatenations-are-denied',
      'origins/url-parts-are-denied',
      'origins/case-is-compared',
      'origins/unicode-is-denied',
      'origins/delimiters-are-denied',
      'origins/words-are-denied',
      'origins/denied-replies-are-bare',
    ],
  ),
  fault(
    'apex-among-subdomains',
    'The name itself passes as one of its subdomains.',
    admitting((origin, patterns) =>
      isListed(
        origin,
        rewritten(patterns, () => ({ subdomains: false })),
      ),
    ),
    [
      'origins/subdomains-with-ports',
      'origins/subdomains-on-any-port',
      'origins/subdomains-of-localhost',
      'origins/unlisted-preflight-is-denied',
      'origins/apex-is-no-subdomain',
      'origins/denied-replies-are-bare',
    ],
  ),
  fault(
    'every-name-has-subdomains',
    'Subdomains of listed names pass, whether or not the pattern has a star.',
    admitting((origin, patterns) =>
      isListed(
        origin,
        rewritten(patterns, ({ host }) => ({ subdomains: /[a-z]$/.test(host) })),
      ),
    ),
    [
      'origins/every-listed-origin-is-admitted',
      'origins/subdomains-with-ports',
      'origins/look-alikes-are-denied',
      'origins/local-look-alikes-are-denied',
      'origins/denied-replies-are-bare',
    ],
  ),
  fault(
    'alternatives-without-anchors',
    'The patterns are joined into one regular expression, whose anchors hold its ends only.',
    admitting((origin, patterns) => {
      const exact = patterns.filter((pattern) => !pattern.includes('*'));
      return exact.length > 0 && new RegExp(`^${exact.map(escaped).join('|')}$`).test(origin);
    }),
    [
      'origins/every-listed-origin-is-admitted',
      'origins/address-spellings-are-denied',
      'origins/custom-schemes-are-compared-whole',
      'origins/custom-schemes-are-compared-byte-by-byte',
      'exact/list-actual-denied',
    ],
  ),
  fault(
    'trailing-dots-stripped',
    'A dot at the end of the name is taken off.',
    admitting((origin, patterns) => isListed(origin.replace(/\.(?=:|$)/, ''), patterns)),
    ['origins/trailing-dots-are-denied', 'origins/denied-replies-are-bare'],
  ),
  fault(
    'loopback-is-one-machine',
    'Every name and address of this machine passes where localhost is listed.',
    admitting((origin, patterns) =>
      isListed(
        origin.replace(/^http:\/\/(127\.[\d.]+|\[::1\]|0|x\.localhost)(?=:)/, 'http://localhost'),
        patterns,
      ),
    ),
    ['origins/local-look-alikes-are-denied', 'origins/denied-replies-are-bare'],
  ),
  fault(
    'special-character-ends-the-name',
    'A listed name ends at any character that is no letter and no digit.',
    admitting((origin, patterns) =>
      patterns.some((pattern) => new RegExp(`^${escaped(pattern)}[^a-z0-9.:/]`).test(origin)),
    ),
    [
      'origins/url-parts-are-denied',
      'origins/unicode-is-denied',
      'origins/special-characters-are-denied',
      'origins/delimiters-are-denied',
      'origins/several-in-one-value-are-denied',
      'origins/denied-replies-are-bare',
      'hostile/long-origins',
      'decisions/reasons-of-a-list',
    ],
  ),
  fault(
    'empty-labels',
    'Labels of a name may be empty.',
    admitting((origin, patterns) =>
      isListed(origin.replace(/\/\/\.+/, '//x.').replace(/\.{2,}/, '.'), patterns),
    ),
    ['origins/words-are-denied', 'origins/denied-replies-are-bare'],
  ),
];
