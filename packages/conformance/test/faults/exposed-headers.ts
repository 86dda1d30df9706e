/** Faults in exposed headers, and in how long a preflight may be kept. */
import type { Decision } from '@cors/core';

import type { DecideFault } from './engine-fault.js';
import { type Fault, faultsOf } from './fault.js';
import { inMemory, isGranted } from './in-memory.js';
import { redeciding, withHeaders } from './questions.js';

const EXPOSE = 'Access-Control-Expose-Headers';

const exposed = faultsOf('exposed-headers', inMemory);
const maxAge = faultsOf('max-age', inMemory);

/** A fault in the seconds that a granted preflight is told. */
function seconds(change: (configured: number | undefined) => string | undefined): DecideFault {
  return redeciding((decision, _, { policy: { maxAge } }) =>
    decision.kind === 'preflight' && decision.allowed
      ? withHeaders(decision, { 'Access-Control-Max-Age': change(maxAge) })
      : decision,
  );
}

const withNames = (decision: Decision, names: string | undefined): Decision =>
  withHeaders(decision, { [EXPOSE]: names });

export const exposedHeaderFaults: readonly Fault[] = [
  exposed(
    'never-sent',
    'The exposed names are not sent.',
    redeciding((decision) => withNames(decision, undefined)),
    [
      'exposed-headers/listed-are-readable',
      'exposed-headers/star-without-credentials',
      'exposed-headers/handlers-names-join-ours',
      'exposed-headers/handlers-names-under-a-star',
      'exact/any-origin-actual',
      'exact/list-actual-allowed',
      'caches/any-origin',
      'application-fields/policy-replaces-the-grant',
      'chosen-policies/each-request-gets-its-own',
      'chosen-policies/a-later-choice-is-waited-for',
    ],
  ),
  exposed(
    'lost-on-errors',
    'An error reply does not name the exposed headers.',
    {
      reply: (reply) => {
        if (reply.status >= 400) reply.headers.delete(EXPOSE);
        return reply;
      },
    },
    ['exposed-headers/listed-are-readable', 'caches/any-origin'],
  ),
  exposed(
    'sent-on-preflights',
    'The reply to a preflight names the exposed headers too.',
    redeciding((decision, _, { policy: { exposedHeaders } }) =>
      decision.kind === 'preflight' && decision.allowed && exposedHeaders !== undefined
        ? withNames(decision, typeof exposedHeaders === 'string' ? '*' : exposedHeaders.join())
        : decision,
    ),
    [
      'exact/any-origin-preflight',
      'exact/any-origin-preflight-wildcards',
      'exact/list-preflight-allowed',
    ],
  ),
  exposed(
    'everything-by-default',
    'Where no names are configured, those of the reply are exposed.',
    {
      reply: (reply, { handled }) => {
        if (handled !== null && isGranted(reply) && !reply.headers.has(EXPOSE)) {
          reply.headers.set(EXPOSE, [...reply.headers.keys()].join());
        }
        return reply;
      },
    },
    [
      'any-origin/the-value-is-not-read',
      'exposed-headers/none-unless-configured',
      'exact/single-origin',
      'connections/exact-after-everything',
      'chosen-policies/none-leaves-the-reply-alone',
    ],
  ),
  exposed(
    'policys-alone',
    'The names of the policy replace those of the handler.',
    {
      handler: (handler) => async (request) => {
        const response = await handler(request);
        if (!response.headers.has(EXPOSE)) return response;
        response.headers.delete(EXPOSE);
        return response;
      },
    },
    [
      'exposed-headers/handlers-names-join-ours',
      'application-fields/policy-replaces-the-grant',
      'application-fields/star-replaces-the-grant',
    ],
  ),
  exposed(
    'handlers-alone',
    'The names of the handler replace those of the policy.',
    {
      reply: (reply, { handled }) => {
        const own = handled?.headers.get(EXPOSE)?.replace(', not a token', '');
        if (own !== undefined && isGranted(reply)) reply.headers.set(EXPOSE, own);
        return reply;
      },
    },
    [
      'exposed-headers/handlers-names-join-ours',
      'exposed-headers/handlers-names-under-a-star',
      'application-fields/policy-replaces-the-grant',
    ],
  ),
  exposed(
    'joined-unchecked',
    'The names of the handler are joined to ours as they stand.',
    {
      reply: (reply, { handled }) => {
        const own = handled?.headers.get(EXPOSE);
        if (own && isGranted(reply)) reply.headers.append(EXPOSE, own);
        return reply;
      },
    },
    ['exposed-headers/handlers-names-join-ours', 'exposed-headers/handlers-names-under-a-star'],
  ),
  maxAge(
    'zero-is-nothing',
    'A configured zero is not sent.',
    seconds((configured) => (configured ? String(configured) : undefined)),
    ['max-age/zero-is-sent'],
  ),
  maxAge(
    'never-sent',
    'The seconds are not sent.',
    seconds(() => undefined),
    [
      'max-age/seconds-are-sent',
      'max-age/zero-is-sent',
      'exact/any-origin-preflight',
      'exact/any-origin-preflight-wildcards',
      'exact/list-preflight-allowed',
      'reconfigure/no-reply-mixes-two-policies',
      'reconfigure/replies-are-exact-while-swapped',
    ],
  ),
  maxAge(
    'by-default',
    'Where no seconds are configured, a preflight may be kept for an hour.',
    seconds((configured) => String(configured ?? 3600)),
    ['exact/any-origin-preflight-without-lists', 'connections/exact-after-everything'],
  ),
  maxAge(
    'sent-on-actual-requests',
    'The seconds are sent with every granted reply.',
    redeciding((decision, _, { policy: { maxAge } }) =>
      decision.allowed && maxAge !== undefined
        ? withHeaders(decision, { 'Access-Control-Max-Age': String(maxAge) })
        : decision,
    ),
    [
      'exact/any-origin-actual',
      'exact/list-actual-allowed',
      'exact/single-origin',
      'application-fields/policy-replaces-the-grant',
    ],
  ),
];
