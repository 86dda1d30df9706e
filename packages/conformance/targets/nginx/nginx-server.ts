/** nginx in front of the test application, for one scenario. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeApplication, openLogBook, runNodeHandler, type Scenario } from '@cors/conformance';
import { nginxConfig } from './nginx-config.js';
import { startNginx } from './nginx-process.js';

/** Both under way. */
interface NginxServer {
  /** Such as `http://127.0.0.1:43121`. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Starts both. Rejects with a `NotExpressibleError` where the configuration cannot say the policy. */
export async function startServer(scenario: Scenario): Promise<NginxServer> {
  // Before anything is started: this throws what cannot be expressed.
  nginxConfig(scenario, { port: 0, upstreamPort: 0 });
  const upstream = await startUpstream(scenario);
  const nginx = await startNginx((port) =>
    nginxConfig(scenario, { port, upstreamPort: upstream.port }),
  ).catch((error: unknown) => {
    upstream.close();
    throw error;
  });
  return {
    url: `http://127.0.0.1:${nginx.port}`,
    stop: async () => {
      await nginx.stop();
      upstream.close();
    },
  };
}

/** The application, as an upstream on a free local port. */
async function startUpstream({
  maxHeaderSize,
}: Scenario): Promise<{ readonly port: number; readonly close: () => void }> {
  const application = nodeApplication({ log: openLogBook() });
  const server = createServer(maxHeaderSize === undefined ? {} : { maxHeaderSize }, (...exchange) =>
    runNodeHandler(application, ...exchange),
  );
  // Node's default keeps only the first 1,000 lines of a head.
  if (maxHeaderSize !== undefined) server.maxHeadersCount = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
