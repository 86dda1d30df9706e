/**
 * The grant is on every reply, whatever its status: a page that is shown an error wants to read it.
 */
import { statusFields } from '../application.js';
import type { Audit, Step } from '../audit.js';
import type { Expectation } from '../expectation.js';
import { fetchStandard, rfc9110 } from './clauses.js';
import { admitsCredentialed, admitsNobody } from './expectations.js';
import { allowedOrigin, deniedOrigin, request } from './requests.js';

/**
 * The path from an allowed page, which may read the reply, and from a stranger, who may not: what the
 * stranger gets, the application's reply or a refusal, is the server's choice.
 */
export function readOnlyWhereAllowed(
  path: string,
  more: Expectation = {},
  method = 'GET',
): readonly Step[] {
  return [
    {
      request: request(method, path, allowedOrigin),
      expect: { ...more, ...admitsCredentialed },
    },
    {
      request: request(method, path, deniedOrigin),
      expect: admitsNobody,
    },
  ];
}

/** The status, with the fields that the application sends beside it. */
function ofStatus(status: number): Expectation {
  return { status, fields: Object.fromEntries(statusFields[status] ?? []) };
}

/** An audit of statuses that the application chooses. */
function statusAudit(
  audit: Pick<Audit, 'id' | 'title' | 'why'> & Partial<Pick<Audit, 'level' | 'clause'>>,
  statuses: readonly number[],
): Audit {
  return {
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-responses'),
    scenario: 'listed',
    requires: [],
    ...audit,
    steps: statuses.flatMap((status) =>
      readOnlyWhereAllowed(`/status/${status}`, { ...ofStatus(status), reachedApplication: true }),
    ),
  };
}

/** An audit of a route that the framework or a failure answers. */
function routeAudit(
  audit: Pick<Audit, 'id' | 'title' | 'why'> & Partial<Pick<Audit, 'requires' | 'clause'>>,
  steps: readonly Step[],
): Audit {
  return {
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-responses'),
    scenario: 'listed',
    requires: [],
    ...audit,
    steps,
  };
}

/** Audits of replies by their status and by who makes them. */
export const replies: readonly Audit[] = [
  statusAudit(
    {
      id: 'replies/success',
      title: '200, 201, 204 and 206 carry the grant',
      why: 'A reply without a body or with a part of one is a reply like any other.',
    },
    [200, 201, 204, 206],
  ),
  routeAudit(
    {
      id: 'replies/redirects',
      title: 'Redirects carry the grant, the framework’s own as well',
      why: 'Browsers check each hop. A redirect without the grant ends the request there.',
      clause: fetchStandard('http-redirect-fetch'),
    },
    [
      ...[301, 302, 303, 307, 308].flatMap((status) =>
        readOnlyWhereAllowed(`/status/${status}`, ofStatus(status)),
      ),
      ...readOnlyWhereAllowed('/redirect', ofStatus(302)),
    ],
  ),
  statusAudit(
    {
      id: 'replies/not-modified',
      title: '304 carries the grant',
      why: 'A 304 refreshes the headers of the stored reply, and with it the grant.',
      level: 'should',
      clause: rfc9110('15.4.5'),
    },
    [304],
  ),
  statusAudit(
    {
      id: 'replies/errors',
      title: 'Replies of 400 to 504 carry the grant',
      why: 'A form that cannot read its 422 or 401 shows "network error" in place of what to correct, and a 500 leaves no trace.',
    },
    [400, 401, 403, 404, 405, 413, 415, 422, 429, 500, 502, 503, 504],
  ),
  routeAudit(
    {
      id: 'replies/routers-and-guards',
      title: 'The 404, 405 or 401 of a router or a guard behind CORS carries the grant',
      why: 'A mistyped address or a missing login should look like one, not like a CORS error.',
    },
    [
      ...readOnlyWhereAllowed('/no/such/route', { status: 404 }),
      ...readOnlyWhereAllowed('/get-only', { status: 405, fields: { Allow: 'GET, HEAD' } }, 'POST'),
      ...readOnlyWhereAllowed('/guarded', ofStatus(401)),
    ],
  ),
  routeAudit(
    {
      id: 'replies/malformed-path',
      title: 'The 400 for a path that cannot be decoded carries the grant',
      why: 'Routers fail on such paths before any handler runs, and often before the middleware.',
      requires: ['malformed-paths'],
    },
    readOnlyWhereAllowed('/malformed/%zz', { status: 400 }),
  ),
  routeAudit(
    {
      id: 'replies/failed-handlers',
      title: 'The 500 after a handler threw, or its promise was rejected, carries the grant',
      why: 'Error handlers tend to start from an empty head, and the grant goes with the rest.',
      requires: ['error-handling'],
    },
    [
      ...readOnlyWhereAllowed('/throw', { status: 500 }),
      ...readOnlyWhereAllowed('/reject', { status: 500 }),
    ],
  ),
  routeAudit(
    {
      id: 'replies/head-requests',
      title: 'Replies to HEAD carry the grant',
      why: 'HEAD is how a page asks for a size or a date before it downloads.',
      clause: rfc9110('9.3.2'),
    },
    [
      ...readOnlyWhereAllowed('/ok', { status: 200, body: '' }, 'HEAD'),
      ...readOnlyWhereAllowed('/status/404', { status: 404, body: '' }, 'HEAD'),
    ],
  ),
];
