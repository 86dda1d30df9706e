/**
 * HTTP/1.1 replies as they are planned: every line as it stands, and beside them only what the protocol
 * needs.
 */
import { STATUS_CODES } from 'node:http';
import type { HeaderList } from '@cors/browser';

const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * The bytes of a reply, in Latin-1.
 *
 * `Content-Length` is added, since connections are used again, and `Cache-Control: no-store`: a cached
 * 301 would keep the next step's request from us. It has no say over the cache of preflights. Neither
 * is added where it is planned.
 */
export function http1Reply(
  method: string,
  status: number,
  headers: HeaderList,
  body: string,
): string {
  const planned = new Set(headers.map(([name]) => name.toLowerCase()));
  const sent = WITHOUT_BODY.has(status) ? '' : body;
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  if (!planned.has('cache-control')) lines.push('Cache-Control: no-store\r\n');
  if (!planned.has('content-length') && status !== 204 && status !== 304) {
    lines.push(`Content-Length: ${sent.length}\r\n`);
  }
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${lines.join('')}\r\n`;
  return method === 'HEAD' ? head : head + sent;
}
