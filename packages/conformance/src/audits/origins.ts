/**
 * Origins that a list must not let in, one audit for each mistake that would. They ask what a browser
 * concludes, so that a server may refuse in its own way.
 */
import type { Audit } from '../audit.js';
import { cve, cwe, fetchStandard } from './clauses.js';
import { admitsNobody, stepsFor } from './expectations.js';
import * as characters from './origin-characters.js';
import * as inputs from './origin-inputs.js';
import { deniedOrigin, get, preflight } from './requests.js';

/** An audit of one class of origins under the scenario `listed`, for requests and for preflights. */
function deniedClass(
  audit: Pick<Audit, 'id' | 'title' | 'level' | 'clause' | 'why'>,
  origins: readonly string[],
): Audit {
  return {
    ...audit,
    basis: 'security',
    scenario: 'listed',
    requires: [],
    steps: [
      ...stepsFor(origins, get, admitsNobody),
      ...stepsFor(origins, (origin) => preflight(origin, { names: 'x-a' }), admitsNobody),
    ],
  };
}

/** Audits of origins that must be denied. */
export const origins: readonly Audit[] = [
  deniedClass(
    {
      id: 'origins/unlisted-is-denied',
      title: 'An origin that is not on the list is not granted',
      level: 'must',
      clause: cve('2025-34291'),
      why: 'A server that reflects whatever origin it is shown, with credentials, lets every site act as its users.',
    },
    [deniedOrigin, 'https://example.com', 'http://192.0.2.1:8080', 'capacitor://localhost'],
  ),
  {
    id: 'origins/unlisted-preflight-is-denied',
    title: 'A preflight from an origin that is not on the list does not pass',
    level: 'must',
    basis: 'security',
    clause: cwe(942),
    why: 'The preflight is what stands between a stranger’s page and a PUT with the user’s cookies.',
    scenario: 'listed',
    requires: [],
    steps: stepsFor(
      [deniedOrigin, 'https://a.example.evil.test', 'https://b.example', 'null'],
      (origin) => preflight(origin, { names: 'x-a' }),
      admitsNobody,
    ),
  },
  deniedClass(
    {
      id: 'origins/look-alikes-are-denied',
      title: 'Names that begin, end or nearly read like a listed one are not granted',
      level: 'must',
      clause: cve('2024-27302'),
      why: 'Tests by prefix, by suffix or by a pattern with a bare dot have let in names that anybody can register.',
    },
    [...inputs.lookAlikes, ...inputs.concatenations],
  ),
  deniedClass(
    {
      id: 'origins/apex-is-no-subdomain',
      title: 'The apex is not among its subdomains',
      level: 'must',
      clause: cwe(346),
      why: 'Who allows the subdomains of a name has not allowed the name itself, which may belong to somebody else’s platform.',
    },
    inputs.apexes,
  ),
  deniedClass(
    {
      id: 'origins/trailing-dots-are-denied',
      title: 'A listed name with a dot behind it is another origin',
      level: 'must',
      clause: cwe(346),
      why: 'Browsers keep the dot and treat the two as different sites; with cookies and storage apart, so must the server.',
    },
    inputs.trailingDots,
  ),
  deniedClass(
    {
      id: 'origins/ports-are-compared',
      title: 'Other ports are not granted',
      level: 'must',
      clause: cve('2026-40110'),
      why: 'Another port is another program, often another user’s.',
    },
    inputs.ports,
  ),
  deniedClass(
    {
      id: 'origins/malformed-ports-are-denied',
      title: 'What is no port, or none that a browser spells out, is not granted',
      level: 'should',
      clause: fetchStandard('origin-header'),
      why: 'What follows the colon must be compared or read as a number, not skipped to the end of a pattern.',
    },
    inputs.malformedPorts,
  ),
  deniedClass(
    {
      id: 'origins/schemes-are-compared',
      title: 'Other schemes are not granted',
      level: 'must',
      clause: cwe(346),
      why: 'Who can write into a plain connection is every http: origin at once: https: must not be granted to them.',
    },
    inputs.schemes,
  ),
  deniedClass(
    {
      id: 'origins/url-parts-are-denied',
      title:
        'Paths, user names, queries and fragments do not belong in an origin, and a scheme does',
      level: 'should',
      clause: fetchStandard('origin-header'),
      why: 'A value that needs a URL parser to be understood will be understood differently by two of them.',
    },
    [...inputs.urlParts, ...inputs.withoutScheme],
  ),
  deniedClass(
    {
      id: 'origins/case-is-compared',
      title: 'Origins are compared with their case',
      level: 'should',
      clause: fetchStandard('origin-header'),
      why: 'Browsers send origins in lower case and compare the answer byte by byte: folding the case helps nobody and widens the match.',
    },
    characters.otherCase,
  ),
  deniedClass(
    {
      id: 'origins/unicode-is-denied',
      title: 'Names that look like a listed one, or fold into it, are not granted',
      level: 'must',
      clause: cwe(1007),
      why: 'Origins are ASCII, and the ASCII form of a look-alike is another name. Normalising or decoding what comes in turns it into the real thing.',
    },
    [...characters.unicode, ...characters.punycodeTwins],
  ),
  deniedClass(
    {
      id: 'origins/special-characters-are-denied',
      title: 'A special character, or white space, does not end the name',
      level: 'must',
      clause: cwe(625),
      why: 'Some browsers resolve names with underscores, braces or backticks in them, so a pattern that stops at such a character can be bought for the price of a domain.',
    },
    [...characters.specialCharacters, ...characters.innerSpace],
  ),
  deniedClass(
    {
      id: 'origins/null-is-denied',
      title: 'The origin null is not granted',
      level: 'must',
      clause: cve('2026-54290'),
      why: 'Any page can make itself null with a sandboxed frame: granting it grants everyone.',
    },
    ['null'],
  ),
  deniedClass(
    {
      id: 'origins/words-are-denied',
      title: 'Empty values, empty labels, words and the patterns themselves are not granted',
      level: 'should',
      clause: fetchStandard('origin-header'),
      why: 'A value that equals an entry of the configuration is not yet an origin; an empty or undefined one is a bug on its way.',
    },
    inputs.words,
  ),
  deniedClass(
    {
      id: 'origins/local-look-alikes-are-denied',
      title: 'Names and addresses that look like the listed local one are not granted',
      level: 'must',
      clause: cwe(346),
      why: 'localhost in the list means that name on any port, not whatever contains it or might resolve to the same place.',
    },
    inputs.localLookAlikes,
  ),
];
