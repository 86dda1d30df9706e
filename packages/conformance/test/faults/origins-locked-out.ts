/** Faults of matching: origins that are on the list and do not get in. */
import { type Fault, faultsOf } from './fault.js';
import { inMemory } from './in-memory.js';
import { isListed, rewritten } from './patterns.js';
import { denying } from './questions.js';

const fault = faultsOf('origins', inMemory);

export const lockingOriginsOut: readonly Fault[] = [
  fault(
    'only-the-first-entry',
    'Only the first entry of a list counts.',
    denying((origin, patterns) => !isListed(origin, patterns.slice(0, 1))),
    [
      'origins/every-listed-origin-is-admitted',
      'origins/subdomains-are-admitted-at-any-depth',
      'origins/any-port-is-admitted',
      'origins/subdomains-with-ports',
      'origins/addresses-are-admitted',
      'origins/unusual-names-are-admitted',
      'origins/longest-names',
      'origins/custom-schemes-are-admitted',
      'origins/null-where-allowed',
      'exact/list-actual-allowed',
      'unusual-replies/shared-response',
      'connections/one-after-the-other',
      'connections/at-once',
      'connections/exact-after-everything',
      'decisions/reasons-of-a-list',
      'decisions/what-is-no-cors-is-no-denial',
    ],
  ),
  fault(
    'one-label-deep',
    'Subdomains are found one level deep only.',
    denying((origin, patterns) =>
      rewritten(patterns, () => ({}))
        .filter((pattern) => pattern.includes('*.'))
        .some((pattern) => isListed(origin.replace(/\/\/[^.]+\.[^.]+\./, '//x.'), [pattern])),
    ),
    [
      'origins/subdomains-are-admitted-at-any-depth',
      'origins/subdomains-with-ports',
      'origins/longest-names',
    ],
  ),
  fault(
    'default-port-denied',
    'Where any port is listed, a colon is insisted on.',
    denying((origin, patterns) => {
      const portless = patterns.filter((pattern) => !pattern.endsWith(':*'));
      return /^http/.test(origin) && !/:\d+$/.test(origin) && !isListed(origin, portless);
    }),
    [
      'origins/any-port-is-admitted',
      'origins/subdomains-with-ports',
      'origins/addresses-are-admitted',
      'decisions/reasons-of-a-list',
    ],
  ),
  fault(
    'subdomains-without-ports',
    'A pattern with a star for subdomains and a port never matches.',
    denying((origin, patterns) =>
      isListed(origin, [
        'https://unused.invalid',
        ...patterns.filter((pattern) => /\*\..*:/.test(pattern)),
      ]),
    ),
    ['origins/subdomains-with-ports'],
  ),
  fault(
    'ipv6-denied',
    'The port is searched for at the first colon of an address.',
    denying((origin) => origin.includes('[')),
    ['origins/addresses-are-admitted'],
  ),
  fault(
    'underscores-denied',
    'Names with an underscore are taken for malformed.',
    denying((origin) => origin.includes('_')),
    ['origins/unusual-names-are-admitted'],
  ),
  fault(
    'custom-schemes-parsed',
    'Origins with a scheme of their own are denied, as URL parsers call them opaque.',
    denying((origin) => !/^(https?:|null$)/.test(origin)),
    ['origins/custom-schemes-are-admitted', 'decisions/reasons-of-a-list'],
  ),
  fault(
    'long-names-denied',
    'Names of more than 200 characters are denied.',
    denying((origin) => origin.length > 200),
    ['origins/longest-names'],
  ),
  fault(
    'null-never-granted',
    'The origin null is denied where it is listed.',
    denying((origin) => origin === 'null'),
    ['origins/null-where-allowed', 'decisions/reasons-of-a-list'],
  ),
];
