/**
 * The fields of the form ↔ the request of a page.
 */
import type { Header, PageRequest } from '@cors/browser';

import type { PlaygroundState } from './share.js';

/** What is written in the form about the request. */
export type RequestFields = Pick<
  PlaygroundState,
  'origin' | 'url' | 'method' | 'headers' | 'credentials'
>;

/** The request that the form describes. */
export function pageRequestOf(fields: RequestFields): PageRequest {
  const { origin, url, method, headers, credentials } = fields;
  return {
    origin: origin.trim(),
    url: url.trim(),
    method: method.trim(),
    headers: headers.split('\n').flatMap(headerOf),
    credentialsMode: credentials ? 'include' : 'same-origin',
  };
}

/** The form's fields for a request. */
export function fieldsOf(request: Partial<PageRequest>): Partial<RequestFields> {
  const { origin, url, method = 'GET', headers = [], credentialsMode } = request;
  return {
    ...(origin !== undefined && { origin }),
    ...(url !== undefined && { url }),
    method,
    headers: headers.map(([name, value]) => `${name}: ${value}`).join('\n'),
    credentials: credentialsMode === 'include',
  };
}

function headerOf(line: string): Header[] {
  const colon = line.indexOf(':');
  if (colon < 1) return [];
  return [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
}
