/**
 * The options of the command → the request of a page: from flags, or from what developer tools copy.
 */
import type { Header, PageRequest, ProfileName } from '@cors/browser';

import { parseCurl } from '../parse-curl.js';
import { parseFetchCall } from '../parse-fetch-call.js';
import { parsedUrl, sortHeaders } from '../pasted-request.js';
import { UsageError } from './usage-error.js';

/** What says which request is meant. */
export interface RequestFlags {
  readonly origin?: string | undefined;
  readonly method?: string | undefined;
  readonly header: readonly string[];
  readonly data?: string | undefined;
  readonly credentials?: boolean | undefined;
  readonly curl?: string | undefined;
  readonly fetch?: string | undefined;
  readonly browser: ProfileName;
}

/** A request, with what goes along and what was left out. */
export interface GivenRequest {
  readonly page: PageRequest;
  readonly cookie: string | null;
  readonly leftOut: readonly string[];
}

/** The request that was given. */
export function givenRequest(url: string | undefined, flags: RequestFlags): GivenRequest {
  const sources = [url, flags.curl, flags.fetch].filter((each) => each !== undefined);
  if (sources.length !== 1) {
    throw new UsageError(
      sources.length === 0 ? 'There is no URL to ask for.' : 'There are several requests.',
      'Give one of these: a URL, --curl, --fetch.',
    );
  }
  return url === undefined ? pastedRequest(flags) : flaggedRequest(url, flags);
}

function pastedRequest(flags: RequestFlags): GivenRequest {
  const pasted =
    flags.curl === undefined ? parseFetchCall(flags.fetch ?? '') : parseCurl(flags.curl);
  if (!pasted.ok) throw new UsageError(pasted.problem, pasted.fix);
  const { origin, cookie, leftOut, ...request } = pasted.request;
  const page = {
    ...request,
    ...(flags.credentials === true && { credentialsMode: 'include' as const }),
    ...(flags.method !== undefined && { method: flags.method }),
    origin: checkedOrigin(flags.origin ?? origin ?? undefined),
  };
  return { page, cookie, leftOut };
}

function flaggedRequest(url: string, flags: RequestFlags): GivenRequest {
  const { headers, leftOut, cookie, origin } = sortHeaders(flags.header.map(headerIn));
  const hasBody = flags.data !== undefined;
  const page: PageRequest = {
    origin: checkedOrigin(flags.origin ?? origin ?? undefined),
    url,
    method: flags.method ?? (hasBody ? 'POST' : 'GET'),
    headers,
    credentialsMode: flags.credentials === true ? 'include' : 'same-origin',
    ...(hasBody && { body: { content: flags.data ?? '' } }),
  };
  return { page, cookie, leftOut };
}

/** A line of `-H`. */
export function headerIn(text: string): Header {
  const colon = text.indexOf(':');
  if (colon < 1) {
    throw new UsageError(
      `The header ${JSON.stringify(text)} has no colon.`,
      "Write -H 'Name: value'.",
    );
  }
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}

/** An origin as browsers write it. A page's whole address is taken for its origin. */
export function checkedOrigin(text: string | undefined): string {
  if (text === undefined) {
    throw new UsageError(
      'The page’s origin is not known.',
      'Add --origin, as in --origin https://app.example.com.',
    );
  }
  if (text === 'null') return text;
  const url = parsedUrl(text);
  const isWhole = url !== null && /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  if (!isWhole) {
    throw new UsageError(
      `The origin ${JSON.stringify(text)} is none.`,
      'Write it with its scheme, as https://app.example.com.',
    );
  }
  return url.origin === 'null' ? text : url.origin;
}
