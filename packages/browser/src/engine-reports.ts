/**
 * What Chromium and Firefox report about a fetch that they block: Chromium a name and a parameter, by
 * the DevTools protocol; Firefox a reason, in its console.
 */
import type { FetchFailure } from './fetch-failure.js';
import { isToken } from './token.js';
import { stripTabsAndSpaces } from './byte-sequence.js';
import type { ChromiumCorsError, FirefoxReason, VerdictCode } from './verdict-code.js';
import { VERDICTS } from './verdict-names.js';

/** What browsers report; null where they report nothing about CORS. */
export interface EngineReports {
  /** `Network.loadingFailed`'s `corsErrorStatus`. */
  readonly chromium: {
    readonly corsError: ChromiumCorsError;
    readonly failedParameter: string;
  } | null;
  /** The name of the reason, and its text as the console has it after `Reason: `. */
  readonly firefox: { readonly reason: FirefoxReason; readonly text: string } | null;
}

const FIREFOX_TEXTS: Readonly<Record<FirefoxReason, string>> = {
  CORSDidNotSucceed: 'CORS request did not succeed',
  CORSExternalRedirectNotAllowed: 'CORS request external redirect not allowed',
  CORSRequestNotHttp: 'CORS request not http',
  CORSMissingAllowOrigin: 'CORS header ‘Access-Control-Allow-Origin’ missing',
  CORSMultipleAllowOriginNotAllowed:
    'Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed',
  CORSAllowOriginNotMatchingOrigin: 'CORS header ‘Access-Control-Allow-Origin’ does not match ‘%s’',
  CORSNotSupportingCredentials:
    'Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’',
  CORSMethodNotFound: 'Did not find method in CORS header ‘Access-Control-Allow-Methods’',
  CORSMissingAllowCredentials: 'expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’',
  CORSPreflightDidNotSucceed: 'CORS preflight response did not succeed',
  CORSInvalidAllowMethod: 'invalid token ‘%s’ in CORS header ‘Access-Control-Allow-Methods’',
  CORSInvalidAllowHeader: 'invalid token ‘%s’ in CORS header ‘Access-Control-Allow-Headers’',
  CORSMissingAllowHeaderFromPreflight:
    'header ‘%s’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response',
};

/** What browsers report about a failure. */
export function engineReports(code: VerdictCode, { failure }: FetchFailure): EngineReports {
  const { chromium, firefox } = VERDICTS[code];
  return {
    chromium:
      chromium === null
        ? null
        : { corsError: chromium, failedParameter: chromiumParameter(failure) },
    firefox:
      firefox === null
        ? null
        : {
            reason: firefox,
            text: FIREFOX_TEXTS[firefox].replace('%s', () => firefoxParameter(failure)),
          },
  };
}

/** The reason whose text a message of Firefox's console holds; null when there is none. */
export function firefoxReasonOf(message: string): FirefoxReason | null {
  const reasons = Object.keys(FIREFOX_TEXTS) as FirefoxReason[];
  return (
    reasons.find((reason) => {
      const [before = '', after = ''] = FIREFOX_TEXTS[reason].split('%s');
      const start = message.indexOf(before);
      return start !== -1 && message.indexOf(after, start + before.length) !== -1;
    }) ?? null
  );
}

type Failure = FetchFailure['failure'];

function chromiumParameter(failure: Failure): string {
  switch (failure.reason) {
    case 'cors-check-failed':
      return chromiumParameter(failure.corsCheck);
    case 'origin-mismatch':
      return failure.allowOrigin ?? '';
    case 'missing-allow-credentials':
    case 'allow-credentials-not-true':
      return failure.allowCredentials ?? '';
    case 'method-not-allowed':
      return failure.method;
    case 'authorization-not-listed':
    case 'header-not-allowed':
      return failure.headerName;
    default:
      return '';
  }
}

function firefoxParameter(failure: Failure): string {
  switch (failure.reason) {
    case 'cors-check-failed':
      return firefoxParameter(failure.corsCheck);
    case 'origin-mismatch':
      return failure.allowOrigin ?? '';
    case 'invalid-allow-methods':
    case 'invalid-allow-headers':
      return (
        failure.value
          .split(',')
          .map(stripTabsAndSpaces)
          .find((name) => name !== '' && !isToken(name)) ?? ''
      );
    case 'authorization-not-listed':
    case 'header-not-allowed':
      return failure.headerName;
    default:
      return '';
  }
}
