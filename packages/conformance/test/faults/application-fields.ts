/** Faults where the application sets fields itself. */
import { type Fault, faultsOf } from './fault.js';
import { corsFields, inMemory, isGranted, type ReplyFault } from './in-memory.js';

const ALLOW_ORIGIN = 'Access-Control-Allow-Origin';

const fault = faultsOf('application-fields', (reply: ReplyFault) => inMemory({ reply }));

/** Leaves the handler's CORS fields on the reply, where it has any. */
function handlersWin(reply: Response, handled: Response | null): Response {
  for (const name of corsFields) {
    const own = handled?.headers.get(name);
    if (own) reply.headers.set(name, own);
  }
  return reply;
}

/** Takes a field off some replies. */
function losing(name: string, isMeant: (reply: Response) => boolean): ReplyFault {
  return (reply) => {
    if (isMeant(reply)) reply.headers.delete(name);
    return reply;
  };
}

export const applicationFieldFaults: readonly Fault[] = [
  fault(
    'allow-origin-appended',
    'Our Access-Control-Allow-Origin is appended to the one that the handler set.',
    (reply, { handled }) => {
      const own = handled?.headers.get(ALLOW_ORIGIN);
      if (own && isGranted(reply) && own !== reply.headers.get(ALLOW_ORIGIN)) {
        reply.headers.append(ALLOW_ORIGIN, own);
      }
      return reply;
    },
    [
      'exact/preflight-continues',
      'application-fields/one-allow-origin',
      'application-fields/policy-replaces-the-grant',
      'application-fields/star-replaces-the-grant',
    ],
  ),
  fault(
    'handlers-grant-stays-when-granted',
    'On a granted reply the handler’s CORS fields win.',
    (reply, { handled }) => (isGranted(reply) ? handlersWin(reply, handled) : reply),
    [
      'exposed-headers/handlers-names-join-ours',
      'exposed-headers/handlers-names-under-a-star',
      'exact/preflight-continues',
      'application-fields/policy-replaces-the-grant',
      'application-fields/star-replaces-the-grant',
    ],
  ),
  fault(
    'handlers-grant-stays-when-denied',
    'On a denied reply the handler’s CORS fields stay.',
    (reply, { handled }) => (isGranted(reply) ? reply : handlersWin(reply, handled)),
    [
      'exposed-headers/handlers-names-go-when-denied',
      'application-fields/policy-withdraws-the-grant',
      'stacked-policies/different-ones-grant-nothing',
    ],
  ),
  fault(
    'handlers-other-fields-stay',
    'Of the handler’s fields only Access-Control-Allow-Origin gives way.',
    (reply, { handled }) => {
      const granted = reply.headers.get(ALLOW_ORIGIN);
      handlersWin(reply, handled);
      if (granted === null) reply.headers.delete(ALLOW_ORIGIN);
      else reply.headers.set(ALLOW_ORIGIN, granted);
      return reply;
    },
    [
      'exposed-headers/handlers-names-join-ours',
      'exposed-headers/handlers-names-under-a-star',
      'exposed-headers/handlers-names-go-when-denied',
      'application-fields/policy-replaces-the-grant',
      'application-fields/policy-withdraws-the-grant',
      'application-fields/star-replaces-the-grant',
      'stacked-policies/different-ones-grant-nothing',
    ],
  ),
  fault(
    'location-lost',
    'Of redirects and of what was created the Location is lost.',
    losing('Location', ({ status }) => status !== 200),
    ['replies/success', 'replies/redirects'],
  ),
  fault(
    'etag-lost',
    'A 304 loses its ETag.',
    losing('ETag', ({ status }) => status === 304),
    ['replies/not-modified'],
  ),
  fault(
    'range-lost',
    'A 206 loses its Content-Range.',
    losing('Content-Range', ({ status }) => status === 206),
    ['replies/success'],
  ),
  fault(
    'challenge-lost',
    'A 401 loses its challenge.',
    losing('WWW-Authenticate', ({ status }) => status === 401),
    ['replies/errors', 'replies/routers-and-guards'],
  ),
  fault(
    'allow-lost',
    'A 405 loses its list of methods.',
    losing('Allow', ({ status }) => status === 405),
    ['replies/errors', 'replies/routers-and-guards'],
  ),
  fault(
    'retry-after-lost',
    'Errors lose their Retry-After.',
    losing('Retry-After', ({ status }) => status >= 400),
    ['replies/errors'],
  ),
  fault(
    'content-type-replaced',
    'On granted replies the Content-Type is replaced.',
    (reply) => {
      if (isGranted(reply)) reply.headers.set('Content-Type', 'text/plain');
      return reply;
    },
    ['application-fields/others-stay'],
  ),
  fault(
    'denied-replies-not-stored',
    'Denied replies say Cache-Control: no-store.',
    (reply) => {
      if (!isGranted(reply)) reply.headers.set('Cache-Control', 'no-store');
      return reply;
    },
    ['application-fields/others-stay'],
  ),
  fault(
    'one-cookie-left',
    'Of several cookies only the last one leaves.',
    (reply) => {
      const cookies = reply.headers.getSetCookie();
      if (cookies.length > 1) reply.headers.set('Set-Cookie', cookies.at(-1) ?? '');
      return reply;
    },
    ['application-fields/others-stay'],
  ),
];
