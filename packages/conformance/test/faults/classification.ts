/** Faults in telling requests apart, and in who answers them. */
import { type Fault, faultsOf } from './fault.js';
import { inMemory } from './in-memory.js';
import { asking, changed, denied, fieldOf, originOf, redeciding } from './questions.js';

const fault = faultsOf('classification', inMemory);

const isOptions = ({ method }: { readonly method: string }): boolean => method === 'OPTIONS';
const SAFELISTED = ['GET', 'HEAD', 'POST', 'OPTIONS'];

export const classificationFaults: readonly Fault[] = [
  fault(
    'options-with-origin-is-a-preflight',
    'Every OPTIONS with Origin is taken for a preflight.',
    (question, engine) => {
      const method = question.headers['access-control-request-method'] ?? 'GET';
      return engine(
        isOptions(question)
          ? asking(question, { 'access-control-request-method': method })
          : question,
      );
    },
    [
      'classification/options-without-request-method-reaches-application',
      'origins/denied-request-still-runs',
      'classification/methods-of-the-policy-are-for-preflights',
      'decisions/reasons-of-a-list',
    ],
  ),
  fault(
    'options-without-origin-is-answered',
    'OPTIONS without Origin is answered with an empty 204.',
    redeciding((decision, question) =>
      isOptions(question) && originOf(question) === null
        ? changed(decision, { respond: 204 })
        : decision,
    ),
    [
      'classification/options-without-origin-reaches-application',
      'classification/no-preflight-without-origin',
    ],
  ),
  fault(
    'any-method-is-a-preflight',
    'Access-Control-Request-Method makes a preflight of whatever carries it.',
    (question, engine) => {
      const announced = fieldOf(question, 'access-control-request-method') !== '';
      return engine(announced ? { ...question, method: 'OPTIONS' } : question);
    },
    ['classification/only-options-is-a-preflight'],
  ),
  fault(
    'origin-required-to-write',
    'A POST, PUT or DELETE without Origin is answered 403.',
    {
      server: (server) => (request) =>
        request.headers.has('Origin') || ['GET', 'HEAD', 'OPTIONS'].includes(request.method)
          ? server(request)
          : new Response('Origin required', { status: 403 }),
    },
    ['classification/request-without-origin-reaches-application'],
  ),
  fault(
    'router-in-front',
    'The router answers 404 for an unknown path before CORS is reached.',
    {
      server: (server) => (request) =>
        new URL(request.url).pathname === '/no/such/route'
          ? new Response('unknown path', { status: 404 })
          : server(request),
    },
    [
      'classification/preflight-passes-on-unknown-routes',
      'classification/preflight-never-reaches-application',
      'vary/every-status-of-a-list',
      'caches/error-replies',
      'replies/routers-and-guards',
    ],
  ),
  fault(
    'guard-in-front',
    'Authentication stands before CORS, and turns preflights away.',
    {
      server: (server) => (request) =>
        new URL(request.url).pathname === '/guarded'
          ? new Response('who are you?', { status: 401 })
          : server(request),
    },
    [
      'classification/preflight-passes-on-every-route',
      'classification/preflight-never-reaches-application',
      'vary/every-status-of-a-list',
      'replies/routers-and-guards',
    ],
  ),
  fault(
    'method-checked-on-actual-requests',
    'An actual request is granted only if its method is on the list.',
    redeciding((decision, { method }, { policy: { methods = [] } }) => {
      const isKnown = methods === '*' || [...SAFELISTED, ...methods].includes(method);
      return decision.kind === 'actual' && !isKnown ? denied(decision) : decision;
    }),
    ['classification/methods-of-the-policy-are-for-preflights'],
  ),
  fault(
    'denied-writes-are-refused',
    'A POST, PUT or DELETE from an origin that is not allowed is answered 403, and not handled.',
    redeciding((decision, { method }) =>
      decision.reason === 'origin-not-allowed' && ['POST', 'PUT', 'DELETE'].includes(method)
        ? changed(decision, { respond: 403 })
        : decision,
    ),
    ['origins/denied-request-still-runs'],
  ),
  fault(
    'same-origin-requests-are-refused',
    'A request from the server’s own origin, which is not listed, is answered 403.',
    redeciding((decision) =>
      decision.reason === 'same-origin' ? changed(decision, { respond: 403 }) : decision,
    ),
    ['classification/same-origin-request-is-served'],
  ),
  fault(
    'body-is-lost',
    'The body of a request does not reach the handler.',
    {
      request: (request) =>
        request.body === null
          ? request
          : new Request(request.url, { method: request.method, headers: request.headers }),
    },
    ['classification/actual-request-reaches-application'],
  ),
];
