/**
 * The conformance suite on this application: its routes are swapped for the suite's, and its policy
 * for the scenario's; where `cors` stands, the body parser, the 404 and the error handler are its own.
 */
import type { AddressInfo } from 'node:net';
import {
  applicationHeader,
  nodeUpgrade,
  openLogBook,
  registerAudits,
  type Target,
  unknownRoute,
} from '@cors/conformance';
import cors from '@cors/fastify';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { describe, it } from 'vitest';
import { noteWarnings } from '../../../packages/conformance/test/targets/note-warnings.js';
import {
  adapterSetup,
  commonCapabilities,
} from '../../../packages/conformance/test/targets/setup.js';
import { addRoutes } from '../../../packages/fastify/test/fastify-application.js';
import { createApp } from '../src/app.js';

/** What the target of `@cors/fastify` can, but for `http2`: this application listens on HTTP/1.1. */
const target: Target = {
  name: 'the Fastify example',
  capabilities: [
    ...commonCapabilities,
    'raw-bytes',
    'http1',
    'write-head',
    'flush-headers',
    'early-hints',
    'upgrade',
    'response-objects',
  ],
  start: async (scenario) => {
    const log = openLogBook();
    const { adapters, policyNames, reconfigure } = adapterSetup<FastifyRequest>(
      scenario,
      log,
      ({ originalUrl }) => originalUrl,
    );
    const [outer, inner] = adapters;
    const suite: FastifyPluginAsync = async (app) => {
      // The application's own parser has read the body, which the suite's route sends back.
      app.addHook('preHandler', async (request) => {
        if (request.body !== undefined) request.body = JSON.stringify(request.body);
      });
      addRoutes(app, { log, policyNames });
    };
    const routes: FastifyPluginAsync = async (app) => {
      if (inner !== undefined) await app.register(cors, inner);
      await app.register(suite);
      for (const name of policyNames) await app.register(suite, { prefix: `/${name}` });
    };
    // A second policy comes with the routes. As fastify-plugin does: else it would replace the first.
    Object.assign(routes, { [Symbol.for('skip-override')]: inner !== undefined });
    const server = {
      forceCloseConnections: true,
      ...(scenario.maxHeaderSize !== undefined && {
        http: { maxHeaderSize: scenario.maxHeaderSize },
      }),
    };
    const app = await createApp(outer!, routes, server);
    app.addHook('onRequest', async (request, reply) => {
      if (request.is404) void reply.header(applicationHeader, unknownRoute);
    });
    app.server.on('upgrade', nodeUpgrade);
    // Node's default keeps only the first 1,000 lines of a head (its half, in pairs).
    if (scenario.maxHeaderSize !== undefined) app.server.maxHeadersCount = 0;
    await app.listen({ port: 0, host: '127.0.0.1' });
    const stop = noteWarnings(log);
    return {
      address: {
        protocol: 'http/1.1',
        host: '127.0.0.1',
        port: (app.server.address() as AddressInfo).port,
      },
      ...(reconfigure !== undefined && { reconfigure }),
      close: () => app.close().finally(stop),
    };
  },
};

registerAudits({ describe, it }, target);
