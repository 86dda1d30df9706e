/**
 * The head of a request as a browser sends it: what the model says, and what browsers add by themselves and
 * servers may look at.
 *
 * @see https://w3c.github.io/webappsec-fetch-metadata/
 */
import { type Header, isMixedContent, redirectTaint, type SentRequest } from '@cors/browser';

/** What is the same for all requests of a fetch. */
export interface Sender {
  /** The page's. */
  readonly origin: string;
  /** Where the page's request went first. */
  readonly url: string;
  /** Sent wherever the browser would send its own. */
  readonly cookie: string | null;
}

/** The lines of the head. */
export function sentHeaders(request: SentRequest, sender: Sender): readonly Header[] {
  const { url, headers, withCredentials } = request;
  const isSetByScript = (name: string): boolean =>
    headers.some(([each]) => each.toLowerCase() === name.toLowerCase());
  const added: readonly (readonly [string, string | null])[] = [
    ['Host', new URL(url).host],
    ['Connection', 'close'],
    ['Accept', '*/*'],
    ['User-Agent', 'Mozilla/5.0 (compatible; cors-cli)'],
    ['Content-Length', contentLength(request)],
    ['Cookie', withCredentials ? sender.cookie : null],
    ...fetchMetadata(url, sender),
  ];
  const own = added.flatMap(([name, value]): Header[] =>
    value === null || isSetByScript(name) ? [] : [[name, value]],
  );
  return [...own, ...headers];
}

/** @see https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch */
function contentLength({ method, body }: SentRequest): string | null {
  if (body !== null) return String(Buffer.byteLength(body));
  return method === 'POST' || method === 'PUT' ? '0' : null;
}

/** Browsers tell it to servers that nobody can listen to on the way. */
function fetchMetadata(url: string, { origin, url: first }: Sender): [string, string][] {
  // What would be mixed content on a page over HTTPS is not trustworthy.
  if (isMixedContent('https://any.example', url)) return [];
  // As foreign as a redirect from the page to there would be, to somebody who is neither.
  const site = redirectTaint('null', [origin, first, url]);
  return [
    ['Sec-Fetch-Dest', 'empty'],
    ['Sec-Fetch-Mode', 'cors'],
    ['Sec-Fetch-Site', site],
  ];
}
