/**
 * `data:` URLs: the response that each holds itself, so that nobody is asked.
 *
 * @see https://fetch.spec.whatwg.org/#data-url-processor
 */
import type { FetchResponse } from '@cors/browser';

/** The response of a `data:` URL. It throws for failure. */
export function dataUrlResponse(url: string): FetchResponse {
  const [, type, body = ''] = /^data:([^,#]*),([^#]*)/.exec(url) ?? [];
  if (type === undefined) throw new Error('the data: URL has no comma');
  const [, written = '', isBase64] = /^(.*?)(; *base64)?$/i.exec(type.trim()) ?? [];
  if (isBase64 !== undefined && !isBase64Text(body)) {
    throw new Error('the data: URL holds no base64');
  }
  return { status: 200, headers: [['Content-Type', contentType(written)]] };
}

function contentType(written: string): string {
  const type = written.startsWith(';') ? `text/plain${written}` : written;
  return /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+/.test(type)
    ? type
    : 'text/plain;charset=US-ASCII';
}

/** @see https://infra.spec.whatwg.org/#forgiving-base64-decode */
function isBase64Text(body: string): boolean {
  const text = body
    .replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/[\t\n\f\r ]/g, '');
  const bare = text.length % 4 === 0 ? text.replace(/={1,2}$/, '') : text;
  return /^[A-Za-z0-9+/]*$/.test(bare) && bare.length % 4 !== 1;
}
