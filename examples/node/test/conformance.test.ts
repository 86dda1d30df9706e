/**
 * The conformance suite on this application: its routes are swapped for the suite's, and its policy
 * for the scenario's; where `cors` is called, the 404 and the error handler are its own.
 */
import {
  applicationHeader,
  matchRoute,
  nodeApplication,
  openLogBook,
  registerAudits,
  splitPolicyName,
  type Target,
  unknownRoute,
} from '@cors/conformance';
import { cors, type NodeRequest } from '@cors/node';
import { describe, it, vi } from 'vitest';
import { listenHttp1 } from '../../../packages/conformance/test/targets/listening.js';
import { noteWarnings } from '../../../packages/conformance/test/targets/note-warnings.js';
import {
  adapterSetup,
  commonCapabilities,
} from '../../../packages/conformance/test/targets/setup.js';
import { createApp, type Routes } from '../src/app.js';

// The suite's handlers fail on purpose.
vi.spyOn(console, 'error').mockImplementation(() => undefined);

/** What the target of `@cors/node` on `node:http` can, all of it: there a handler returns no `Response`. */
const target: Target = {
  name: 'the example of node:http',
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
    const { adapters, policyNames, reconfigure } = adapterSetup<NodeRequest>(
      scenario,
      log,
      ({ url }) => url ?? '',
    );
    const [outer, inner] = adapters.map((options) => cors(options));
    const suite = nodeApplication({ log, policyNames });
    const routes: Routes = async (request, response) => {
      // A second policy comes with the routes, as with a handler from elsewhere.
      if (await inner?.(request, response)) return true;
      if (matchRoute(splitPolicyName(request.url ?? '/', policyNames).path) === undefined) {
        response.setHeader(applicationHeader, unknownRoute);
        return false;
      }
      await suite(request, response);
      return true;
    };
    const { address, close } = await listenHttp1(scenario, createApp(outer!, routes));
    const stop = noteWarnings(log);
    return {
      address,
      ...(reconfigure !== undefined && { reconfigure }),
      close: () => close().finally(stop),
    };
  },
};

registerAudits({ describe, it }, target);
