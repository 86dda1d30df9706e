/**
 * The conformance suite on this application: its routes are swapped for the suite's, and its policy
 * for the scenario's; where `cors` stands, the 404 and the error handler are its own.
 */
import { openLogBook, registerAudits, type Target } from '@cors/conformance';
import { cors } from '@cors/h3';
import * as h3 from 'h3';
import { describe, it, vi } from 'vitest';
import { listenHttp1 } from '../../../packages/conformance/test/targets/listening.js';
import { noteWarnings } from '../../../packages/conformance/test/targets/note-warnings.js';
import {
  adapterSetup,
  commonCapabilities,
} from '../../../packages/conformance/test/targets/setup.js';
import { addApplication } from '../../../packages/h3/test/h3-application.js';
import { createApp } from '../src/app.js';

// The suite's handlers fail on purpose, and h3 prints that.
vi.spyOn(console, 'error').mockImplementation(() => undefined);

/**
 * What the target of `@cors/h3` can, but for `http2`: this application listens on HTTP/1.1; and for
 * `malformed-paths`: h3 refuses them unless it is told otherwise, before any middleware. Neither has
 * `write-head`: what a handler writes to Node's response goes past h3.
 */
const target: Target = {
  name: 'the h3 example',
  capabilities: [
    ...commonCapabilities.filter((capability) => capability !== 'malformed-paths'),
    'raw-bytes',
    'http1',
    'flush-headers',
    'early-hints',
    'upgrade',
    'response-objects',
  ],
  start: async (scenario) => {
    const log = openLogBook();
    const pathOf = ({ req }: h3.H3Event): string => {
      const { pathname, search } = new URL(req.url);
      return pathname + search;
    };
    const { adapters, policyNames, reconfigure } = adapterSetup<h3.H3Event>(scenario, log, pathOf);
    const [outer, inner] = adapters;
    const routes = new h3.H3();
    // A second policy comes with the routes, as with an application from elsewhere.
    if (inner !== undefined) routes.use(cors(inner));
    addApplication(routes, h3, { log, policyNames, hasEarlyHints: true });
    const listener = h3.toNodeHandler(createApp(outer!, routes));
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
