/** Requests with cookies, and answers that are good enough without. */
import { isPreflight, oneServer, reply } from '../api-server.js';
import type { Failure } from '../failure.js';

const CREDENTIALS = 'Access-Control-Allow-Credentials';

/** A server that sends these fields until it is mended. */
const sending =
  (wrong: (origin: string) => Readonly<Record<string, string>>): Failure['start'] =>
  ({ origin }, isMended) => {
    const right = { 'Access-Control-Allow-Origin': origin, [CREDENTIALS]: 'true', Vary: 'Origin' };
    return oneServer((_, response) => reply(response, 200, isMended ? right : wrong(origin)));
  };

/** Credentials, refused by the browser. */
export const credentialFailures: readonly Failure[] = [
  {
    id: 'star-with-cookies',
    title: 'It worked with *, until the page sent cookies',
    remedy: 'The server names the origin, and allows credentials.',
    page: {},
    start: sending(() => ({ 'Access-Control-Allow-Origin': '*' })),
    request: { credentials: true },
    code: 'wildcard-with-credentials',
    cause: /\*/,
    chromium: 'WildcardOriginNotAllowed',
    by: 'check',
  },
  {
    id: 'credentials-missing',
    title: 'The origin is right, and Access-Control-Allow-Credentials is missing',
    remedy: 'The server allows credentials.',
    page: {},
    start: sending((origin) => ({ 'Access-Control-Allow-Origin': origin, Vary: 'Origin' })),
    request: { credentials: true },
    code: 'missing-allow-credentials',
    cause: /Access-Control-Allow-Credentials/,
    chromium: 'InvalidAllowCredentials',
    by: 'check',
  },
  {
    id: 'credentials-in-upper-case',
    title: 'Access-Control-Allow-Credentials is True, as another language writes it',
    remedy: 'The value is written in lower case.',
    page: {},
    start: sending((origin) => ({
      'Access-Control-Allow-Origin': origin,
      [CREDENTIALS]: 'True',
      Vary: 'Origin',
    })),
    request: { credentials: true },
    code: 'allow-credentials-not-true',
    cause: /True/,
    chromium: 'InvalidAllowCredentials',
    by: 'check',
  },
  {
    id: 'authorization-under-star',
    title: 'Every header is allowed with *, but not Authorization beside cookies',
    remedy: 'Authorization is listed by its name.',
    page: {},
    start: ({ origin }, isMended) =>
      oneServer((request, response) => {
        const fields = { 'Access-Control-Allow-Origin': origin, [CREDENTIALS]: 'true' };
        if (!isPreflight(request)) reply(response, 200, { ...fields, Vary: 'Origin' });
        else {
          const allowed = isMended ? 'Authorization' : '*';
          reply(response, 204, { ...fields, 'Access-Control-Allow-Headers': allowed });
        }
      }),
    request: { credentials: true, headers: [['Authorization', 'Bearer abc']] },
    code: 'header-not-allowed',
    cause: /authorization/i,
    chromium: 'HeaderDisallowedByPreflightResponse',
    by: 'check',
  },
];
