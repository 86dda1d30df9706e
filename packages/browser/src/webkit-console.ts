/**
 * Messages of WebKit's console: which failure each stands for. It says why in one line and what could not
 * be loaded in another, and has the same words for a preflight's response and for that of the request.
 *
 * @see https://github.com/WebKit/WebKit/blob/main/Source/WebCore/loader/CrossOriginAccessControl.cpp
 */
import type { ConsoleCode } from './console-verdict.js';
import { type ConsoleText, statusIn, textIn, valueIn } from './console-text.js';
import type { RecognisedMessage } from './recognised-message.js';

const TEXTS = {
  preflight: ['Preflight response is not successful'],
  wildcard: ['Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true'],
  several: ['Access-Control-Allow-Origin cannot contain more than one origin'],
  credentials: ['Credentials flag is true, but Access-Control-Allow-Credentials is not'],
  methods: ['Header Access-Control-Allow-Methods has an invalid value: ', '\n'],
  headers: ['Header Access-Control-Allow-Headers has an invalid value: ', '\n'],
  method: ['Method ', ' is not allowed by Access-Control-Allow-Methods.'],
  header: ['Request header field ', ' is not allowed by Access-Control-Allow-Headers.'],
  origin: ['Origin ', ' is not allowed by Access-Control-Allow-Origin'],
  redirectCredentials: ['redirection URL ', ' has credentials'],
  redirectScheme: ['not allowed to follow a cross-origin CORS redirection with non CORS scheme'],
} as const satisfies Record<string, ConsoleText>;

/** What each can mean, the likeliest first. */
const CODES: Readonly<Record<keyof typeof TEXTS, readonly ConsoleCode[]>> = {
  preflight: ['preflight-status'],
  wildcard: ['wildcard-with-credentials', 'preflight-wildcard-with-credentials'],
  several: [
    'repeated-allow-origin',
    'allow-origin-list',
    'preflight-repeated-allow-origin',
    'preflight-allow-origin-list',
  ],
  credentials: [
    'missing-allow-credentials',
    'allow-credentials-not-true',
    'preflight-missing-allow-credentials',
    'preflight-allow-credentials-not-true',
  ],
  methods: ['invalid-allow-methods'],
  headers: ['invalid-allow-headers'],
  method: ['method-not-allowed'],
  header: ['header-not-allowed'],
  origin: [
    'missing-allow-origin',
    'allow-origin-mismatch',
    'preflight-missing-allow-origin',
    'preflight-allow-origin-mismatch',
  ],
  redirectCredentials: ['redirect-url-includes-credentials'],
  redirectScheme: ['redirect-to-non-http-scheme'],
};

/** Recognises a message of WebKit about CORS; null for any other. */
export function webkitMessage(message: string): RecognisedMessage | null {
  const url = valueIn(message, [' cannot load ', ' due to access control checks']);
  const found = textIn(`${message}\n`, TEXTS);
  if (found === null && url === null) return null;
  const details = {
    browser: 'webkit',
    name: null,
    // What a redirect led to is all that some messages name.
    url: url ?? valueIn(message, ['redirection to ', ' denied by Cross-Origin Resource Sharing']),
    redirectedTo: null,
    status: statusIn(message),
  } as const;
  if (found === null) return { ...details, codes: [], origin: null, value: null };
  const { name, value } = found;
  const isOrigin = name === 'origin';
  const isValue = TEXTS[name].length === 2 && !isOrigin;
  return {
    ...details,
    codes: codesOf(name, value, details.status),
    origin: isOrigin ? value : null,
    value: isValue ? value : null,
  };
}

function codesOf(
  name: keyof typeof TEXTS,
  value: string,
  status: number | null,
): readonly ConsoleCode[] {
  const isRedirect = status !== null && status >= 300 && status < 400;
  if (name === 'preflight' && isRedirect) return ['preflight-redirect'];
  const isAuthorization = name === 'header' && value.toLowerCase() === 'authorization';
  return isAuthorization ? ['authorization-not-listed'] : CODES[name];
}
