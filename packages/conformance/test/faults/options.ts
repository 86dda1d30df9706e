/** Faults in what is refused when the server starts: one class of mistakes each is let through. */
import { CorsConfigError, type CorsProblemCode, validateCorsOptions } from '@cors/core';

import type { Scenario, Target } from '../../src/index.js';
import { type Fault, faultsOf } from './fault.js';
import { inMemory } from './in-memory.js';

const sound = inMemory({});

/** A target that starts as `start` says where it is to refuse. */
function refusing(start: (options: unknown, scenario: Scenario) => Promise<unknown>): Target {
  return {
    ...sound,
    start: async (scenario) => {
      if (scenario.setup.kind === 'refused') await start(scenario.setup.options, scenario);
      return sound.start({
        ...scenario,
        ...(scenario.setup.kind === 'refused' && {
          setup: { kind: 'policy', policy: { origin: ['https://a.example'] } },
        }),
      });
    },
  };
}

/** Refuses what the engine refuses, but for these problems. */
function overlooking(...codes: readonly CorsProblemCode[]): Target {
  return refusing(async (options) => {
    const problems = validateCorsOptions(options).filter(({ code }) => !codes.includes(code));
    if (problems.length > 0) throw new CorsConfigError(problems);
  });
}

const fault = faultsOf('refused-options', (target: Target) => target);

export const optionFaults: readonly Fault[] = [
  fault(
    'any-origin-with-credentials',
    'Any origin with credentials is accepted.',
    overlooking('origin-any-with-credentials'),
    ['refused-options/any-origin-with-credentials'],
  ),
  fault(
    'any-among-others',
    'A star beside other origins is accepted.',
    overlooking('origin-any-among-others'),
    ['refused-options/star-beside-origins'],
  ),
  fault(
    'no-origin',
    'A missing or empty origin is accepted.',
    overlooking('origin-missing', 'origin-empty'),
    ['refused-options/no-origin', 'refused-options/javascript-values-as-origins'],
  ),
  fault('origin-types', 'An origin of any type is accepted.', overlooking('origin-type'), [
    'refused-options/origins-of-another-type',
    'refused-options/javascript-values-as-origins',
  ]),
  fault('regexp', 'Regular expressions are accepted.', overlooking('origin-regexp'), [
    'refused-options/javascript-values-as-origins',
  ]),
  fault('null', 'The origin null is accepted without the flag.', overlooking('origin-null'), [
    'refused-options/null-unless-unlocked',
  ]),
  fault(
    'url-parts',
    'A path behind an origin, or a user name in it, is accepted.',
    overlooking('origin-path', 'origin-userinfo'),
    [
      'refused-options/malformed-origins',
      'refused-options/misplaced-stars',
      'refused-options/all-problems-at-once',
    ],
  ),
  fault('port', 'Any text behind the colon is accepted.', overlooking('origin-port'), [
    'refused-options/malformed-origins',
  ]),
  fault(
    'several-in-one-text',
    'Several origins in one text are accepted.',
    overlooking('origin-several-in-one-string'),
    ['refused-options/malformed-origins'],
  ),
  fault(
    'no-scheme',
    'An origin without a scheme is accepted.',
    overlooking('origin-scheme-missing'),
    [
      'refused-options/malformed-origins',
      'refused-options/null-unless-unlocked',
      'refused-options/misplaced-stars',
    ],
  ),
  fault(
    'schemes',
    'Schemes of pages that send no origin are accepted.',
    overlooking('origin-scheme-refused'),
    ['refused-options/malformed-origins'],
  ),
  fault(
    'spelling',
    'An origin in another spelling than a browser’s is accepted.',
    overlooking('origin-not-serialized'),
    ['refused-options/malformed-origins', 'refused-options/all-problems-at-once'],
  ),
  fault(
    'malformed',
    'What is no host name, or too long for one, is accepted.',
    overlooking('origin-malformed', 'origin-too-long'),
    ['refused-options/malformed-origins'],
  ),
  fault('stars', 'Stars in any place are accepted.', overlooking('origin-wildcard'), [
    'refused-options/any-origin-with-credentials',
    'refused-options/misplaced-stars',
  ]),
  fault(
    'insecure',
    'With credentials, http: origins are accepted.',
    overlooking('origin-insecure'),
    ['refused-options/insecure-origins-with-credentials'],
  ),
  fault(
    'public-suffixes',
    'With credentials, subdomains of a public suffix are accepted.',
    overlooking('origin-public-suffix'),
    [
      'refused-options/public-suffixes-with-credentials',
      'refused-options/ancestors-of-public-suffixes-with-credentials',
    ],
  ),
  fault('list-types', 'A list of any type is accepted.', overlooking('list-type'), [
    'refused-options/methods',
    'refused-options/request-headers',
    'refused-options/exposed-headers',
  ]),
  fault(
    'several-names-in-one-text',
    'Several names in one text of a list are accepted.',
    overlooking('list-several-in-one-string'),
    ['refused-options/methods', 'refused-options/request-headers'],
  ),
  fault(
    'star-among-names',
    'A star beside other names of a list is accepted.',
    overlooking('list-any-among-others'),
    [
      'refused-options/methods',
      'refused-options/request-headers',
      'refused-options/exposed-headers',
    ],
  ),
  fault(
    'method-tokens',
    'What is no method is accepted as one.',
    overlooking('method-not-a-token'),
    ['refused-options/methods'],
  ),
  fault(
    'forbidden-methods',
    'Methods that no page can send are accepted.',
    overlooking('method-forbidden'),
    ['refused-options/methods'],
  ),
  fault('method-case', 'Methods in another case are accepted.', overlooking('method-case'), [
    'refused-options/methods',
    'refused-options/all-problems-at-once',
  ]),
  fault(
    'header-tokens',
    'What is no header name is accepted as one.',
    overlooking('header-not-a-token'),
    ['refused-options/request-headers', 'refused-options/exposed-headers'],
  ),
  fault(
    'forbidden-request-headers',
    'Request headers that no page can send are accepted.',
    overlooking('allowed-header-forbidden'),
    ['refused-options/request-headers', 'refused-options/all-problems-at-once'],
  ),
  fault(
    'forbidden-response-headers',
    'Response headers that no page can read are accepted.',
    overlooking('exposed-header-forbidden'),
    ['refused-options/exposed-headers'],
  ),
  fault(
    'exposed-star-with-credentials',
    'A star of exposed names beside credentials is accepted.',
    overlooking('exposed-any-with-credentials'),
    ['refused-options/exposed-headers'],
  ),
  fault('flags', 'Flags of any type are accepted.', overlooking('option-not-boolean'), [
    'refused-options/flags',
  ]),
  fault('max-age', 'Any time is accepted.', overlooking('max-age-invalid'), [
    'refused-options/numbers',
    'refused-options/all-problems-at-once',
  ]),
  fault('success-status', 'Any status is accepted.', overlooking('success-status-invalid'), [
    'refused-options/numbers',
  ]),
  fault('unknown', 'Options that do not exist are accepted.', overlooking('option-unknown'), [
    'refused-options/unknown-names',
    'refused-options/all-problems-at-once',
  ]),
  fault('no-options', 'No options at all are accepted.', overlooking('options-not-an-object'), [
    'refused-options/javascript-values-as-origins',
  ]),
  fault(
    'one-problem-at-a-time',
    'Only the first problem is reported.',
    refusing(async (options) => {
      const [first] = validateCorsOptions(options);
      if (first !== undefined) throw new CorsConfigError([first]);
    }),
    ['refused-options/all-problems-at-once'],
  ),
  fault(
    'loopback-refused',
    'With credentials, http: is refused for this machine too.',
    refusing(async (options) => {
      const problems = validateCorsOptions(options);
      const { origin, credentials } = (options ?? {}) as Record<string, unknown>;
      if (problems.length > 0) throw new CorsConfigError(problems);
      if (credentials === true && /^http:\/\/.*localhost/.test(String(origin))) {
        throw new Error('insecure');
      }
    }),
    ['refused-options/near-misses-are-accepted'],
  ),
];
