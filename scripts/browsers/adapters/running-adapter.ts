/**
 * The adapters while they run: each behind two servers, so that one can redirect to the other, with
 * their hosts and one journal.
 */
import type { AddressInfo } from 'node:net';
import type { LocalServers } from '../forward.js';
import { application, Journal } from './application.js';
import { FRAMEWORKS } from './frameworks.js';

/** An adapter whose servers listen. */
export interface RunningAdapter {
  /** Also part of its hosts' names. */
  readonly name: string;
  readonly origin: string;
  readonly otherOrigin: string;
  readonly servers: LocalServers;
  readonly journal: Journal;
  readonly close: () => Promise<void>;
}

/** What the journal calls the second server. */
const OTHER = 'other:';

/** Starts the servers of every adapter, each on a free local port. */
export function startAdapters(): Promise<readonly RunningAdapter[]> {
  return Promise.all(Object.keys(FRAMEWORKS).map(start));
}

async function start(name: string): Promise<RunningAdapter> {
  const makeServer = FRAMEWORKS[name];
  if (makeServer === undefined) throw new Error(`There is no adapter ${name}.`);
  // One site with the page, so that cookies go where no SameSite and no browser's protection from
  // tracking stands in their way.
  const hosts = [`${name}.app.test`, `other.${name}.app.test`] as const;
  const otherOrigin = `http://${hosts[1]}`;
  const journal = new Journal();
  const listening = await Promise.all(
    hosts.map(async (host, index) => {
      const server = await makeServer(application(journal, index === 0 ? '' : OTHER, otherOrigin));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return { host, server };
    }),
  );
  return {
    name,
    origin: `http://${hosts[0]}`,
    otherOrigin,
    servers: new Map(
      listening.map(({ host, server }) => [host, (server.address() as AddressInfo).port]),
    ),
    journal,
    close: async () => {
      for (const { server } of listening) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}
