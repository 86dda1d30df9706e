/**
 * Whom a server that has a list does not let in. What is demanded is what a browser concludes: a server
 * may refuse in its own way, and one that always names its single origin refuses all others by it.
 */
import type { Audit, Level } from '../audit.js';
import { cve, cwe, fetchStandard } from '../audits/clauses.js';
import { admitsNobody, stepsFor } from '../audits/expectations.js';
import { request } from '../audits/requests.js';
import { asking, probeAudit, subjectPreflight } from './ask.js';
import * as alike from './look-alikes.js';
import type { ProbeSubject } from './probe-options.js';

type Described = Pick<Audit, 'id' | 'title' | 'level' | 'clause' | 'why'>;

/** Audits of origins that are not to be let in; none for a server that is open to all. */
export function denialAudits(subject: ProbeSubject): readonly Audit[] {
  const { allowedOrigin, deniedOrigin, path } = subject;
  if (deniedOrigin === undefined) return [];

  const denied = (audit: Described, origins: readonly string[]): readonly Audit[] => {
    if (origins.length === 0) return [];
    const steps = [
      ...stepsFor(origins, (origin) => request('GET', path, origin), admitsNobody),
      ...stepsFor(origins, (origin) => subjectPreflight(subject, origin), admitsNobody),
    ];
    return [probeAudit({ ...audit, basis: 'security', check: asking(steps) })];
  };

  return [
    ...denied(
      {
        id: 'probe/denied-origin-is-denied',
        title: 'A page of the denied origin can neither read nor pass a preflight',
        level: 'must',
        clause: cve('2025-34291'),
        why: 'A server that reflects whatever origin it is shown lets every site act as its users.',
      },
      [deniedOrigin, 'https://evil.example'],
    ),
    ...denied(
      {
        id: 'probe/null-is-denied',
        title: 'The origin null is not let in',
        level: 'must',
        clause: cve('2026-54290'),
        why: 'Any page can make itself null with a sandboxed frame: to let it in is to let everyone in.',
      },
      ['null'],
    ),
    ...denied(
      {
        id: 'probe/look-alikes-are-denied',
        title: 'Names that begin, end or nearly read as the allowed one are not let in',
        level: 'must',
        clause: cve('2024-27302'),
        why: 'Tests by prefix, by suffix or by a pattern with a bare dot let in names that anybody can register.',
      },
      alike.lookAlikeNames(allowedOrigin),
    ),
    ...denied(
      {
        id: 'probe/special-characters-are-denied',
        title: 'A special character does not end the name',
        level: 'must',
        clause: cwe(625),
        why: 'Some browsers resolve names with underscores, braces or backticks in them, so a pattern that stops at such a character can be bought for the price of a domain.',
      },
      alike.specialCharacterNames(allowedOrigin),
    ),
    ...denied(
      {
        id: 'probe/other-schemes-are-denied',
        title: 'The allowed name by another scheme is not let in',
        level: schemeLevel(subject),
        clause: cwe(346),
        why: 'Who can write into a plain connection is every http: origin at once: what is meant for https: must not be granted to them.',
      },
      alike.otherSchemes(allowedOrigin),
    ),
    ...denied(
      {
        id: 'probe/subdomains-are-denied',
        title: 'A name under the allowed one is not let in',
        level: 'should',
        clause: cwe(346),
        why: 'It may belong to somebody else, or be taken over. Where subdomains are meant to be let in, list this audit as known to fail.',
      },
      alike.subdomains(allowedOrigin),
    ),
    ...denied(
      {
        id: 'probe/other-ports-are-denied',
        title: 'Another port of the allowed name is not let in',
        level: 'should',
        clause: cve('2026-40110'),
        why: 'Another port is another program, often another user’s. Where any port is meant to be let in, list this audit as known to fail.',
      },
      alike.otherPorts(allowedOrigin),
    ),
    ...denied(
      {
        id: 'probe/malformed-ports-are-denied',
        title: 'What is no port is not let in',
        level: 'should',
        clause: fetchStandard('origin-header'),
        why: 'What follows the colon must be compared or read as a number, not skipped to the end of a pattern.',
      },
      alike.malformedPorts(allowedOrigin),
    ),
    ...denied(
      {
        id: 'probe/trailing-dot-is-denied',
        title: 'The allowed name with a dot behind it is another origin',
        level: 'should',
        clause: cwe(346),
        why: 'Browsers keep the dot and treat the two as different sites.',
      },
      alike.trailingDot(allowedOrigin),
    ),
    ...denied(
      {
        id: 'probe/url-parts-are-denied',
        title: 'Paths, user names, queries and fragments do not belong in an origin',
        level: 'should',
        clause: fetchStandard('origin-header'),
        why: 'A value that needs a URL parser to be understood will be understood differently by two of them.',
      },
      alike.urlParts(allowedOrigin),
    ),
    ...denied(
      {
        id: 'probe/case-is-compared',
        title: 'The allowed origin in another case is not let in',
        level: 'should',
        clause: fetchStandard('origin-header'),
        why: 'Browsers send origins in lower case and compare the answer byte by byte: folding the case helps nobody and widens the match.',
      },
      alike.otherCase(allowedOrigin),
    ),
    ...denied(
      {
        id: 'probe/words-are-denied',
        title: 'Empty values, words and patterns are not let in',
        level: 'should',
        clause: fetchStandard('origin-header'),
        why: 'A value that equals an entry of the configuration is not yet an origin; an empty one is a bug on its way.',
      },
      alike.words,
    ),
  ];
}

/** With cookies, `http:` for `https:` hands the session to whoever is on the way. */
function schemeLevel({ allowedOrigin, credentials }: ProbeSubject): Level {
  return credentials && allowedOrigin.startsWith('https:') ? 'must' : 'should';
}
