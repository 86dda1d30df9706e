/**
 * The conformance suite on this application: its routes are swapped for the suite's, and its policy
 * for the scenario's; where `cors` stands, the body parser, the 404 and the error handler are its own.
 */
import {
  applicationHeader,
  matchRoute,
  openLogBook,
  registerAudits,
  splitPolicyName,
  type Target,
  unknownRoute,
} from '@cors/conformance';
import { cors } from '@cors/koa';
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { describe, it } from 'vitest';
import { listenHttp1 } from '../../../packages/conformance/test/targets/listening.js';
import { noteWarnings } from '../../../packages/conformance/test/targets/note-warnings.js';
import {
  adapterSetup,
  commonCapabilities,
} from '../../../packages/conformance/test/targets/setup.js';
import { koaApplication } from '../../../packages/koa/test/koa-application.js';
import { listenerOf } from '../../../packages/koa/test/policy.js';
import { createApp } from '../src/app.js';

/** What the target of `@cors/koa` can, but for `http2`: this application listens on HTTP/1.1. */
const target: Target = {
  name: 'the Koa example',
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
    const { adapters, policyNames, reconfigure } = adapterSetup<Context>(
      scenario,
      log,
      ({ url }) => url,
    );
    const [outer, inner] = adapters;
    const suite = suiteRoutes(koaApplication({ log, policyNames }, true), policyNames);
    // A second policy comes with the routes, as with a router from elsewhere.
    const second = inner === undefined ? [] : [cors(inner)];
    const app = createApp(outer!, new Router().all(/.*/, ...second, suite));
    app.silent = true;
    const { address, close } = await listenHttp1(scenario, listenerOf(app));
    const stop = noteWarnings(log);
    return {
      address,
      ...(reconfigure !== undefined && { reconfigure }),
      close: () => close().finally(stop),
    };
  },
};

/** The suite's application, but for what this one does itself: it parses bodies, and answers 404. */
function suiteRoutes(application: Middleware, policyNames: readonly string[]): Middleware {
  return (ctx, next): unknown => {
    const route = matchRoute(splitPolicyName(ctx.url, policyNames).path)?.route;
    if (route === '/echo-body') {
      ctx.set(applicationHeader, route);
      ctx.body = JSON.stringify(ctx.request.body);
      return undefined;
    }
    if (route !== undefined) return application(ctx, next);
    ctx.set(applicationHeader, unknownRoute);
    return next();
  };
}

registerAudits({ describe, it }, target);
