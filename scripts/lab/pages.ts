/**
 * The servers of the lab's pages: blank ones, on hosts that lead to this machine.
 */
import type { RequestListener } from 'node:http';

import { type ApiServer, listen, listenSecurely } from './api-server.js';
import type { Failure, LabPage } from './failure.js';

/** Hosts that the browsers look for on this machine. */
export const LAB_HOSTS = ['app.example', 'www.app.example', 'api.example'] as const;

/** The servers of all pages. */
export interface PageServers {
  /** Where a failure's page is. */
  readonly pageOf: (failure: Failure) => LabPage & { readonly url: string };
  readonly close: () => Promise<void>;
}

/** Starts them. */
export async function startPages(): Promise<PageServers> {
  const servers: readonly [plain: ApiServer, secure: ApiServer] = [
    await listen(blank),
    await listenSecurely(blank),
  ];
  return {
    pageOf: ({ page: { host = 'app.example', isSecure = false, isSandboxed = false } }) => {
      const { port } = servers[isSecure ? 1 : 0];
      const server = `${isSecure ? 'https' : 'http'}://${host}:${port}`;
      const url = `${server}/${isSandboxed ? 'sandboxed' : 'page'}`;
      return { origin: isSandboxed ? 'null' : server, server, url };
    },
    close: async () => {
      for (const { close } of servers) await close();
    },
  };
}

const blank: RequestListener = (request, response) => {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  if (request.url === '/sandboxed') {
    response.setHeader('Content-Security-Policy', 'sandbox allow-scripts');
  }
  response.end('<!doctype html><title>A page of the lab</title><link rel="icon" href="data:,">');
};
