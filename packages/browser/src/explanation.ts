/**
 * Explanation: the cause of a verdict in one sentence, with the actual values, and the fix.
 */
import { canParseUrl } from './can-parse-url.js';
import { explainCorsCheck } from './cors-check-explanation.js';
import { explainPreflight } from './preflight-explanation.js';
import type { FetchFailure } from './fetch-failure.js';
import { serializeOrigin } from './origin.js';
import type { PageRequest } from './page-request.js';
import { quoted, saidBy } from './quoted.js';
import { isToken } from './token.js';
import type { Hop } from './transcript.js';
import type { VerdictCode } from './verdict-code.js';

/** Why a fetch ended as it did. */
export interface Explanation {
  /** One sentence, with the actual values. */
  readonly cause: string;
  /** What to change, and where; null when there is nothing to mend. */
  readonly fix: string | null;
}

/** What an explanation looks at. */
export interface Explained {
  readonly request: PageRequest;
  /** The last one; null when the script's call failed. */
  readonly hop: Hop | null;
}

/** Explains a fetch that ended well. */
export function explainSuccess(code: VerdictCode, { request, hop }: Explained): Explanation {
  const url = hop?.url ?? request.url;
  switch (code) {
    case 'opaque':
      return {
        cause: `The request was sent in mode no-cors, so the page cannot read the response of ${serializeOrigin(url)}, whatever that says.`,
        fix: `Leave out mode: 'no-cors', and let the server allow the origin.`,
      };
    case 'opaque-redirect':
      return {
        cause:
          'The script asked for redirects to be left alone, so the page sees that there is one and nothing of it.',
        fix: null,
      };
    case 'not-cross-origin':
      if (url.startsWith('data:')) {
        return { cause: 'A data: URL is its own response, so CORS plays no part.', fix: null };
      }
      return {
        cause: `${url} is of the page’s own origin, ${request.origin}, so CORS plays no part.`,
        fix: null,
      };
    default:
      return {
        cause: `The response of ${serializeOrigin(url)} lets ${hop?.request === null ? request.origin : originOf(hop, request)} read it.`,
        fix: null,
      };
  }
}

function originOf(hop: Hop | null, request: PageRequest): string {
  const header = hop?.request?.headers.find(([name]) => name === 'Origin');
  return header?.[1] ?? request.origin;
}

/** Explains a fetch that failed. */
export function explainFailure(
  code: VerdictCode,
  fetchFailure: FetchFailure,
  { request, hop }: Explained,
): Explanation {
  const { stage, failure } = fetchFailure;
  switch (stage) {
    case 'script':
      return explainScript(failure.reason, failure.value);
    case 'mode':
      return explainMode(failure.reason, failure.url, request);
    case 'redirect':
      return explainRedirect(failure.reason, failure.location, hop?.url ?? '');
    case 'preflight': {
      const response = hop?.preflight?.response ?? null;
      const asked = hop === null ? request : { ...request, url: hop.url };
      if (failure.reason === 'cors-check-failed') {
        const check = explainCorsCheck(
          code,
          failure.corsCheck,
          response,
          `The preflight’s response${afterRedirect(hop, request)}`,
        );
        return explainPreflight(failure, response, asked, check);
      }
      return explainPreflight(failure, response, asked, null);
    }
    case 'response': {
      if (failure.reason === 'network-failure') {
        return explainNetwork(serializeOrigin(hop?.url ?? request.url), failure.error);
      }
      const what = `The response${afterRedirect(hop, request)}`;
      return explainCorsCheck(code, failure, hop?.response ?? null, what);
    }
  }
}

// A page that knows of no redirect looks for the fault at the URL that it asked for.
function afterRedirect(hop: Hop | null, { url }: PageRequest): string {
  if (hop === null || !canParseUrl(url) || hop.url === new URL(url).href) return '';
  return ` of ${quoted(hop.url)} (after a redirect)`;
}

/** Explains that no response came from a server. */
export function explainNetwork(server: string, error: unknown): Explanation {
  return {
    cause: `${server} gave no response${saidBy(error)}: that is no matter of CORS, though browsers word it as one.`,
    fix: 'See that the server runs, that the port and the scheme are right, and that its certificate is valid.',
  };
}

function explainScript(
  reason: Extract<FetchFailure, { stage: 'script' }>['failure']['reason'],
  value: string,
): Explanation {
  switch (reason) {
    case 'invalid-url':
      return canParseUrl(value)
        ? {
            cause: `${quoted(value)} has a user name or a password in it, and fetch() takes no such URL.`,
            fix: 'Leave them out of the URL, and send them in the header Authorization.',
          }
        : {
            cause: `${quoted(value)} is no absolute URL.`,
            fix: 'Write one, with its scheme, as https://api.example.com/notes.',
          };
    case 'invalid-method':
      return {
        cause: `${quoted(value)} is no method.`,
        fix: 'Write a method such as GET or PUT, with no spaces around it.',
      };
    case 'forbidden-method':
      return {
        cause: `No script may send the method ${value}.`,
        fix: 'Use another method.',
      };
    case 'invalid-header':
      return isToken(value)
        ? {
            cause: `The value of the header ${value} has a line end, a NUL or a character beyond U+00FF inside.`,
            fix: 'Write the value on one line, and encode other characters, as by encodeURIComponent().',
          }
        : {
            cause: `${quoted(value)} cannot be the name of a header.`,
            fix: 'Write a name of letters, digits and hyphens.',
          };
    case 'no-cors-method':
      return {
        cause: `In mode no-cors the method ${value} cannot be sent: only GET, HEAD and POST can.`,
        fix: `Leave out mode: 'no-cors', and let the server allow the method.`,
      };
    case 'body-not-allowed':
      return value === 'no-cors'
        ? {
            cause: 'A stream cannot be the body of a request in mode no-cors.',
            fix: `Leave out mode: 'no-cors', and let the server allow the origin.`,
          }
        : {
            cause: `A request with the method ${value} cannot have a body.`,
            fix: 'Leave out the body, or send it with POST.',
          };
  }
}

/** Explains why a request may not go to where it should. */
export function explainMode(
  reason: Extract<FetchFailure, { stage: 'mode' }>['failure']['reason'],
  url: string,
  { origin }: PageRequest,
): Explanation {
  switch (reason) {
    case 'same-origin-mode-cross-origin-url':
      return {
        cause: `The script asked for mode same-origin, and ${url} is not of ${origin}.`,
        fix: `Leave out mode: 'same-origin', and let the server allow the origin.`,
      };
    case 'no-cors-redirect-mode':
      return {
        cause: `In mode no-cors, redirects of ${url} can only be followed.`,
        fix: `Leave out the redirect option, or mode: 'no-cors'.`,
      };
    case 'non-http-scheme':
      return {
        cause: `${url} is no http: or https: URL, and CORS is for these only.`,
        fix: schemeFix(url),
      };
  }
}

function schemeFix(url: string): string {
  if (url.startsWith('file:')) {
    return 'Serve the files over HTTP: a page cannot fetch the files beside it.';
  }
  // `localhost:3000/notes` is of the scheme `localhost:`.
  return /^[\w.-]+:\d/.test(url)
    ? `Write the scheme as well: ${quoted(`http://${url}`)}.`
    : 'Serve the resource over HTTP.';
}

/** Explains a redirect that is not followed; null for a place that is not known. */
export function explainRedirect(
  reason: Extract<FetchFailure, { stage: 'redirect' }>['failure']['reason'],
  location: string | null,
  from: string,
): Explanation {
  const to = location === null ? 'another URL' : quoted(location);
  switch (reason) {
    case 'redirect-mode-error':
      return {
        cause: `${from} redirects to ${to}, and the script asked for redirects to be errors.`,
        fix: `Fetch the URL that it redirects to, or leave out redirect: 'error'.`,
      };
    case 'redirect-to-no-url':
      return {
        cause: `${from} redirects to ${to}, which is no URL.`,
        fix: 'Send one Location header with a valid URL.',
      };
    case 'redirect-to-non-http-scheme':
      return {
        cause: `${from} redirects to ${to}, which is no http: or https: URL.`,
        fix: 'Redirect to an https: URL.',
      };
    case 'too-many-redirects':
      return {
        cause: `${from} redirects for the twenty-first time, to ${to}.`,
        fix: 'Look for a circle: URLs that redirect to one another.',
      };
    case 'redirect-url-includes-credentials':
      return {
        cause: `${from} redirects to ${to}, across origins and with a user name or a password in the URL.`,
        fix: 'Take the user name and the password out of Location.',
      };
    case 'redirect-of-stream':
      return {
        cause: `${from} redirects to ${to}, and a stream cannot be sent a second time.`,
        fix: 'Fetch the URL that it redirects to, or send a body that is no stream.',
      };
  }
}
