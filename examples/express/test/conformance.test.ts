/**
 * The conformance suite on this application: its routes are swapped for the suite's, and its policy
 * for the scenario's; where `cors` stands, the body parser, the 404 and the error handler are its own.
 */
import {
  applicationHeader,
  matchRoute,
  openLogBook,
  registerAudits,
  type Target,
  unknownRoute,
} from '@cors/conformance';
import { cors } from '@cors/express';
import express, { type Request, type Router } from 'express';
import { describe, it, vi } from 'vitest';
import { listenHttp1 } from '../../../packages/conformance/test/targets/listening.js';
import { noteWarnings } from '../../../packages/conformance/test/targets/note-warnings.js';
import {
  adapterSetup,
  commonCapabilities,
} from '../../../packages/conformance/test/targets/setup.js';
import { application } from '../../../packages/express/test/application.js';
import { createApp } from '../src/app.js';

// The suite's handlers fail on purpose.
vi.spyOn(console, 'error').mockImplementation(() => undefined);

/**
 * What the target of `@cors/express` can, all of it: Express serves no HTTP/2, and its handlers return
 * no `Response`.
 */
const target: Target = {
  name: 'the Express example',
  capabilities: [
    ...commonCapabilities,
    'raw-bytes',
    'http1',
    'write-head',
    'flush-headers',
    'early-hints',
    'upgrade',
  ],
  start: async (scenario) => {
    const log = openLogBook();
    const { adapters, policyNames, reconfigure } = adapterSetup<Request>(
      scenario,
      log,
      ({ originalUrl }) => originalUrl,
    );
    const [outer, inner] = adapters;
    const routes = express.Router();
    // A second policy comes with the routes, as with a router from elsewhere.
    if (inner !== undefined) routes.use(cors(inner));
    const suite = suiteRoutes(application({ express, catchesRejections: true }, log));
    for (const name of policyNames) routes.use(`/${name}`, suite);
    routes.use(suite);
    const { address, close } = await listenHttp1(scenario, createApp(outer!, routes));
    const stop = noteWarnings(log);
    return {
      address,
      ...(reconfigure !== undefined && { reconfigure }),
      close: () => close().finally(stop),
    };
  },
};

/** The suite's application, but for what this one does itself: it parses bodies, and answers 404. */
function suiteRoutes(application: Router): Router {
  const routes = express.Router();
  routes.put('/echo-body', (request, response) => {
    response.set(applicationHeader, '/echo-body').type('text/plain');
    response.send(JSON.stringify(request.body));
  });
  routes.use((request, response, next) => {
    if (matchRoute(request.path) !== undefined) {
      application(request, response, next);
      return;
    }
    response.set(applicationHeader, unknownRoute);
    next();
  });
  return routes;
}

registerAudits({ describe, it }, target);
