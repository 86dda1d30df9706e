/**
 * Messages of Chromium's console: which failure each stands for.
 *
 * @see https://source.chromium.org/chromium/chromium/src/+/main:third_party/blink/renderer/platform/loader/cors/cors_error_string.cc
 */
import type { ConsoleCode } from './console-verdict.js';
import { type ConsoleText, textIn, valueIn, withOneQuote } from './console-text.js';
import type { RecognisedMessage } from './recognised-message.js';
import type { ChromiumCorsError } from './verdict-code.js';
import { verdictCodesOf } from './verdict-names.js';

const BLOCKED = ' has been blocked by CORS policy:';
const PREFLIGHT = 'Response to preflight request doesn’t pass access control check';

/** By what each is known. Those of a preflight's check are the same, behind other words. */
const TEXTS = {
  MissingAllowOriginHeader: ['No ’Access-Control-Allow-Origin’ header is present'],
  MultipleAllowOriginValues: ['header contains multiple values ’', '’, but only one is allowed'],
  InvalidAllowOriginValue: ['header contains the invalid value ’', '’.'],
  AllowOriginMismatch: [
    '’Access-Control-Allow-Origin’ header has a value ’',
    '’ that is not equal to the supplied origin',
  ],
  WildcardOriginNotAllowed: ['must not be the wildcard ’*’'],
  InvalidAllowCredentials: [
    '’Access-Control-Allow-Credentials’ header in the response is ’',
    '’ which must be ’true’',
  ],
  DisallowedByMode: ['Cross origin requests are not allowed by request mode'],
  CorsDisabledScheme: ['Cross origin requests are only supported for protocol schemes'],
  PreflightInvalidStatus: ['It does not have HTTP ok status'],
  PreflightDisallowedRedirect: ['Redirect is not allowed for a preflight request'],
  InvalidAllowMethodsPreflightResponse: ['Cannot parse Access-Control-Allow-Methods'],
  InvalidAllowHeadersPreflightResponse: ['Cannot parse Access-Control-Allow-Headers'],
  MethodDisallowedByPreflightResponse: [
    'Method ',
    ' is not allowed by Access-Control-Allow-Methods in preflight response',
  ],
  HeaderDisallowedByPreflightResponse: [
    'Request header field ',
    ' is not allowed by Access-Control-Allow-Headers in preflight response',
  ],
  RedirectContainsCredentials: ['Redirect location ’', '’ contains a username and password'],
} as const satisfies Partial<Record<ChromiumCorsError, ConsoleText>>;

/** A page may not reach into the visitor's network: no name of ours stands for it. */
const LOCAL_NETWORK =
  /Permission was denied for this request to access the |more-private address space|yet the resource is in address space|private network request targeting/;

/** Those that have no value of their own in the message. */
const VALUELESS: ReadonlySet<string> = new Set(
  Object.entries(TEXTS).flatMap(([name, words]) => (words.length === 1 ? [name] : [])),
);

/** Recognises a message of Chromium about CORS; null for any other. */
export function chromiumMessage(message: string): RecognisedMessage | null {
  const middle = message.indexOf(BLOCKED);
  const isWhole = middle !== -1;
  const head = isWhole ? message.slice(0, middle) : '';
  const body = isWhole ? message.slice(middle + BLOCKED.length) : message;
  const last = valueIn(head, [' at ’', '’ ']);
  const first = valueIn(head, ['(redirected from ’', '’) ']);
  const details = {
    origin: valueIn(`${head}\n`, [' from origin ’', '’\n']),
    url: first ?? last,
    redirectedTo: first === null ? null : last,
    status: null,
  };
  if (LOCAL_NETWORK.test(body)) {
    const [, before, after] =
      /’([a-z]+)’ address space|address space ’([a-z]+)’/.exec(withOneQuote(body)) ?? [];
    return {
      browser: 'chromium',
      name: null,
      codes: ['local-network-access'],
      ...details,
      value: before ?? after ?? null,
    };
  }
  const found = textIn(body, TEXTS);
  if (found === null) {
    return isWhole
      ? { browser: 'chromium', name: null, codes: null, ...details, value: null }
      : null;
  }
  const { name, value } = found;
  const isPreflight = withOneQuote(body).includes(PREFLIGHT) && !name.startsWith('Preflight');
  const full = (isPreflight ? `Preflight${name}` : name) as ChromiumCorsError;
  const codes = verdictCodesOf(full).filter((code) => fits(code, value, first !== null));
  const told = VALUELESS.has(name) ? null : value;
  return { browser: 'chromium', name: full, codes, ...details, value: told };
}

/** Whether the message's value leaves a code possible. */
function fits(code: ConsoleCode, value: string, isRedirected: boolean): boolean {
  switch (code) {
    case 'missing-allow-credentials':
    case 'preflight-missing-allow-credentials':
      return value === '';
    case 'allow-credentials-not-true':
    case 'preflight-allow-credentials-not-true':
      return value !== '';
    case 'authorization-not-listed':
      return value.toLowerCase() === 'authorization';
    case 'header-not-allowed':
      return value.toLowerCase() !== 'authorization';
    case 'redirect-to-non-http-scheme':
      return isRedirected;
    case 'non-http-scheme':
      return !isRedirected;
    default:
      return true;
  }
}
