/** What the conformance suite judges: its application behind `cors`, in either version of Express. */
import { openLogBook, type Target } from '@cors/conformance';
import type { Request } from 'express';
import { listenHttp1 } from '../../conformance/test/targets/listening.js';
import { noteWarnings } from '../../conformance/test/targets/note-warnings.js';
import { adapterSetup, commonCapabilities } from '../../conformance/test/targets/setup.js';
import { cors } from '../src/index.js';
import { application } from './application.js';
import type { Version } from './express.js';

/**
 * All that a server on HTTP/1.1 can. Neither version serves HTTP/2 (`express.test.ts` shows it), and a
 * handler has no `Response` objects to return.
 */
export function expressTarget(
  version: Pick<Version, 'name' | 'express' | 'catchesRejections'>,
): Target {
  const { name, express } = version;
  return {
    name: `@cors/express on ${name}`,
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
      const app = express();
      // Express's own error handler then keeps its errors to itself.
      app.set('env', 'test');
      app.enable('case sensitive routing');
      for (const options of adapters) app.use(cors(options));
      const routes = application(version, log);
      for (const policy of policyNames) app.use(`/${policy}`, routes);
      app.use(routes);
      const { address, close } = await listenHttp1(scenario, app);
      const stop = noteWarnings(log);
      return {
        address,
        ...(reconfigure !== undefined && { reconfigure }),
        close: () => close().finally(stop),
      };
    },
  };
}
