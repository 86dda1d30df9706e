/**
 * Handlers that write the head themselves, past every setter: the policy holds, and what the handler
 * wrote stays. Elsewhere a handler's own fields win over a middleware's; that ours do not let them is
 * this project's opinion.
 */
import type { Audit, Step } from '../audit.js';
import type { Expectation } from '../expectation.js';
import { fetchStandard } from './clauses.js';
import { grants, grantsNothing } from './expectations.js';
import { allowedOrigin, deniedOrigin, request } from './requests.js';

const localOrigin = 'http://localhost:3000';
const bothCookies = ['a=1', 'b=2'];

/** The route from allowed, denied and no origins, each with what the handler wrote. */
function steps(path: string, fields: Expectation['fields'] = {}): readonly Step[] {
  const kept: Expectation = {
    status: 200,
    body: 'ok',
    fields: { 'X-Own': '1', 'Set-Cookie': bothCookies, ...fields },
    vary: { with: ['Accept', 'Origin'] },
  };
  return [
    { request: request('GET', path, allowedOrigin), expect: { ...grants(allowedOrigin), ...kept } },
    { request: request('GET', path, deniedOrigin), expect: { ...grantsNothing, ...kept } },
    { request: request('GET', path, localOrigin), expect: { ...grants(localOrigin), ...kept } },
    { request: request('GET', path, null), expect: { ...grantsNothing, ...kept } },
  ];
}

/** An audit of routes that write the head in one way. */
function formAudit(
  audit: Pick<Audit, 'id' | 'title' | 'why'>,
  routes: readonly string[],
  fields?: Expectation['fields'],
): Audit {
  return {
    level: 'should',
    basis: 'project',
    clause: fetchStandard('http-responses'),
    scenario: 'listed',
    requires: ['write-head'],
    ...audit,
    steps: routes.flatMap((route) => steps(route, fields)),
  };
}

/** Audits of each form of `writeHead`. */
export const writeHead: readonly Audit[] = [
  formAudit(
    {
      id: 'write-head/object',
      title: 'Headers given to writeHead as an object, or set before it, leave with ours merged in',
      why: 'Older handlers and proxies write the head in one go, and replace whatever was set before. Behind a reason phrase the headers are the third argument, where a wrapper may not look.',
    },
    ['/write-head/object', '/write-head/reason', '/write-head/status-only'],
  ),
  formAudit(
    {
      id: 'write-head/lists',
      title: 'Headers given to writeHead as a list leave with ours merged in, repeats too',
      why: 'Once a header was set, Node loses the second cookie of a flat list, and throws for a list of pairs.',
    },
    ['/write-head/flat', '/write-head/pairs'],
  ),
  formAudit(
    {
      id: 'write-head/after-set-header',
      title:
        'Headers set first and others written with the head: all leave, the written ones winning',
      why: 'Both ways of setting a header meet in one reply wherever middleware and handlers do.',
    },
    ['/write-head/after-set-header'],
    { 'X-Set': '1' },
  ),
  formAudit(
    {
      id: 'write-head/shared',
      title: 'A headers object that replies share takes nothing from one to the next',
      why: 'A constant at the top of a file is the natural place for such headers. Written into, it carries one origin’s grant to the next.',
    },
    ['/write-head/shared', '/write-head/shared'],
  ),
  formAudit(
    {
      id: 'write-head/twice',
      title: 'A second writeHead changes nothing that was sent',
      why: 'The second call fails in Node, and handlers that ignore the failure must not get half of each head.',
    },
    ['/write-head/twice'],
  ),
];
