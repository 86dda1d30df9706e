/**
 * Console verdict: what a console's message says, as a verdict with as much of the cause as the message
 * tells. The sentences are those of any other verdict; what the message leaves out is left out of them.
 */
import { explainCorsCheck } from './cors-check-explanation.js';
import type { CorsCheckFailure } from './cors-check.js';
import { type Explanation, explainMode, explainNetwork, explainRedirect } from './explanation.js';
import { explainOther, isOtherCode, type OtherCode } from './other-verdict.js';
import { serializeOrigin } from './origin.js';
import type { PageRequest } from './page-request.js';
import {
  explainHeader,
  explainList,
  explainMethod,
  explainPreflight,
  explainPreflightRedirect,
  explainStatus,
} from './preflight-explanation.js';
import { quoted } from './quoted.js';
import type { FetchResponse } from './response.js';
import type { VerdictCode } from './verdict-code.js';
import { VERDICTS } from './verdict-names.js';

/** What a console's message can be about: how a fetch ends, or what else stops it. */
export type ConsoleCode = VerdictCode | OtherCode;

/** What a console's message stands for. */
export interface ConsoleVerdict extends Explanation {
  readonly code: ConsoleCode;
  /** The clause of the standard. */
  readonly clause: string;
}

/** What a console's message tells; null for what it leaves out. */
export interface ConsoleDetails {
  readonly origin: string | null;
  /** What the page asked for. */
  readonly url: string | null;
  /** Where redirects led. */
  readonly redirectedTo: string | null;
  readonly status: number | null;
  /** The header's value, the method, the header's name, the directive, or the error that it is about. */
  readonly value: string | null;
}

/** The verdict under a code. */
export function consoleVerdict(code: ConsoleCode, details: ConsoleDetails): ConsoleVerdict {
  if (isOtherCode(code)) return { code, ...explainOther(code, details) };
  const { origin, url } = details;
  const asked = { origin: origin ?? 'the page’s origin', url: url ?? 'the URL' };
  return { code, clause: VERDICTS[code].clause, ...explanationOf(code, asked, details) };
}

function explanationOf(
  code: VerdictCode,
  request: Pick<PageRequest, 'origin' | 'url'>,
  { url, redirectedTo, status, value }: ConsoleDetails,
): Explanation {
  const { origin } = request;
  const response: FetchResponse | null = status === null ? null : { status, headers: [] };
  const name = value ?? '';
  const server = url === null ? 'The server' : serializeOrigin(redirectedTo ?? url);
  const error = value === null ? null : new Error(value);
  switch (code) {
    case 'same-origin-mode':
      return explainMode('same-origin-mode-cross-origin-url', request.url, request);
    case 'non-http-scheme':
      return explainMode(code, request.url, request);
    case 'network-failure':
      return explainNetwork(server, error);
    case 'preflight-network-failure': {
      const failure = { reason: 'network-failure', error } as const;
      return explainPreflight(failure, null, request, null);
    }
    case 'preflight-status':
      return explainStatus(status, origin);
    case 'preflight-redirect':
      return explainPreflightRedirect(status, null, request.url);
    case 'invalid-allow-methods':
      return explainList('Access-Control-Allow-Methods', value);
    case 'invalid-allow-headers':
      return explainList('Access-Control-Allow-Headers', value);
    case 'method-not-allowed':
      return explainMethod(value, null, {});
    case 'authorization-not-listed':
    case 'header-not-allowed':
      return explainHeader(name, null, {});
    case 'redirect-to-no-url':
    case 'redirect-to-non-http-scheme':
    case 'too-many-redirects':
    case 'redirect-url-includes-credentials':
    case 'redirect-of-stream':
      return explainRedirect(code, redirectedTo ?? value, request.url);
    default: {
      const isPreflight = code.startsWith('preflight-');
      const check = checkFailure(code, origin, value);
      const after = redirectedTo === null ? '' : ` of ${quoted(redirectedTo)} (after a redirect)`;
      const what = `${isPreflight ? 'The preflight’s response' : 'The response'}${after}`;
      const explanation = explainCorsCheck(code, check, response, what);
      const failure = { ok: false, reason: 'cors-check-failed', corsCheck: check } as const;
      return isPreflight ? explainPreflight(failure, response, request, explanation) : explanation;
    }
  }
}

/** The check that failed, as far as the code and the one value tell it. */
function checkFailure(code: VerdictCode, origin: string, value: string | null): CorsCheckFailure {
  const isMissing = code.endsWith('missing-allow-origin');
  const isAboutCredentials = code.includes('allow-credentials');
  return {
    ok: false,
    reason: isMissing ? 'missing-allow-origin' : 'origin-mismatch',
    origin,
    allowOrigin: isAboutCredentials ? null : value,
    allowCredentials: isAboutCredentials ? value : null,
  };
}
