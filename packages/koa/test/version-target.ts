/** The target of one version of Koa, whose framework is given: for programs that bring one version only. */
import { openLogBook, type Scenario, type Target } from '@cors/conformance';
import type { Context } from 'koa';
import { listenHttp1, listenHttp2 } from '../../conformance/test/targets/listening.js';
import { noteWarnings } from '../../conformance/test/targets/note-warnings.js';
import { adapterSetup, commonCapabilities } from '../../conformance/test/targets/setup.js';
import { cors } from '../src/index.js';
import { koaApplication } from './koa-application.js';
import { listenerOf } from './listener.js';
import type { Framework, VERSIONS } from './versions.js';

/** `@cors/koa` in front of the test application. */
export function koaTarget(
  { name: version, framework, takesResponses }: (typeof VERSIONS)[number],
  protocol: 'HTTP/1.1' | 'HTTP/2',
): Target {
  const isHttp1 = protocol === 'HTTP/1.1';
  return {
    name: `@cors/koa on ${version} over ${protocol}`,
    capabilities: [
      ...commonCapabilities,
      ...(isHttp1 ? (['raw-bytes', 'http1', 'upgrade'] as const) : (['http2'] as const)),
      ...(takesResponses ? (['response-objects'] as const) : []),
      'write-head',
      'flush-headers',
      'early-hints',
    ],
    start: async (scenario) => {
      const { app, reconfigure, stop } = application(scenario, framework, takesResponses);
      const listener = listenerOf(app);
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

function application(scenario: Scenario, framework: Framework, takesResponses: boolean) {
  const log = openLogBook();
  const { adapters, policyNames, reconfigure } = adapterSetup<Context>(
    scenario,
    log,
    (context) => context.url,
  );
  const app = new framework();
  app.silent = true;
  // Koa 2 takes the reply to a HEAD over HTTP/2 for sent, and never ends it: koa.test.ts shows it.
  app.use((context, next) =>
    next().then(() => {
      if (context.method === 'HEAD' && context.req.httpVersionMajor === 2) context.res.end();
    }),
  );
  for (const options of adapters) app.use(cors(options));
  app.use(koaApplication({ log, policyNames }, takesResponses));
  return { app, reconfigure, stop: noteWarnings(log) };
}
