/**
 * `@fastify/cors` on Fastify 5, configured as its README says: origins as strings and regular
 * expressions, an async function where the scenario has a predicate, and the delegator where policies
 * are chosen by request.
 */
import type { AddressInfo } from 'node:net';
import {
  nodeUpgrade,
  openLogBook,
  scenarioOptions,
  type ScenarioPolicy,
  splitPolicyName,
  type Target,
} from '@cors/conformance';
import cors, { type FastifyCorsOptions } from '@fastify/cors';
import fastify, { type FastifyRequest } from 'fastify';
import { addApplication } from '../../../fastify/test/fastify-application.js';
import { installed } from '../javascript/installed.js';
import { listOf } from '../javascript/list-of.js';
import {
  rawOptionsWithoutPatterns,
  withoutEveryMethod,
  withoutStringAnswers,
} from '../javascript/not-expressible.js';
import { originTests } from '../javascript/origin-regexp.js';
import { optionsInForce } from '../javascript/scenario-setup.js';

type Log = ReturnType<typeof openLogBook>;

const target: Target = {
  name: `${installed('@fastify/cors')} on ${installed('fastify')}`,
  // No `malformed-paths`: Fastify answers those itself, before any plugin. No `write-head` and no
  // `flush-headers`: a handler has to hijack the reply for them, and with it leaves behind what plugins
  // have set. No `stacked-policies`: the plugin is registered once.
  capabilities: [
    'raw-bytes',
    'http1',
    'response-objects',
    'error-handling',
    'streams',
    'early-hints',
    'upgrade',
    'predicates',
    'chosen-policies',
    'refuses-options',
    'javascript-values',
  ],
  start: async (scenario) => {
    const log = openLogBook();
    const inForce = optionsInForce(
      scenario,
      (policy) => corsOptions(policy, log),
      (options) => rawOptionsWithoutPatterns(options) as FastifyCorsOptions,
    );
    const policyNames = inForce.kind === 'chosen' ? inForce.policyNames : [];
    const app = fastify({
      forceCloseConnections: true,
      ...(scenario.maxHeaderSize !== undefined && {
        http: { maxHeaderSize: scenario.maxHeaderSize },
      }),
      // A policy's name is not part of any route.
      rewriteUrl: ({ url }) => splitPolicyName(url ?? '/', policyNames).path,
    });
    if (inForce.kind === 'applied') {
      for (const options of inForce.options) await app.register(cors, options);
    } else {
      await app.register(cors, {
        delegator: async (request: FastifyRequest) => {
          const options = await inForce.choose(request.originalUrl);
          return options === false ? { origin: false } : options;
        },
      });
    }
    addApplication(app, { log, policyNames });
    app.server.on('upgrade', nodeUpgrade);
    // Node's default keeps only the first 1,000 lines of a head (its half, in pairs).
    if (scenario.maxHeaderSize !== undefined) app.server.maxHeadersCount = 0;
    await app.listen({ port: 0, host: '127.0.0.1' });
    return {
      address: {
        protocol: 'http/1.1',
        host: '127.0.0.1',
        port: (app.server.address() as AddressInfo).port,
      },
      close: () => app.close(),
    };
  },
};

export default target;

function corsOptions(policy: ScenarioPolicy, log: Log): FastifyCorsOptions {
  withoutEveryMethod(policy, 'methods');
  const { credentials = false, exposedHeaders, maxAge } = policy;
  const { preflightContinue, optionsSuccessStatus } = policy;
  return {
    origin: originOption(policy, log),
    credentials,
    methods: listOf(policy.methods),
    // Without a list, whatever is asked for is allowed: what a star means beside credentials.
    ...((policy.allowedHeaders !== '*' || !credentials) && {
      allowedHeaders: listOf(policy.allowedHeaders),
    }),
    ...(exposedHeaders !== undefined && { exposedHeaders: listOf(exposedHeaders) }),
    ...(maxAge !== undefined && { maxAge }),
    ...(preflightContinue !== undefined && { preflightContinue }),
    ...(optionsSuccessStatus !== undefined && { optionsSuccessStatus }),
  };
}

function originOption(policy: ScenarioPolicy, log: Log): NonNullable<FastifyCorsOptions['origin']> {
  withoutStringAnswers(policy);
  const { origin } = scenarioOptions(policy, log);
  if (origin === '*') return '*';
  if (typeof origin !== 'function') return originTests(origin);
  return async (asked: string | undefined) => asked !== undefined && (await origin(asked));
}
