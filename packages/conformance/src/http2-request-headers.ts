/**
 * A request's lines as an HTTP/2 header list, in the form that `node:http2` takes: repeated lines are
 * an array of values. What that form cannot say is an error, never another request.
 *
 * https://www.rfc-editor.org/rfc/rfc9113#section-8.2
 */
import type { OutgoingHttpHeaders } from 'node:http2';

import type { WireRequest } from './audit.js';
import { isToken, trimOptionalWhiteSpace } from './field-syntax.js';
import { cannotCarry } from './harness-error.js';

/** Fields of the connection, which HTTP/2 has its own means for. */
const CONNECTION_SPECIFIC = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
];

/** The header list; the value of `Host`, if given, becomes `:authority`. */
export function http2RequestHeaders(request: WireRequest, authority: string): OutgoingHttpHeaders {
  if (!isToken(request.method)) throw cannotCarry('HTTP/2', `the method ${quoted(request.method)}`);
  const values = new Map<string, string[]>();
  for (const [given, value] of request.headers) {
    const name = given.toLowerCase();
    if (!isToken(name) || CONNECTION_SPECIFIC.includes(name)) {
      throw cannotCarry('HTTP/2', `a field named ${quoted(given)}`);
    }
    // `node:http2` ends a value at NUL, and would send the low byte of a wider character.
    if (/[^\u0001-\u00ff]/.test(value)) throw cannotCarry('HTTP/2', `the value ${quoted(value)}`);
    // White space around a value is no part of it over HTTP/1.1, and forbidden here.
    values.set(name, [...(values.get(name) ?? []), trimOptionalWhiteSpace(value)]);
  }
  const hosts = values.get('host') ?? [authority];
  if (hosts.length > 1) throw cannotCarry('HTTP/2', 'several Host lines');
  values.delete('host');
  return {
    ':method': request.method,
    ':path': request.path,
    ':scheme': 'http',
    ':authority': hosts[0],
    ...Object.fromEntries(values),
  };
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
