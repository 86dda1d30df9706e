/** Faults of matching: origins that get in for a listed one, which they are another form of. */
import { Buffer } from 'node:buffer';

import { type Fault, faultsOf } from './fault.js';
import { inMemory } from './in-memory.js';
import { isListed, rewritten } from './patterns.js';
import { admitting, readingOrigin } from './questions.js';

const fault = faultsOf('origins', inMemory);

export const originsLetInByForm: readonly Fault[] = [
  fault(
    'case-folded',
    'Origins are lower-cased before they are compared.',
    admitting((origin, patterns) => isListed(origin.toLowerCase(), patterns)),
    [
      'origins/address-spellings-are-denied',
      'origins/custom-schemes-are-compared-byte-by-byte',
      'origins/case-is-compared',
      'origins/denied-replies-are-bare',
    ],
  ),
  fault(
    'ports-ignored',
    'Any port passes where one or none is listed.',
    admitting((origin, patterns) =>
      isListed(
        origin,
        rewritten(patterns, () => ({ port: ':*' })),
      ),
    ),
    [
      'origins/every-listed-origin-is-admitted',
      'origins/subdomains-with-ports',
      'origins/other-addresses-are-denied',
      'origins/ports-are-compared',
      'origins/denied-replies-are-bare',
      'exact/list-actual-denied',
    ],
  ),
  fault(
    'ports-unchecked',
    'Where any port is listed, whatever follows the colon passes.',
    admitting((origin, patterns) =>
      isListed(
        origin.replace(/(?<=[a-z]):[^/]*$/, ':1'),
        patterns.filter((one) => /:\*$/.test(one)),
      ),
    ),
    [
      'origins/default-port-is-never-spelt-out',
      'origins/malformed-ports-are-denied',
      'origins/url-parts-are-denied',
      'origins/words-are-denied',
      'origins/denied-replies-are-bare',
      'hostile/long-origins',
    ],
  ),
  fault(
    'default-ports-spelt-out',
    'An origin with its default port spelt out passes for the one without.',
    admitting((origin, patterns) =>
      isListed(origin.replace(/^(https:.*):443$|^(http:.*):80$/, '$1$2'), patterns),
    ),
    [
      'origins/default-port-is-never-spelt-out',
      'origins/malformed-ports-are-denied',
      'origins/denied-replies-are-bare',
    ],
  ),
  fault(
    'http-for-https',
    'An http: origin passes where https: is listed.',
    admitting((origin, patterns) => isListed(origin.replace(/^http:/, 'https:'), patterns)),
    [
      'origins/subdomains-with-ports',
      'origins/subdomains-on-any-port',
      'origins/other-addresses-are-denied',
      'origins/schemes-are-compared',
      'origins/denied-replies-are-bare',
      'decisions/reasons-of-a-list',
    ],
  ),
  fault(
    'parsed-as-a-url',
    'What a URL parser makes of the value is compared, and not the value.',
    admitting(
      (origin, patterns) => URL.canParse(origin) && isListed(new URL(origin).origin, patterns),
    ),
    [
      'origins/default-port-is-never-spelt-out',
      'origins/address-spellings-are-denied',
      'origins/malformed-ports-are-denied',
      'origins/url-parts-are-denied',
      'origins/case-is-compared',
      'origins/unicode-is-denied',
      'origins/delimiters-are-denied',
      'origins/denied-replies-are-bare',
      'decisions/reasons-of-a-list',
    ],
  ),
  fault(
    'addresses-normalised',
    'Addresses are brought into one spelling before they are compared.',
    admitting((origin, patterns) => {
      if (!/^https?:\/\/[[0-9]/.test(origin) || !URL.canParse(origin)) return false;
      return isListed(new URL(origin).origin, patterns);
    }),
    ['origins/address-spellings-are-denied', 'origins/default-port-is-never-spelt-out'],
  ),
  fault(
    'compatibility-forms-folded',
    'Unicode is normalised before the comparison, and ignorable characters are dropped.',
    admitting((origin, patterns) => {
      const text = Buffer.from(origin, 'latin1').toString('utf8');
      return isListed(text.normalize('NFKC').replace(/[\u{ad}\u{200d}]/gu, ''), patterns);
    }),
    ['origins/unicode-is-denied', 'origins/denied-replies-are-bare'],
  ),
  fault(
    'trimmed',
    'White space of every kind is taken off before the comparison.',
    admitting((origin, patterns) => isListed(origin.trim(), patterns)),
    ['origins/unicode-is-denied', 'origins/denied-replies-are-bare'],
  ),
  fault(
    'patterns-are-origins',
    'A value that reads as an entry of the list does passes, stars and all.',
    admitting((origin, patterns) => patterns.includes(origin)),
    ['origins/words-are-denied', 'origins/denied-replies-are-bare'],
  ),
  fault(
    'nothing-is-null',
    'Where null is listed, an empty or undefined origin passes for it, in any case.',
    admitting(
      (origin, patterns) => patterns.includes('null') && /^(null|undefined)?$/i.test(origin),
    ),
    ['origins/nothing-passes-for-null'],
  ),
  fault(
    'custom-schemes-by-host',
    'Of an origin with a scheme of its own, only scheme and host name are compared.',
    admitting((origin, patterns) =>
      patterns.includes(/^([a-z-]+:\/\/[a-z]+)[:/]/.exec(origin)?.[1] ?? 'none'),
    ),
    [
      'origins/custom-schemes-are-compared-whole',
      'origins/custom-schemes-are-compared-byte-by-byte',
    ],
  ),
  fault(
    'members-of-objects',
    'The list is looked up in a plain object, with its inherited members.',
    admitting((origin) => origin in {}),
    ['origins/words-are-denied', 'origins/denied-replies-are-bare'],
  ),
  fault(
    'first-of-several',
    'Of several origins in one value the first one counts.',
    readingOrigin((origin) => origin.split(/[\s,]+/)[0] ?? ''),
    [
      'origins/several-in-one-value-are-denied',
      'origins/denied-replies-are-bare',
      'predicates/asked-only-about-origins',
      'decisions/reasons-of-a-list',
    ],
  ),
];
