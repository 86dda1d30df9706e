/**
 * Options beside the origin that must be refused when the server starts, what must be accepted, and
 * how a refusal is told.
 */
import type { Audit } from '../audit.js';
import { fetchStandard, rfc9110 } from './clauses.js';
import {
  forEachExpressible,
  misconfiguration,
  refusal,
  refusedAudit,
  shown,
  tryToStart,
} from './refusal.js';
import { nearMisses } from './accepted-values.js';
import * as values from './refused-values.js';

/** Audits of refused options. */
export const refusedOptions: readonly Audit[] = [
  refusedAudit(
    {
      id: 'refused-options/methods',
      title: 'Forbidden, malformed and wrongly spelt methods are refused',
      clause: rfc9110('9.1'),
      why: 'Methods are case-sensitive: patch on the list looks right, and blocks every PATCH.',
    },
    values.wrongMethods,
  ),
  refusedAudit(
    {
      id: 'refused-options/request-headers',
      title: 'Names that cannot be allowed request headers are refused',
      clause: fetchStandard('forbidden-request-header'),
      why: 'No page can send Cookie or Host itself; who lists them expects something that will not happen.',
    },
    values.wrongRequestHeaders,
  ),
  refusedAudit(
    {
      id: 'refused-options/exposed-headers',
      title: 'Names that cannot be exposed are refused, as is a star beside credentials',
      clause: fetchStandard('forbidden-response-header-name'),
      why: 'Browsers never show Set-Cookie, and read a star beside credentials as a header of that name.',
    },
    values.wrongExposedHeaders,
  ),
  refusedAudit(
    {
      id: 'refused-options/flags',
      title: 'Flags that are neither true nor false are refused',
      why: 'The text "false" from an environment variable is truthy, and turns on what it was meant to turn off.',
    },
    values.wrongFlags,
  ),
  refusedAudit(
    {
      id: 'refused-options/numbers',
      title:
        'Times beyond a day and statuses that fail the preflight are refused, as is what is no number',
      clause: fetchStandard('http-access-control-max-age'),
      why: 'Browsers drop a time that they cannot read, and ask again every five seconds; any status but 200 to 299 fails every preflight.',
    },
    [...values.wrongMaxAges, ...values.wrongStatuses],
  ),
  refusedAudit(
    {
      id: 'refused-options/unknown-names',
      title: 'Options that do not exist are refused',
      why: 'A limit under a misspelt name is no limit, and a grant under one never comes.',
    },
    values.unknownNames,
  ),
  {
    id: 'refused-options/near-misses-are-accepted',
    title: 'What is right, though close to what is refused, is accepted',
    level: 'should',
    basis: 'project',
    clause: misconfiguration,
    why: 'A check that cries wolf is turned off, with all the others.',
    scenario: 'any',
    requires: ['refuses-options'],
    check: async (context) => {
      await forEachExpressible(nearMisses, async (options) => {
        const refused = await tryToStart(context, refusal(options));
        context.assert(
          refused === null,
          `the server should have started with ${shown(options)}: ${refused?.message ?? ''}`,
        );
      });
    },
  },
  {
    id: 'refused-options/all-problems-at-once',
    title: 'Every problem in the options is reported at once',
    level: 'may',
    basis: 'project',
    clause: misconfiguration,
    why: 'Six mistakes should cost one restart, not six.',
    scenario: 'refused-for-six-mistakes',
    requires: ['refuses-options', 'javascript-values'],
    check: async ({ refusal, assert }) => {
      const problems: unknown =
        refusal !== undefined && 'problems' in refusal ? refusal.problems : undefined;
      assert(Array.isArray(problems), 'the error should list its `problems`');
      const paths = (problems as readonly { path?: unknown }[]).map(({ path }) => String(path));
      assert(
        new Set(paths).size === 6,
        `each of the six mistakes should be reported by its path, not ${JSON.stringify(paths)}`,
      );
      return Promise.resolve();
    },
  },
];
