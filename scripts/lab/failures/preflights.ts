/** Preflights that never reach who could answer them, or are answered wrong. */
import type { RequestListener, ServerResponse } from 'node:http';

import { isPreflight, oneServer, preflightFields, reply } from '../api-server.js';
import type { Failure } from '../failure.js';

const json = [['Content-Type', 'application/json']] as const;
const put = { method: 'PUT', headers: json, body: '{}' };
const remove = { method: 'DELETE' };

/** A server whose requests are right, and whose preflights are as given until they are mended. */
const answering =
  (wrong: (response: ServerResponse, origin: string) => void): Failure['start'] =>
  ({ origin }, isMended) => {
    const allow = { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' };
    const listener: RequestListener = (request, response) => {
      if (!isPreflight(request)) reply(response, 200, allow);
      else if (isMended) reply(response, 204, preflightFields(origin));
      else wrong(response, origin);
    };
    return oneServer(listener);
  };

const inFront = 'CORS answers the preflight, in front of everything else.';

/** Preflights that are answered by somebody else. */
export const unreachedPreflights: readonly Failure[] = [
  {
    id: 'options-not-handled',
    title: 'Nothing handles OPTIONS: the handler of GET answers it',
    remedy: inFront,
    page: {},
    start: answering((response) => reply(response, 200)),
    request: put,
    code: 'preflight-missing-allow-origin',
    cause: /preflight.*status 200.*no .*Access-Control-Allow-Origin/i,
    chromium: 'PreflightMissingAllowOriginHeader',
    by: 'check',
  },
  {
    id: 'options-404',
    title: 'OPTIONS gets 404: the router has no such route',
    remedy: inFront,
    page: {},
    start: answering((response) => reply(response, 404)),
    request: remove,
    code: 'preflight-missing-allow-origin',
    cause: /preflight.*status 404.*nothing handles OPTIONS/i,
    chromium: 'PreflightMissingAllowOriginHeader',
    by: 'check',
  },
  {
    id: 'options-405',
    title: 'OPTIONS gets 405, with CORS headers',
    remedy: inFront,
    page: {},
    start: answering((response, origin) =>
      reply(response, 405, { ...preflightFields(origin), Allow: 'GET, DELETE' }),
    ),
    request: remove,
    code: 'preflight-status',
    cause: /status 405/,
    chromium: 'PreflightInvalidStatus',
    by: 'check',
  },
  {
    id: 'authentication-in-front',
    title: 'Authentication stands in front, and a preflight has no token',
    remedy: 'CORS answers the preflight, in front of the authentication.',
    page: {},
    start: answering((response) => reply(response, 401, { 'WWW-Authenticate': 'Bearer' })),
    request: { headers: [['Authorization', 'Bearer abc']] },
    code: 'preflight-missing-allow-origin',
    cause: /status 401.*login/i,
    chromium: 'PreflightMissingAllowOriginHeader',
    by: 'check',
  },
  {
    id: 'login-redirect',
    title: 'The preflight is redirected to the login',
    remedy: 'CORS answers the preflight, in front of the login.',
    page: {},
    start: answering((response, origin) =>
      reply(response, 302, { ...preflightFields(origin), Location: '/login' }),
    ),
    request: put,
    code: 'preflight-redirect',
    cause: /redirected.*302.*\/login/i,
    chromium: 'PreflightDisallowedRedirect',
    by: 'check',
  },
  {
    id: 'slash-redirect',
    title: 'The address lacks a slash, and OPTIONS is redirected to the one that has it',
    remedy: 'CORS answers the preflight, in front of the redirect.',
    page: {},
    start: answering((response, origin) =>
      reply(response, 308, { ...preflightFields(origin), Location: '/notes/' }),
    ),
    request: put,
    code: 'preflight-redirect',
    cause: /redirected.*308.*slash/i,
    chromium: 'PreflightDisallowedRedirect',
    by: 'check',
  },
  {
    id: 'preflight-500',
    title: 'The preflight ends in an error, with CORS headers',
    remedy: inFront,
    page: {},
    start: answering((response, origin) => reply(response, 500, preflightFields(origin))),
    request: put,
    code: 'preflight-status',
    cause: /status 500/,
    chromium: 'PreflightInvalidStatus',
    by: 'check',
  },
];

/** A preflight that allows too little: these fields, until all is right. */
const allowing = (fields: Readonly<Record<string, string>>): Failure['start'] =>
  answering((response, origin) =>
    reply(response, 204, {
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Credentials': 'true',
      Vary: 'Origin',
      ...fields,
    }),
  );

/** Preflights that allow something else than the page asks for. */
export const narrowPreflights: readonly Failure[] = [
  {
    id: 'method-missing',
    title: 'DELETE is not listed',
    remedy: 'The method is listed.',
    page: {},
    start: allowing({ 'Access-Control-Allow-Methods': 'GET, POST' }),
    request: remove,
    code: 'method-not-allowed',
    cause: /DELETE/,
    chromium: 'MethodDisallowedByPreflightResponse',
    by: 'check',
  },
  {
    id: 'patch-in-lower-case',
    title: 'PATCH is listed, and the page writes patch',
    remedy: 'The page writes PATCH.',
    page: {},
    start: allowing({ 'Access-Control-Allow-Methods': 'GET, POST, PATCH' }),
    request: { method: 'patch' },
    mendedRequest: { method: 'PATCH' },
    code: 'method-not-allowed',
    cause: /patch/,
    chromium: 'MethodDisallowedByPreflightResponse',
    by: 'check',
  },
  {
    id: 'header-missing',
    title: 'X-Request-Id is not listed',
    remedy: 'The header is listed.',
    page: {},
    start: allowing({ 'Access-Control-Allow-Headers': 'Content-Type' }),
    request: { headers: [['X-Request-Id', '1']] },
    code: 'header-not-allowed',
    cause: /x-request-id/i,
    chromium: 'HeaderDisallowedByPreflightResponse',
    by: 'check',
  },
  {
    id: 'content-type-missing',
    title: 'A JSON POST fails, a GET does not: Content-Type is not listed',
    remedy: 'Content-Type is listed.',
    page: {},
    start: allowing({ 'Access-Control-Allow-Methods': 'POST' }),
    request: { method: 'POST', headers: json, body: '{}' },
    code: 'header-not-allowed',
    cause: /content-type/i,
    chromium: 'HeaderDisallowedByPreflightResponse',
    by: 'check',
  },
];
