/**
 * Vectors about requests: which headers are safelisted, and what needs a preflight.
 */
import type { CredentialsMode, Header, HeaderList } from '@cors/browser';
import type { PageRequestBody, PageRequest } from '@cors/browser';
import type { Exchange } from '../exchange.js';
import { below, permissive, permissivePreflight, type Vector, withoutTls } from './vector-files.js';

/** Of `safelisted-request-header.json`. */
export type SafelistVector = Vector &
  (
    | { readonly kind: 'single'; readonly name: string; readonly value: string }
    | { readonly kind: 'byte-class'; readonly name: string; readonly valueTemplate: string }
    | { readonly kind: 'header-list'; readonly headers: HeaderList }
  );

const PAGE = 'http://page.test';

// Those of the vectors.
const FORBIDDEN = /^(?:sec-|proxy-|accept-(?:charset|encoding)$|cookie$|host$|origin$)/i;

/** GETs with these headers; a class of bytes is one exchange for each byte. */
export function safelistExchanges(
  vector: SafelistVector,
  id: string,
): readonly Exchange[] | string {
  switch (vector.kind) {
    case 'single': {
      const { name, value } = vector;
      if (FORBIDDEN.test(name)) return 'A script cannot set this header: it would be dropped.';
      const inner = value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
      if (/[\0\r\n]/.test(inner)) return 'No header can have this value.';
      return [get(id, [[name, value]])];
    }
    case 'byte-class': {
      const { name, valueTemplate } = vector;
      const bytes = Array.from({ length: 255 }, (_, index) => index + 1);
      return bytes
        .filter((byte) => byte !== 10 && byte !== 13)
        .map((byte) => {
          const value = valueTemplate.replace('{}', () => String.fromCharCode(byte));
          return get(`${id}-${byte}`, [[name, value]]);
        });
    }
    case 'header-list':
      return [get(id, vector.headers)];
  }
}

function get(id: string, headers: readonly Header[]): Exchange {
  return single(id, { origin: PAGE, url: `http://target.test/x/${id}/`, headers });
}

function single(id: string, request: PageRequest): Exchange {
  const { url, origin } = request;
  const answer = { url, preflight: permissivePreflight(request), actual: permissive(origin) };
  return { id, steps: [{ request, answers: [answer] }] };
}

/** Of `needs-preflight.json`. */
export interface NeedsPreflightVector extends Vector {
  readonly api: 'fetch' | 'xhr';
  readonly pageOrigin: string;
  readonly url: string;
  readonly method: string;
  readonly headers: HeaderList;
  readonly mode: 'cors' | 'no-cors' | 'same-origin';
  readonly credentials: CredentialsMode;
  readonly uploadListener?: boolean;
  readonly body?: string;
}

/** The request, with everything allowed. */
export function needsPreflightExchange(
  given: NeedsPreflightVector,
  id: string,
): readonly Exchange[] | string {
  const isSecure = given.pageOrigin.startsWith('https:');
  const vector = isSecure || given.pageOrigin === 'null' ? withoutTls(given) : given;
  const { api, pageOrigin: origin, method, credentials } = vector;
  if (vector.url.startsWith('https:'))
    return 'It is about two schemes, and our server speaks no TLS.';
  const isTyped = ([name]: Header): boolean => name === 'Content-Type';
  // Chromium only listens to an upload when there is one.
  const body: PageRequestBody | undefined =
    vector.body === undefined
      ? vector.uploadListener === true
        ? { content: 'x' }
        : undefined
      : { content: 'x', contentType: vector.headers.find(isTyped)?.[1] ?? null };
  const headers =
    vector.body === undefined
      ? vector.headers
      : vector.headers.filter((header) => !isTyped(header));
  return [
    single(id, {
      origin,
      url: below(id, vector.url),
      method,
      headers,
      api,
      ...(body === undefined ? {} : { body }),
      ...(api === 'xhr' ? {} : { mode: vector.mode }),
      ...(api === 'xhr' && credentials !== 'include' ? {} : { credentialsMode: credentials }),
      ...(vector.uploadListener === true ? { uploadListener: true } : {}),
    }),
  ];
}
