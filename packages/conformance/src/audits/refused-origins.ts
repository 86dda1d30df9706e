/**
 * Origins that must be refused when the server starts, and not served half-understood.
 */
import type { Audit } from '../audit.js';
import { cve, cwe, fetchStandard } from './clauses.js';
import { refusedAudit } from './refusal.js';
import * as values from './refused-origin-values.js';

/** Audits of refused origins. */
export const refusedOrigins: readonly Audit[] = [
  refusedAudit(
    {
      id: 'refused-options/any-origin-with-credentials',
      title: 'Any origin with credentials is refused, however it is written',
      clause: cve('2023-49803'),
      why: 'Obeyed, it opens every session to every site; taken literally, it works for nobody. Neither is what was meant.',
    },
    values.anyOriginWithCredentials,
    'refused',
  ),
  refusedAudit(
    {
      id: 'refused-options/star-beside-origins',
      title: 'A star beside other origins is refused',
      why: 'Whoever lists origins wants a limit, and the star takes it away without a word.',
    },
    values.starBesideOrigins,
  ),
  refusedAudit(
    {
      id: 'refused-options/no-origin',
      title: 'A missing or empty origin is refused',
      clause: cve('2023-49803'),
      why: 'An unset variable must not fall back to any origin, nor to a server that silently denies everyone.',
    },
    values.noOrigin,
  ),
  refusedAudit(
    {
      id: 'refused-options/origins-of-another-type',
      title: 'Booleans, numbers, objects and nested lists in place of an origin are refused',
      why: 'Whatever is neither text nor a list falls into some default, which tends to be the open one.',
    },
    values.wrongOriginTypes,
  ),
  refusedAudit(
    {
      id: 'refused-options/javascript-values-as-origins',
      title: 'A Set, a URL, a function in a list and regular expressions are refused',
      requires: ['javascript-values'],
      clause: cwe(843),
      why: 'Where any truthy value means any origin, a Set of trusted ones opens the server to all; and there are more ways to get a regular expression wrong than anybody checks.',
    },
    [...values.wrongJavaScriptOrigins, ...values.regularExpressions],
  ),
  refusedAudit(
    {
      id: 'refused-options/malformed-origins',
      title: 'What no browser sends as an origin is refused',
      clause: fetchStandard('origin-header'),
      why: 'A trailing slash, an upper-case letter or a default port never matches, and costs an afternoon to find.',
    },
    [
      ...values.malformedOrigins,
      ...values.malformedPorts,
      ...values.malformedAddresses,
      ...values.schemesWithoutOrigin,
    ],
  ),
  refusedAudit(
    {
      id: 'refused-options/null-unless-unlocked',
      title: 'The origin null is refused unless it is unlocked by name',
      clause: cwe(942),
      why: 'It looks like one origin and is everybody’s: any page can make itself null.',
    },
    values.lockedNull,
  ),
  refusedAudit(
    {
      id: 'refused-options/misplaced-stars',
      title: 'Stars anywhere but for whole subdomains or the port are refused',
      clause: cve('2019-25211'),
      why: 'Each library reads them differently. A star that is taken for text never matches, one that is taken for anything matches too much.',
    },
    values.misplacedStars,
  ),
  refusedAudit(
    {
      id: 'refused-options/insecure-origins-with-credentials',
      title: 'With credentials, http: to anything but this machine is refused',
      basis: 'security',
      clause: cwe(319),
      why: 'Whoever sits on the user’s network can be that origin, and would be handed the session of the https: site.',
    },
    values.insecureOrigins,
  ),
  refusedAudit(
    {
      id: 'refused-options/public-suffixes-with-credentials',
      title: 'With credentials, the subdomains of a public suffix are refused',
      basis: 'security',
      clause: cwe(942),
      why: 'Under such a name anybody can register, or already hosts: it is any origin in other words.',
    },
    values.publicSuffixes,
  ),
  refusedAudit(
    {
      id: 'refused-options/ancestors-of-public-suffixes-with-credentials',
      title: 'With credentials, the subdomains of what public suffixes are under are refused',
      basis: 'security',
      clause: cwe(942),
      why: 'A pattern of any depth reaches through amazonaws.com into the bucket of whoever rents one.',
    },
    values.ancestorsOfPublicSuffixes,
  ),
];
