/**
 * Origins that a list must not let in, one audit for each mistake that would. They ask what a browser
 * concludes, so that a server may refuse in its own way.
 *
 * Security stands behind those that a browser sends for somebody else's page. What no browser sends
 * reaches nobody's session, whatever the server makes of it: to turn it away is our own opinion.
 */
import type { Audit } from '../audit.js';
import { cve, cwe, fetchStandard } from './clauses.js';
import { admitsNobody, stepsFor } from './expectations.js';
import * as characters from './origin-characters.js';
import * as inputs from './origin-inputs.js';
import { deniedOrigin, get, preflight } from './requests.js';

type ClassOfOrigins = Pick<Audit, 'id' | 'title' | 'clause' | 'why'>;

/** An audit of origins that are somebody else's page, for requests and for preflights. */
function deniedClass(audit: ClassOfOrigins, origins: readonly string[]): Audit {
  return {
    ...audit,
    level: 'must',
    basis: 'security',
    scenario: 'listed',
    requires: [],
    steps: [
      ...stepsFor(origins, get, admitsNobody),
      ...stepsFor(origins, (origin) => preflight(origin, { names: 'x-a' }), admitsNobody),
    ],
  };
}

/** The same of values that no browser sends. */
function unsentClass(audit: ClassOfOrigins, values: readonly string[]): Audit {
  return { ...deniedClass(audit, values), level: 'should', basis: 'project' };
}

/** Audits of origins that must be denied. */
export const origins: readonly Audit[] = [
  deniedClass(
    {
      id: 'origins/unlisted-is-denied',
      title: 'An origin that is not on the list is not granted',
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
      clause: cve('2024-27302'),
      why: 'Tests by prefix, by suffix or by a pattern with a bare dot have let in names that anybody can register.',
    },
    inputs.lookAlikes,
  ),
  unsentClass(
    {
      id: 'origins/concatenations-are-denied',
      title: 'Two listed origins, one after the other, are not granted',
      clause: fetchStandard('origin-header'),
      why: 'A match that begins in one entry and ends in another has skipped all that stands between them.',
    },
    inputs.concatenations,
  ),
  deniedClass(
    {
      id: 'origins/apex-is-no-subdomain',
      title: 'The apex is not among its subdomains',
      clause: cwe(346),
      why: 'Who allows the subdomains of a name has not allowed the name itself, which may belong to somebody else’s platform.',
    },
    inputs.apexes,
  ),
  deniedClass(
    {
      id: 'origins/trailing-dots-are-denied',
      title: 'A listed name with a dot behind it is another origin',
      clause: cwe(346),
      why: 'Browsers keep the dot and treat the two as different sites; with cookies and storage apart, so must the server.',
    },
    inputs.trailingDots,
  ),
  deniedClass(
    {
      id: 'origins/ports-are-compared',
      title: 'Other ports are not granted',
      clause: cve('2026-40110'),
      why: 'Another port is another program, often another user’s.',
    },
    inputs.ports,
  ),
  unsentClass(
    {
      id: 'origins/malformed-ports-are-denied',
      title: 'What is no port, or none that a browser spells out, is not granted',
      clause: fetchStandard('origin-header'),
      why: 'What follows the colon must be compared or read as a number, not skipped to the end of a pattern.',
    },
    inputs.malformedPorts,
  ),
  deniedClass(
    {
      id: 'origins/schemes-are-compared',
      title: 'Other schemes are not granted',
      clause: cwe(346),
      why: 'Who can write into a plain connection is every http: origin at once: https: must not be granted to them.',
    },
    inputs.schemes,
  ),
  unsentClass(
    {
      id: 'origins/url-parts-are-denied',
      title:
        'Paths, user names, queries and fragments do not belong in an origin, and a scheme does',
      clause: fetchStandard('origin-header'),
      why: 'A value that needs a URL parser to be understood will be understood differently by two of them.',
    },
    [...inputs.urlParts, ...inputs.withoutScheme],
  ),
  unsentClass(
    {
      id: 'origins/case-is-compared',
      title: 'Origins are compared with their case',
      clause: fetchStandard('origin-header'),
      why: 'Browsers send origins in lower case and compare the answer byte by byte: folding the case helps nobody and widens the match.',
    },
    characters.otherCase,
  ),
  deniedClass(
    {
      id: 'origins/punycode-twins-are-denied',
      title: 'Names that look like a listed one in another script are not granted',
      clause: cwe(1007),
      why: 'The ASCII form of a look-alike is another name, which anybody may own. Decoding it turns it into what looks like the real thing.',
    },
    characters.punycodeTwins,
  ),
  unsentClass(
    {
      id: 'origins/unicode-is-denied',
      title: 'Characters that look like listed ones, or fold into them, are not granted',
      clause: fetchStandard('origin-header'),
      why: 'Origins are ASCII. Normalising or decoding what comes in makes one name of many.',
    },
    characters.unicode,
  ),
  deniedClass(
    {
      id: 'origins/special-characters-are-denied',
      title: 'A special character does not end the name',
      clause: cwe(625),
      why: 'Some browsers resolve names with underscores, braces or backticks in them, so a pattern that stops at such a character can be bought for the price of a domain.',
    },
    characters.specialCharacters,
  ),
  unsentClass(
    {
      id: 'origins/delimiters-are-denied',
      title: 'White space and other characters that no name holds do not end it',
      clause: fetchStandard('origin-header'),
      why: 'A pattern that stops at what it does not know has not looked at the rest of the value.',
    },
    [...characters.delimiters, ...characters.innerSpace],
  ),
  deniedClass(
    {
      id: 'origins/null-is-denied',
      title: 'The origin null is not granted',
      clause: cve('2026-54290'),
      why: 'Any page can make itself null with a sandboxed frame: granting it grants everyone.',
    },
    ['null'],
  ),
  unsentClass(
    {
      id: 'origins/words-are-denied',
      title: 'Empty values, empty labels, words and the patterns themselves are not granted',
      clause: fetchStandard('origin-header'),
      why: 'A value that equals an entry of the configuration is not yet an origin; an empty or undefined one is a bug on its way.',
    },
    inputs.words,
  ),
  deniedClass(
    {
      id: 'origins/local-look-alikes-are-denied',
      title: 'Names and addresses that look like the listed local one are not granted',
      clause: cwe(346),
      why: 'localhost in the list means that name on any port, not whatever contains it or might resolve to the same place.',
    },
    inputs.localLookAlikes,
  ),
];
