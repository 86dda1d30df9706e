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
import { nodeCapabilities } from '../javascript/capabilities.js';
import { installed } from '../javascript/installed.js';
import { withoutStringAnswers } from '../javascript/not-expressible.js';
import { allowedOptions } from '../javascript/options-beside-origin.js';
import { originTests } from '../javascript/origin-regexp.js';
import { optionsInForce } from '../javascript/scenario-setup.js';

type Log = ReturnType<typeof openLogBook>;

const target: Target = {
  name: `${installed('@fastify/cors')} on ${installed('fastify')}`,
  // No `malformed-paths`: Fastify answers those itself, before any plugin. No `write-head` and no
  // `flush-headers`: a handler has to hijack the reply for them, and with it leaves behind what plugins
  // have set. No `stacked-policies`: the plugin is registered once.
  capabilities: [...nodeCapabilities, 'response-objects', 'early-hints', 'chosen-policies'],
  start: async (scenario) => {
    const log = openLogBook();
    const inForce = optionsInForce(scenario, (policy) => corsOptions(policy, log));
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
  return { origin: originOption(policy, log), ...allowedOptions(policy) };
}

function originOption(policy: ScenarioPolicy, log: Log): NonNullable<FastifyCorsOptions['origin']> {
  withoutStringAnswers(policy);
  const { origin } = scenarioOptions(policy, log);
  if (origin === '*') return '*';
  if (typeof origin !== 'function') return originTests(origin);
  return async (asked: string | undefined) => asked !== undefined && (await origin(asked));
}
