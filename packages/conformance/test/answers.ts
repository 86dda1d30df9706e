/**
 * The same requests for every adapter, and what the core alone makes of each: its decision, applied to
 * what the test application replies by itself.
 */
import { commitDecision, type Cors, createCors } from '@cors/core';
import fc from 'fast-check';

import {
  fetchApplication,
  fetchErrorHandler,
  openLogBook,
  type Scenario,
  scenarioOptions,
  scenarios,
  type Target,
  type WireRequest,
  type WireResponse,
} from '../src/index.js';
import { createClient } from '../src/client.js';
import { linesOf, tokenList } from '../src/field-syntax.js';

/** How many requests are generated. */
export const REQUESTS = 500;

const CORS_FIELDS = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
];

/** What adapters have to agree on. */
export interface Answer {
  readonly status: number;
  /** The lines of the six fields, by their names; those that are absent are left out. */
  readonly cors: Readonly<Record<string, readonly string[]>>;
  /** As a set, in lower case. */
  readonly vary: readonly string[];
}

/** A request in a situation. */
export interface Asked {
  readonly scenario: Scenario;
  readonly request: WireRequest;
}

/** Every scenario of one policy that a server starts with. */
const policyScenarios = scenarios.filter(
  ({ id, setup, mayBeRefused }) =>
    setup.kind === 'policy' && mayBeRefused !== true && id !== 'predicate-slow',
);

const asked: fc.Arbitrary<Asked> = fc
  .record({
    scenario: fc.constantFrom(...policyScenarios),
    method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'OPTIONS'),
    path: fc.constantFrom(
      '/ok',
      '/status/201',
      '/status/304',
      '/status/401',
      '/status/404',
      '/status/500',
      '/own-cors',
      '/own-cors/lower',
      '/own-cors/expose',
      '/vary/set',
      '/vary/array',
      '/vary/lower',
      '/vary/star',
      '/vary/append',
      '/vary/remove',
      '/fields',
      '/status/302',
      '/stream',
      '/throw',
      '/reject',
      '/no/such/route',
    ),
    headers: fc.record(
      {
        Origin: fc.oneof(
          fc.constantFrom(
            'https://a.example',
            'https://a.example',
            'https://c.example',
            'https://x.b.example',
            'https://b.example',
            'http://localhost:3000',
            'http://plain.example',
            'https://evil.test',
            'https://handler.example',
            'capacitor://localhost',
            'null',
            '',
            'https://a.example/',
            'https://A.example',
            'https://a.example:8443',
            'https://a.example, https://c.example',
          ),
          fc.webUrl().map((url) => new URL(url).origin),
        ),
        'Access-Control-Request-Method': fc.oneof(
          fc.constantFrom('GET', 'PUT', 'put', 'PATCH', 'DELETE', 'CONNECT', '', 'P UT', '*'),
          fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,70}$/),
        ),
        'Access-Control-Request-Headers': fc.oneof(
          fc.constantFrom('x-a', 'content-type,x-a', 'X-B, x-A', 'x a', ',,', '', 'authorization'),
          fc
            .array(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/), { maxLength: 80 })
            .map((names) => names.join()),
          fc.stringMatching(/^[!-~][ -~]{0,40}[!-~]$/),
        ),
        'Sec-Fetch-Site': fc.constantFrom('same-origin', 'same-site', 'cross-site', 'none'),
        'Sec-Fetch-Mode': fc.constantFrom('cors', 'navigate', 'no-cors', 'websocket'),
        Cookie: fc.constant('session=abc'),
        Vary: fc.constant('X-Chosen'),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ scenario, method, path, headers }) => ({
    scenario,
    request: {
      // Koa alone never ends the reply to a HEAD that failed over HTTP/2 (packages/koa/test/koa.test.ts).
      method: method === 'HEAD' && mayFail({ scenario, path }) ? 'GET' : method,
      path,
      headers: Object.entries(headers),
    },
  }));

/** Whether the request may end in the application's error handling. */
function mayFail({ scenario, path }: { scenario: Scenario; path: string }): boolean {
  const { setup } = scenario;
  const origin = setup.kind === 'policy' ? setup.policy.origin : '*';
  const isAsked = typeof origin === 'object' && 'predicate' in origin;
  return isAsked || ['/throw', '/reject', '/no/such/route'].includes(path);
}

/** The requests of this run; the seed is printed with those of the property tests. */
export const allAsked: readonly Asked[] = fc.sample(asked, {
  numRuns: REQUESTS,
  seed: Number(process.env['CORS_PROPERTY_SEED']),
});

/** What a target answers to each. */
export async function answersOf(target: Target): Promise<readonly Answer[]> {
  const answers = new Map<Asked, Answer>();
  for (const scenario of policyScenarios) {
    const own = allAsked.filter((one) => one.scenario === scenario);
    if (own.length === 0) continue;
    const running = await target.start(scenario);
    const client = createClient(running.address);
    try {
      await Promise.all(
        own.map(async (one) => {
          answers.set(one, answerIn(await client.send(one.request)));
        }),
      );
    } finally {
      await running.close();
    }
  }
  return allAsked.map((one) => answers.get(one) as Answer);
}

/** What the core alone makes of each. */
export async function answersOfTheCore(): Promise<readonly Answer[]> {
  const log = openLogBook();
  const application = fetchApplication({ log });
  const policies = new Map<Scenario, Cors>();
  return Promise.all(
    allAsked.map(async ({ scenario, request: { method, path, headers } }) => {
      const { setup } = scenario;
      if (setup.kind !== 'policy') throw new Error('the scenario has no policy');
      const cors = policies.get(scenario) ?? createCors(scenarioOptions(setup.policy, log));
      policies.set(scenario, cors);
      const map = { host: 'target.test', ...Object.fromEntries(headers) };
      const decision = await cors.decide({ method, headers: map });
      const reply = async (): Promise<Response> => {
        if (decision.error !== null) return fetchErrorHandler();
        if (decision.respond !== null) return new Response(null, { status: decision.respond });
        const request = new Request(`http://target.test${path}`, { method });
        return Promise.resolve(request).then(application).catch(fetchErrorHandler);
      };
      const { status, headers: own } = await reply();
      commitDecision(decision, own, {
        get: (fields, name) => fields.get(name),
        set: (fields, name, value) => fields.set(name, value),
        remove: (fields, name) => fields.delete(name),
      });
      return answerIn({ status, headers: [...own] });
    }),
  );
}

function answerIn({ status, headers }: Pick<WireResponse, 'status' | 'headers'>): Answer {
  const present = CORS_FIELDS.filter((name) => linesOf(headers, name).length > 0);
  const vary = tokenList(linesOf(headers, 'Vary')) ?? ['not a list'];
  return {
    status,
    cors: Object.fromEntries(present.map((name) => [name, linesOf(headers, name)])),
    vary: [...new Set(vary.map((name) => name.toLowerCase()))].sort(),
  };
}
