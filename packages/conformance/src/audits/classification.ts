/**
 * What counts as a preflight, what as a request of a page, and what is none of CORS's business.
 */
import type { Audit } from '../audit.js';
import { fetchStandard, rfc9110 } from './clauses.js';
import { admitsCredentialed, stepsFor } from './expectations.js';
import { allowedOrigin, get, preflight, request } from './requests.js';

/** Routes where a preflight is likely to be lost: guarded, failing, or without its method. */
const unlikelyRoutes = ['/guarded', '/get-only', '/status/500', '/redirect'];
const unknownRoutePath = '/no/such/route';

/** Audits of how requests are told apart. */
export const classification: readonly Audit[] = [
  {
    id: 'classification/request-without-origin-reaches-application',
    title: 'A request without Origin is served as if there were no CORS',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('cors-request'),
    why: 'Command-line clients, other servers and plain navigations send no Origin. A server that turns them away is down for everyone but scripts.',
    scenario: 'listed',
    requires: [],
    steps: stepsFor(['GET', 'POST', 'DELETE'], (method) => request(method, '/ok', null), {
      status: 200,
      reachedApplication: true,
    }),
  },
  {
    id: 'classification/options-without-request-method-reaches-application',
    title: 'OPTIONS with Origin but no Access-Control-Request-Method is the application’s own',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('cors-preflight-request'),
    why: 'A page may send OPTIONS itself, and waits for the application’s answer. Taken for a preflight, it gets an empty reply.',
    scenario: 'listed-with-options',
    requires: [],
    steps: [
      {
        request: request('OPTIONS', '/ok', allowedOrigin),
        expect: { status: 200, reachedApplication: true },
      },
    ],
  },
  {
    id: 'classification/options-without-origin-reaches-application',
    title: 'OPTIONS without Origin is the application’s own',
    level: 'should',
    basis: 'rfc9110',
    clause: rfc9110('9.3.7'),
    why: 'WebDAV clients and API explorers ask with OPTIONS what a resource can do. An empty or failing answer breaks them.',
    scenario: 'listed',
    requires: [],
    steps: [
      {
        request: request('OPTIONS', '/ok', null),
        expect: { status: 200, reachedApplication: true },
      },
    ],
  },
  {
    id: 'classification/no-preflight-without-origin',
    title: 'OPTIONS with Access-Control-Request-Method but without Origin is no preflight',
    level: 'may',
    basis: 'project',
    clause: fetchStandard('cors-preflight-request'),
    why: 'A preflight is a CORS request, which has an Origin. Without one nobody asks for a grant.',
    scenario: 'listed',
    requires: [],
    steps: [
      {
        request: request('OPTIONS', '/ok', null, ['Access-Control-Request-Method', 'PUT']),
        expect: { status: 200, reachedApplication: true },
      },
    ],
  },
  {
    id: 'classification/only-options-is-a-preflight',
    title: 'Access-Control-Request-Method on another method does not make a preflight',
    level: 'should',
    basis: 'fetch',
    clause: fetchStandard('cors-preflight-request'),
    why: 'Gateways copy headers about. A GET that carries one too many must still be answered by the application.',
    scenario: 'listed',
    requires: [],
    steps: stepsFor(
      ['GET', 'POST', 'PUT'],
      (method) => request(method, '/ok', allowedOrigin, ['Access-Control-Request-Method', 'PUT']),
      { ...admitsCredentialed, status: 200, reachedApplication: true },
    ),
  },
  {
    id: 'classification/preflight-passes-on-every-route',
    title: 'A preflight succeeds whatever the route behind it would do with it',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('cors-preflight-fetch'),
    why: 'A preflight carries no credentials and must be answered 200 to 299. One that meets authentication, routing or a redirect first blocks the real request.',
    scenario: 'listed',
    requires: [],
    steps: stepsFor(
      unlikelyRoutes,
      (path) => preflight(allowedOrigin, { path, names: 'x-a' }),
      admitsCredentialed,
    ),
  },
  {
    id: 'classification/preflight-passes-on-unknown-routes',
    title: 'A preflight succeeds where no route is behind it',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('cors-preflight-fetch'),
    why: 'A mistyped address should look like one: the 404 of the request itself can be read, that of its preflight is a CORS error.',
    scenario: 'listed',
    requires: [],
    steps: [
      {
        request: preflight(allowedOrigin, { path: unknownRoutePath, names: 'x-a' }),
        expect: admitsCredentialed,
      },
    ],
  },
  {
    id: 'classification/preflight-never-reaches-application',
    title: 'A preflight is answered without running any handler',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('cors-preflight-request'),
    why: 'A handler that runs for a preflight does its work twice, and without the credentials it counts on.',
    scenario: 'listed',
    requires: [],
    steps: stepsFor(
      ['/ok', unknownRoutePath, ...unlikelyRoutes],
      (path) => preflight(allowedOrigin, { path }),
      { status: 204, body: '', reachedApplication: false },
    ),
  },
  {
    id: 'classification/header-names-in-any-case',
    title: 'Header names are recognised in any case',
    level: 'must',
    basis: 'rfc9110',
    clause: rfc9110('5.1'),
    why: 'Field names are case-insensitive, and proxies rewrite their case. A page behind such a proxy must not lose its access.',
    scenario: 'listed',
    requires: ['http1'],
    steps: [
      ...stepsFor(
        ['origin', 'ORIGIN', 'oRiGiN'],
        (name) => request('GET', '/ok', null, [name, allowedOrigin]),
        admitsCredentialed,
      ),
      {
        request: request(
          'OPTIONS',
          '/ok',
          null,
          ['ORIGIN', allowedOrigin],
          ['ACCESS-CONTROL-REQUEST-METHOD', 'PUT'],
          ['access-control-request-headers', 'x-a'],
        ),
        expect: admitsCredentialed,
      },
    ],
  },
  {
    id: 'classification/methods-of-the-policy-are-for-preflights',
    title: 'An actual request is granted whether or not its method is on the list',
    level: 'may',
    basis: 'project',
    clause: fetchStandard('http-access-control-allow-methods'),
    why: 'A form may POST without any preflight, so the list cannot protect a handler; withholding the grant only hides the handler’s own answer from the page.',
    scenario: 'listed',
    requires: [],
    steps: stepsFor(
      ['PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS'],
      (method) => request(method, '/ok', allowedOrigin),
      { ...admitsCredentialed, status: 200, reachedApplication: true },
    ),
  },
  {
    id: 'classification/same-origin-request-is-served',
    title: 'A same-origin request that carries Origin is served, though its origin is not listed',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-requests'),
    why: 'Every POST carries Origin, those of the site’s own pages too. A server that refuses unlisted origins breaks its own forms.',
    scenario: 'listed',
    requires: [],
    steps: [
      {
        request: request(
          'POST',
          '/ok',
          'http://self.example',
          ['Host', 'self.example'],
          ['Sec-Fetch-Site', 'same-origin'],
          ['Sec-Fetch-Mode', 'cors'],
        ),
        expect: { status: 200, reachedApplication: true },
      },
    ],
  },
  {
    id: 'classification/actual-request-reaches-application',
    title: 'A request from an allowed origin runs the handler, body and all',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-responses'),
    why: 'CORS decides who may read; it must neither swallow a request nor touch its body.',
    scenario: 'listed',
    requires: [],
    steps: [
      {
        request: get(allowedOrigin),
        expect: { status: 200, body: 'ok', reachedApplication: true },
      },
      {
        request: {
          ...request('PUT', '/echo-body', allowedOrigin, ['Content-Type', 'application/json']),
          body: '{"a":1}',
        },
        expect: { status: 200, body: '{"a":1}', reachedApplication: true },
      },
    ],
  },
];
