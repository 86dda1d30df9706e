/**
 * The fix with our own engine: which option to change. The sentences are those of `explain`, which is asked
 * about a policy that lacks just this.
 */
import type { ConsoleCode, VerdictCode } from '@cors/browser';
import { type CorsRequest, createCors, explain } from '@cors/core';

/** What is missing: the permission for an origin, a method, a header or credentials, or `cors` in front. */
type Lack = 'origin' | 'method' | 'header' | 'credentials' | 'mount' | 'authority' | null;

const CHECK = {
  'missing-allow-origin': 'origin',
  'repeated-allow-origin': 'authority',
  'allow-origin-list': 'origin',
  'invalid-allow-origin': 'origin',
  'allow-origin-mismatch': 'origin',
  'wildcard-with-credentials': 'credentials',
  'missing-allow-credentials': 'credentials',
  'allow-credentials-not-true': 'credentials',
} as const satisfies Partial<Record<VerdictCode, Lack>>;

/** What each code lacks; null where no option helps. */
const LACKS: Readonly<Record<ConsoleCode, Lack>> = {
  ...CHECK,
  'preflight-missing-allow-origin': 'origin',
  'preflight-repeated-allow-origin': 'authority',
  'preflight-allow-origin-list': 'origin',
  'preflight-invalid-allow-origin': 'origin',
  'preflight-allow-origin-mismatch': 'origin',
  'preflight-wildcard-with-credentials': 'credentials',
  'preflight-missing-allow-credentials': 'credentials',
  'preflight-allow-credentials-not-true': 'credentials',
  'preflight-redirect': 'mount',
  'preflight-status': 'mount',
  'invalid-allow-methods': 'authority',
  'invalid-allow-headers': 'authority',
  'method-not-allowed': 'method',
  'authorization-not-listed': 'header',
  'header-not-allowed': 'header',
  allowed: null,
  'not-cross-origin': null,
  opaque: null,
  'opaque-redirect': null,
  'invalid-url': null,
  'invalid-method': null,
  'forbidden-method': null,
  'invalid-header': null,
  'no-cors-method': null,
  'body-not-allowed': null,
  'same-origin-mode': null,
  'no-cors-redirect-mode': null,
  'non-http-scheme': null,
  'preflight-network-failure': null,
  'network-failure': null,
  'redirect-mode-error': null,
  'redirect-to-no-url': null,
  'redirect-to-non-http-scheme': null,
  'too-many-redirects': null,
  'redirect-url-includes-credentials': null,
  'redirect-of-stream': null,
  'mixed-content': null,
  'content-security-policy': null,
  'local-network-access': null,
  'blocked-by-client': null,
  'blocked-by-response': null,
  aborted: null,
};

/** What is known of the request; null for what is not. */
export interface Known {
  readonly origin: string | null;
  /** The method, or the header's name, that was not allowed. */
  readonly value: string | null;
  /** The status of the preflight's response. */
  readonly status: number | null;
}

const MOUNT =
  'Mount `cors` first, in front of routes, redirects and authentication: it answers preflights by itself.';
const AUTHORITY =
  'Leave the headers to `cors` alone: it writes each once, and removes what handlers set; take them out of the proxy.';

/** What to change in the options of our engine, for a verdict; null where no option helps. */
export function ownFix(code: ConsoleCode, known: Known): string | null {
  const lack = LACKS[code];
  // An error in answer to OPTIONS is by somebody who never asked the policy.
  const isNobodys = (known.status ?? 0) >= 300 && known.status !== 403;
  if (lack === 'mount' || (code.startsWith('preflight-') && isNobodys)) return MOUNT;
  if (lack === 'authority') return AUTHORITY;
  return lack === null ? null : explained(lack, known);
}

const OTHER = 'https://other.invalid';

function explained(
  lack: 'origin' | 'method' | 'header' | 'credentials',
  { origin, value }: Known,
): string | null {
  switch (lack) {
    case 'origin':
      return origin === null
        ? 'Let the option `origin` allow the page’s origin.'
        : fixFor(OTHER, { Origin: origin }, 'GET');
    case 'method':
      return value === null
        ? 'Add the method to `methods`.'
        : fixFor('*', preflight({ method: value }), 'OPTIONS');
    case 'header': {
      const asked = preflight({ method: 'GET', header: value ?? '' });
      return fixFor('*', asked, 'OPTIONS');
    }
    case 'credentials':
      return fixFor('*', { Origin: OTHER, Cookie: 'a=b' }, 'GET');
  }
}

function preflight({
  method,
  header = '',
}: {
  readonly method: string;
  readonly header?: string;
}): Record<string, string> {
  return {
    Origin: OTHER,
    'Access-Control-Request-Method': method,
    'Access-Control-Request-Headers': header,
  };
}

function fixFor(origin: string, headers: Record<string, string>, method: string): string | null {
  const request: CorsRequest = { method, headers };
  const { fix } = explain(createCors({ origin }).decide(request), request);
  return fix === '' ? null : fix;
}
