/**
 * The bytes of an HTTP/1.1 request. Lines are written exactly as given, one byte a character:
 * nothing is checked, escaped or folded, because sending what no ordinary client can is the point.
 *
 * https://www.rfc-editor.org/rfc/rfc9112#section-3
 */
import { Buffer } from 'node:buffer';

import type { WireRequest } from './audit.js';
import { HarnessError } from './harness-error.js';

/**
 * Writes a request. `Host` and, for a body, `Content-Length` are added where the audit gives no line
 * of that name: without them the server's parser would answer in the application's place.
 *
 * @throws a `HarnessError` for a character that is no byte.
 */
export function http1RequestBytes(request: WireRequest, authority: string): Buffer {
  const has = (wanted: string): boolean =>
    request.headers.some(([name]) => name.toLowerCase() === wanted);
  const lines = request.headers.map(([name, value]) => `${name}: ${value}`);
  if (!has('host')) lines.unshift(`Host: ${authority}`);
  const body = Buffer.from(request.body ?? '', 'utf8');
  if (request.body !== undefined && !has('content-length') && !has('transfer-encoding')) {
    lines.push(`Content-Length: ${body.byteLength}`);
  }
  const head = [`${request.method} ${request.path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
  // Node writes the low byte of such a character: an origin would silently become another one.
  if (/[^\u0000-\u00ff]/.test(head)) {
    throw new HarnessError('A request head is bytes: write characters above U+00FF byte by byte');
  }
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}
