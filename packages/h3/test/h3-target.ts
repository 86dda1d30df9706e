import { type Capability, openLogBook, type Scenario, type Target } from '@cors/conformance';
import type { H3Event } from 'h3';
import { listenHttp1, listenHttp2 } from '../../conformance/test/targets/listening.js';
import { noteWarnings } from '../../conformance/test/targets/note-warnings.js';
import { adapterSetup, commonCapabilities } from '../../conformance/test/targets/setup.js';
import { cors } from '../src/index.js';
import { addApplication } from './h3-application.js';
import type { Framework, VERSIONS } from './policy.js';

type Version = (typeof VERSIONS)[number];

const capabilities: readonly Capability[] = [...commonCapabilities, 'response-objects'];

/** `@cors/h3` in front of the test application, called in memory. */
export function memoryTarget({ name, framework }: Version): Target {
  return {
    name: `@cors/h3 on ${name} in memory`,
    capabilities,
    start: async (scenario) => {
      const { app, reconfigure, stop } = application(scenario, framework, false);
      return {
        address: { protocol: 'memory', fetch: async (request) => app.fetch(request) },
        ...(reconfigure !== undefined && { reconfigure }),
        close: async () => stop(),
      };
    },
  };
}

/** The same, on Node. */
export function socketTarget(
  { name, framework }: Version,
  protocol: 'HTTP/1.1' | 'HTTP/2',
): Target {
  const isHttp1 = protocol === 'HTTP/1.1';
  return {
    name: `@cors/h3 on ${name} over ${protocol}`,
    // No `write-head`: what a handler writes to Node's response goes past h3, see replies.test.ts.
    capabilities: [
      ...capabilities,
      ...(isHttp1 ? (['raw-bytes', 'http1', 'upgrade'] as const) : (['http2'] as const)),
      'flush-headers',
      'early-hints',
    ],
    start: async (scenario) => {
      const { app, reconfigure, stop } = application(scenario, framework, true);
      const serve = framework.toNodeHandler(app);
      const { address, close } = isHttp1
        ? await listenHttp1(scenario, (request, response) => void serve(request, response))
        : await listenHttp2((request, response) => void serve(request, response));
      return {
        address,
        ...(reconfigure !== undefined && { reconfigure }),
        close: () => close().finally(stop),
      };
    },
  };
}

function application(scenario: Scenario, framework: Framework, hasEarlyHints: boolean) {
  const log = openLogBook();
  const { adapters, policyNames, reconfigure } = adapterSetup<H3Event>(scenario, log, ({ req }) => {
    const { pathname, search } = new URL(req.url);
    return pathname + search;
  });
  // Without it, h3 refuses paths that cannot be decoded before any middleware.
  const app = new framework.H3({ silent: true, allowMalformedURL: true });
  for (const options of adapters) app.use(cors(options));
  addApplication(app, framework, { log, policyNames, hasEarlyHints });
  return { app, reconfigure, stop: noteWarnings(log) };
}
