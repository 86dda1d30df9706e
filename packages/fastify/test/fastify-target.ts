import type { AddressInfo } from 'node:net';
import {
  nodeUpgrade,
  openLogBook,
  type RunningTarget,
  type Scenario,
  splitPolicyName,
  type Target,
} from '@cors/conformance';
import fastify, {
  type FastifyInstance,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify';
import { noteWarnings } from '../../conformance/test/targets/note-warnings.js';
import { adapterSetup, commonCapabilities } from '../../conformance/test/targets/setup.js';
import cors, { withCors } from '../src/index.js';
import { addApplication } from './fastify-application.js';

/** `@cors/fastify` in front of the test application, over HTTP/1.1 and HTTP/2. */
export const fastifyTargets: readonly Target[] = (['HTTP/1.1', 'HTTP/2'] as const).map(
  (protocol) => ({
    name: `@cors/fastify over ${protocol}`,
    capabilities: [
      ...commonCapabilities,
      ...(protocol === 'HTTP/1.1'
        ? (['raw-bytes', 'http1', 'upgrade'] as const)
        : (['http2'] as const)),
      'write-head',
      'flush-headers',
      'early-hints',
      'response-objects',
    ],
    start: (scenario) => start(scenario, protocol),
  }),
);

async function start(scenario: Scenario, protocol: 'HTTP/1.1' | 'HTTP/2'): Promise<RunningTarget> {
  const log = openLogBook();
  const { adapters, policyNames, reconfigure } = adapterSetup<FastifyRequest>(
    scenario,
    log,
    (request) => request.originalUrl,
  );
  const options: FastifyServerOptions = {
    forceCloseConnections: true,
    ...(scenario.maxHeaderSize !== undefined && {
      http: { maxHeaderSize: scenario.maxHeaderSize },
    }),
    // A policy's name is not part of any route.
    rewriteUrl: ({ url }) => splitPolicyName(url ?? '/', policyNames).path,
    frameworkErrors: withCors(),
  };
  const app =
    protocol === 'HTTP/1.1'
      ? fastify(options)
      : (fastify({ ...(options as object), http2: true }) as unknown as FastifyInstance);
  for (const each of adapters) await app.register(cors, each);
  addApplication(app, { log, policyNames });
  if (protocol === 'HTTP/1.1') app.server.on('upgrade', nodeUpgrade);
  // Node's default keeps only the first 1,000 lines of a head (its half, in pairs).
  if (scenario.maxHeaderSize !== undefined) app.server.maxHeadersCount = 0;
  await app.listen({ port: 0, host: '127.0.0.1' });
  const stop = noteWarnings(log);
  return {
    address: {
      protocol: protocol === 'HTTP/2' ? 'h2c' : 'http/1.1',
      host: '127.0.0.1',
      port: (app.server.address() as AddressInfo).port,
    },
    ...(reconfigure !== undefined && { reconfigure }),
    close: () => app.close().finally(stop),
  };
}
