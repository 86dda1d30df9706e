/**
 * Sending over real HTTP, for the model: to the servers behind symbolic hosts, with the cookies that
 * they set.
 */
import { getHeaderValue, type HeaderList, type Send } from '@cors/browser';
import { exchange } from '../../demo/exchange.js';
import type { LocalServers } from '../forward.js';

/** A sender for one scene, whose cookies all have the scene's path. */
export function sendOverHttp(servers: LocalServers): Send {
  const cookies = new Map<string, string>();
  return async ({ url, method, headers, body, withCredentials }) => {
    const { host, pathname, search } = new URL(url);
    const port = servers.get(host);
    if (port === undefined) throw new Error(`There is no server of ${host}.`);
    const cookie = withCredentials ? cookies.get(host) : undefined;
    const added: HeaderList = [
      ['Host', host],
      ...(cookie === undefined ? [] : ([['Cookie', cookie]] as const)),
      ...(body === null ? [] : ([['Content-Length', String(Buffer.byteLength(body))]] as const)),
    ];
    const { response } = await exchange(port, {
      method,
      path: pathname + search,
      headers: [...added, ...headers],
      body: body ?? undefined,
    });
    const set = getHeaderValue('Set-Cookie', response.headers);
    if (withCredentials && set !== null) cookies.set(host, set.split(';', 1)[0] ?? '');
    return response;
  };
}
