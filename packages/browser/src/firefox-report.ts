/**
 * Firefox's report about a fetch that it blocks: the reason in its console.
 */
import { stripTabsAndSpaces } from './byte-sequence.js';
import { type ConsoleText, textIn } from './console-text.js';
import type { FetchFailure } from './fetch-failure.js';
import type { PageRequest } from './page-request.js';
import { isToken } from './token.js';
import type { Hop } from './transcript.js';
import { type FirefoxReason, type VerdictCode } from './verdict-code.js';
import { VERDICTS } from './verdict-names.js';

/** The name of the reason, and its text as the console has it after `Reason: `. */
export interface FirefoxReport {
  readonly reason: FirefoxReason;
  readonly text: string;
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

/**
 * What Firefox reports about a failure; null for nothing about CORS.
 *
 * @param hop - The last one.
 */
export function firefoxReport(
  code: VerdictCode,
  { stage, failure }: FetchFailure,
  { mode = 'cors' }: PageRequest,
  hop: Hop | null,
): FirefoxReport | null {
  const { firefox } = VERDICTS[code];
  // Without CORS a wrong scheme is no matter of it.
  if (stage === 'mode' && mode !== 'cors') return null;
  // A failure of the network, or of a redirect, is a matter of CORS to it once the request is foreign.
  const isOwn =
    hop?.tainting !== 'cors' &&
    stage !== 'mode' &&
    failure.reason !== 'redirect-url-includes-credentials';
  if (firefox === null || isOwn) return null;
  const text = FIREFOX_TEXTS[firefox].replace('%s', () => firefoxParameter(failure));
  return { reason: firefox, text };
}

/** The reason whose text a message of Firefox's console holds, the first of several; null for none. */
export function firefoxReasonOf(message: string): FirefoxReason | null {
  return textIn(message, FIREFOX_WORDS)?.name ?? null;
}

/** The words of each reason. */
export const FIREFOX_WORDS = Object.fromEntries(
  Object.entries(FIREFOX_TEXTS).map(([reason, text]) => [reason, text.split('%s')]),
) as unknown as Readonly<Record<FirefoxReason, ConsoleText>>;

type Failure = FetchFailure['failure'];

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
