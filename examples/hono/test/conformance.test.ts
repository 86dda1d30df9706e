/**
 * The conformance suite on this application: its routes are swapped for the suite's, and its policy
 * for the scenario's; where `cors` stands, the 404 and the error handler are its own.
 */
import {
  applicationHeader,
  matchRoute,
  openLogBook,
  registerAudits,
  type Target,
  unknownRoute,
} from '@cors/conformance';
import { cors } from '@cors/hono';
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { describe, it, vi } from 'vitest';
import { listenHttp1 } from '../../../packages/conformance/test/targets/listening.js';
import { noteWarnings } from '../../../packages/conformance/test/targets/note-warnings.js';
import {
  adapterSetup,
  commonCapabilities,
} from '../../../packages/conformance/test/targets/setup.js';
import { addRoutes } from '../../../packages/hono/test/hono-application.js';
import type { App } from '../../../packages/hono/test/policy.js';
import { createApp } from '../src/app.js';

// The suite's handlers fail on purpose.
vi.spyOn(console, 'error').mockImplementation(() => undefined);

/**
 * What the target of `@cors/hono` can, but for `http2`: this application listens on HTTP/1.1.
 */
const target: Target = {
  name: 'the Hono example',
  capabilities: [
    ...commonCapabilities,
    'raw-bytes',
    'http1',
    'flush-headers',
    'early-hints',
    'upgrade',
    'response-objects',
    'write-head',
  ],
  start: async (scenario) => {
    const log = openLogBook();
    const pathOf = ({ req }: Context): string => {
      const { pathname, search } = new URL(req.url);
      return pathname + search;
    };
    const { adapters, policyNames, reconfigure } = adapterSetup<Context>(scenario, log, pathOf);
    const [outer, inner] = adapters;
    const routes = new Hono();
    // A second policy comes with the routes, as with a router from elsewhere.
    if (inner !== undefined) routes.use('*', cors(inner));
    addRoutes(routes as unknown as App, { log, policyNames, isOnNode: true });
    routes.all('*', async (c, next) => {
      // Hono sees nothing wrong with such a path: where it matters, it is for a route to say so.
      if (matchRoute(c.req.path)?.route === '/malformed/%zz') return c.text('malformed path', 400);
      c.header(applicationHeader, unknownRoute);
      await next();
      return undefined;
    });
    const listener = getRequestListener(createApp(outer!, routes).fetch);
    const { address, close } = await listenHttp1(
      scenario,
      (request, response) => void listener(request, response),
    );
    const stop = noteWarnings(log);
    return {
      address,
      ...(reconfigure !== undefined && { reconfigure }),
      close: () => close().finally(stop),
    };
  },
};

registerAudits({ describe, it }, target);
