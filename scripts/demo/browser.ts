/**
 * What a browser does with a page's cross-origin fetch: when it asks first, what it sends, and what
 * it concludes from the replies alone. The algorithms are those of `@cors/browser`.
 */
import {
  authorRequestHeaders,
  corsCheck,
  type CorsCheckFailure,
  corsPreflightRequest,
  type CredentialsMode,
  exposedResponseHeaders,
  type FetchRequest,
  type HeaderList,
  normalizeMethod,
  preflightCauses,
  preflightCheck,
  type PreflightCheckFailure,
} from '@cors/browser';
import { type Exchange, exchange } from './exchange.js';

/** `fetch(url, { method, headers, body, credentials })` in a page of the origin. */
export interface PageFetch {
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  readonly headers: HeaderList;
  readonly body?: string;
  /** `include` when absent. */
  readonly credentialsMode?: CredentialsMode;
  /** What the page calls the server; where it listens when absent. */
  readonly host?: string;
}

/** One exchange, and what the browser makes of it. */
export interface Played extends Exchange {
  /** Why there is a preflight; on the preflight only. */
  readonly because: readonly string[];
  readonly passed: boolean;
  readonly conclusion: string;
}

/** Plays a page's fetch against the server on the port. */
export async function playInBrowser(port: number, fetch: PageFetch): Promise<Played[]> {
  const request: FetchRequest = {
    origin: fetch.origin,
    credentialsMode: fetch.credentialsMode ?? 'include',
    method: normalizeMethod(fetch.method),
    headers: authorRequestHeaders(fetch.headers),
  };
  const host: HeaderList = [['Host', fetch.host ?? `127.0.0.1:${String(port)}`]];
  const played: Played[] = [];

  const causes = preflightCauses(request);
  if (causes.length > 0) {
    const { method, headers } = corsPreflightRequest(request);
    const sent = { method, path: fetch.path, headers: [...host, ...headers] };
    const asked = await exchange(port, sent);
    const check = preflightCheck(request, asked.response);
    played.push({
      ...asked,
      because: causes.map((cause) =>
        'name' in cause
          ? `the header ${cause.name}: ${cause.values.join(', ')}`
          : `the method ${request.method}`,
      ),
      passed: check.ok,
      conclusion: check.ok ? 'it may send the request.' : whyPreflightFailed(check),
    });
    if (!check.ok) return played;
  }

  const hasCookie = request.credentialsMode === 'include';
  const cookie: HeaderList = hasCookie ? [['Cookie', 'session=abc']] : [];
  const length: HeaderList =
    fetch.body === undefined ? [] : [['Content-Length', String(fetch.body.length)]];
  const answered = await exchange(port, {
    method: request.method,
    path: fetch.path,
    headers: [...host, ['Origin', request.origin], ...request.headers, ...cookie, ...length],
    body: fetch.body,
  });
  const check = corsCheck(request, answered.response);
  const visible = exposedResponseHeaders(answered.response, request.credentialsMode).map(
    ([name]) => name,
  );
  played.push({
    ...answered,
    because: [],
    passed: check.ok,
    conclusion: check.ok
      ? `the page may read the reply, and of its headers ${visible.join(', ') || 'none'}.`
      : `it blocks the reply: ${whyCheckFailed(check)}; the page gets a network error.`,
  });
  return played;
}

function whyCheckFailed({ reason, origin, allowOrigin }: CorsCheckFailure): string {
  switch (reason) {
    case 'missing-allow-origin':
      return 'there is no Access-Control-Allow-Origin';
    case 'wildcard-with-credentials':
      return 'with credentials, * lets nobody read it';
    default:
      return `${reason}: ${String(allowOrigin)} does not let ${origin} read it`;
  }
}

function whyPreflightFailed(failure: PreflightCheckFailure): string {
  const why =
    failure.reason === 'method-not-allowed'
      ? `the method ${failure.method} is not among ${failure.methods.join(', ')}`
      : failure.reason === 'cors-check-failed'
        ? whyCheckFailed(failure.corsCheck)
        : failure.reason === 'header-not-allowed'
          ? `the header ${failure.headerName} is not among ${failure.headerNames.join(', ') || 'those allowed: there are none'}`
          : failure.reason;
  return `it never sends the request: ${why}; the page gets a network error.`;
}
