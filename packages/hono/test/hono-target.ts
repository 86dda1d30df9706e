import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import { type Capability, openLogBook, type Scenario, type Target } from '@cors/conformance';
import type { NodeResponse } from '@cors/node';
import { getRequestListener } from '@hono/node-server';
import type { Context } from 'hono';
import { listenHttp1, listenHttp2 } from '../../conformance/test/targets/listening.js';
import { noteWarnings } from '../../conformance/test/targets/note-warnings.js';
import { adapterSetup, commonCapabilities } from '../../conformance/test/targets/setup.js';
import { cors } from '../src/index.js';
import { addApplication } from './hono-application.js';
import type { App, Framework, VERSIONS } from './policy.js';

type Version = (typeof VERSIONS)[number];

const capabilities: readonly Capability[] = [...commonCapabilities, 'response-objects'];

/** `@cors/hono` in front of the test application, called in memory. */
export function memoryTarget({ name, framework }: Version): Target {
  return {
    name: `@cors/hono on ${name} in memory`,
    capabilities,
    start: async (scenario) => {
      const { app, reconfigure, stop } = application(scenario, framework, false);
      return {
        address: { protocol: 'memory', fetch: async (request) => app.fetch(request, {}) },
        ...(reconfigure !== undefined && { reconfigure }),
        close: async () => stop(),
      };
    },
  };
}

/** The same, on `@hono/node-server`. */
export function socketTarget(
  { name, framework }: Version,
  protocol: 'HTTP/1.1' | 'HTTP/2',
): Target {
  const isHttp1 = protocol === 'HTTP/1.1';
  return {
    name: `@cors/hono on ${name}, @hono/node-server over ${protocol}`,
    capabilities: [
      ...capabilities,
      ...(isHttp1 ? (['raw-bytes', 'http1', 'upgrade'] as const) : (['http2'] as const)),
      'flush-headers',
      'early-hints',
      'write-head',
    ],
    start: async (scenario) => {
      const { app, reconfigure, stop } = application(scenario, framework, true);
      const serve = getRequestListener(app.fetch);
      const listener = (
        request: IncomingMessage | Http2ServerRequest,
        response: NodeResponse,
      ): void => void serve(request, response);
      const { address, close } = isHttp1
        ? await listenHttp1(scenario, listener)
        : await listenHttp2(listener);
      return {
        address,
        ...(reconfigure !== undefined && { reconfigure }),
        close: () => close().finally(stop),
      };
    },
  };
}

function application(scenario: Scenario, framework: Framework, isOnNode: boolean) {
  const log = openLogBook();
  const { adapters, policyNames, reconfigure } = adapterSetup<Context>(scenario, log, (context) => {
    const { pathname, search } = new URL(context.req.url);
    return pathname + search;
  });
  const app: App = new framework();
  for (const options of adapters) app.use('*', cors(options));
  addApplication(app, { log, policyNames, isOnNode });
  return { app, reconfigure, stop: noteWarnings(log) };
}
