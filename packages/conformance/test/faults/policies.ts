/** Faults where more than one policy is at hand: chosen, applied twice, or in conflict. */
import type { Scenario, ScenarioPolicy } from '../../src/index.js';
import { type Fault, faultsOf } from './fault.js';
import { type FetchFault, inMemory, isGranted, withoutVaryOrigin } from './in-memory.js';

const chosen = faultsOf('chosen-policies', inMemory);
const stacked = faultsOf('stacked-policies', inMemory);

type Chosen = Extract<Scenario['setup'], { kind: 'chosen' }>;
type Stacked = Extract<Scenario['setup'], { kind: 'stacked' }>;

/** Choices of a policy that go wrong. */
function choosing(change: (setup: Chosen) => Chosen): FetchFault {
  return {
    scenario: (scenario) =>
      scenario.setup.kind === 'chosen' ? { ...scenario, setup: change(scenario.setup) } : scenario,
  };
}

/** One policy where two are stacked. */
function instead(choose: (setup: Stacked) => ScenarioPolicy): FetchFault {
  return {
    scenario: (scenario) =>
      scenario.setup.kind === 'stacked'
        ? { ...scenario, setup: { kind: 'policy', policy: choose(scenario.setup) } }
        : scenario,
  };
}

function withoutPolicies(setup: Chosen): Chosen {
  const policies: Record<string, false> = {};
  for (const name of Object.keys(setup.policies)) policies[name] = false;
  return { ...setup, when: 'now', policies };
}

/** The request as if it were for the policy `a`, where it is for another. */
function forTheFirst(request: Request): Request {
  const url = request.url.replace(/\/(c|any)\/ok$/, '/a/ok');
  return url === request.url
    ? request
    : new Request(url, { method: request.method, headers: request.headers });
}

const isPreflight = ({ method, headers }: Request): boolean =>
  method === 'OPTIONS' && headers.has('Access-Control-Request-Method');

export const policyFaults: readonly Fault[] = [
  chosen(
    'first-for-everyone',
    'Whatever is chosen, the first policy is in force.',
    { request: (request) => (isPreflight(request) ? request : forTheFirst(request)) },
    [
      'chosen-policies/each-request-gets-its-own',
      'chosen-policies/a-later-choice-is-waited-for',
      'decisions/reasons-of-choices',
    ],
  ),
  chosen(
    'preflights-get-the-first',
    'For a preflight the first policy is in force, since its route is not known.',
    { request: (request) => (isPreflight(request) ? forTheFirst(request) : request) },
    ['chosen-policies/preflights-get-the-same', 'chosen-policies/a-later-choice-is-waited-for'],
  ),
  chosen(
    'promise-is-none',
    'A policy that is chosen later is not waited for.',
    choosing((setup) => (setup.when === 'later' ? withoutPolicies(setup) : setup)),
    ['chosen-policies/a-later-choice-is-waited-for'],
  ),
  chosen(
    'none-denies',
    'Where no policy is chosen the handler’s CORS fields are removed.',
    choosing((setup) => ({
      ...setup,
      policies: { ...setup.policies, none: { origin: ['https://nobody.invalid'] } },
    })),
    ['chosen-policies/none-leaves-the-reply-alone', 'decisions/reasons-of-choices'],
  ),
  chosen(
    'no-vary-without-policy',
    'Where no policy is chosen the reply does not vary.',
    {
      reply: (reply, { request }) =>
        request.url.includes('/none/') ? withoutVaryOrigin(reply) : undefined,
    },
    ['chosen-policies/every-reply-varies'],
  ),
  chosen(
    'no-vary-for-any-origin',
    'Where a policy for any origin is chosen the reply does not vary.',
    {
      reply: (reply, { request }) =>
        request.url.includes('/any/') ? withoutVaryOrigin(reply) : undefined,
    },
    ['chosen-policies/every-reply-varies'],
  ),
  chosen(
    'failure-is-the-default',
    'A choice that fails falls back to a policy.',
    choosing((setup) => (setup.when === 'throws' ? { ...setup, when: 'now' } : setup)),
    [
      'chosen-policies/a-failed-choice-grants-nothing',
      'chosen-policies/a-failed-choice-is-an-error',
      'decisions/failed-choice-is-named',
    ],
  ),
  chosen(
    'failure-is-none',
    'A choice that fails is taken for no policy, and nobody is told.',
    choosing((setup) => (setup.when === 'throws' ? withoutPolicies(setup) : setup)),
    ['chosen-policies/a-failed-choice-is-an-error', 'decisions/failed-choice-is-named'],
  ),
  chosen(
    'failure-without-vary',
    'The error that a failed choice ends in does not vary by Origin.',
    {
      reply: (reply, { scenario }) =>
        scenario.id === 'chosen-throws' ? withoutVaryOrigin(reply) : undefined,
    },
    ['chosen-policies/a-failed-choice-is-an-error'],
  ),
  stacked(
    'the-outer-wins',
    'Of two policies on one request the outer one wins.',
    instead(({ outer }) => outer),
    ['stacked-policies/different-ones-grant-nothing', 'decisions/conflict-is-reported-once'],
  ),
  stacked(
    'the-inner-wins',
    'Of two policies on one request the inner one wins.',
    instead(({ inner }) => inner),
    ['stacked-policies/different-ones-grant-nothing', 'decisions/conflict-is-reported-once'],
  ),
  stacked(
    'both-are-sent',
    'One policy applied twice sends its fields twice.',
    {
      reply: (reply, { scenario: { setup } }) => {
        if (setup.kind !== 'stacked' || !isGranted(reply)) return undefined;
        const origin = reply.headers.get('Access-Control-Allow-Origin') ?? '';
        reply.headers.append('Access-Control-Allow-Origin', origin);
        return reply;
      },
    },
    ['stacked-policies/the-same-twice-is-harmless'],
  ),
  stacked(
    'the-same-is-a-conflict',
    'One policy applied twice is taken for two, and grants nothing.',
    {
      scenario: (scenario) =>
        scenario.id === 'stacked-same' && scenario.setup.kind === 'stacked'
          ? {
              ...scenario,
              setup: { ...scenario.setup, inner: { ...scenario.setup.inner, maxAge: 1 } },
            }
          : scenario,
    },
    ['stacked-policies/the-same-twice-is-harmless'],
  ),
];
