/**
 * What the operator of a server meets beside the reasons: warnings, hooks that fail, and hints in the
 * request that must not be trusted.
 */
import { handlerOrigin } from '../application.js';
import type { Audit } from '../audit.js';
import { cwe, fetchStandard } from './clauses.js';
import { admitsCredentialed, admitsNobody } from './expectations.js';
import {
  allowedOrigin,
  deniedOrigin,
  get,
  otherAllowedOrigin,
  preflight,
  request,
} from './requests.js';

/** A hook that fails changes no reply. */
function hookAudit(behaviour: 'throws' | 'rejects'): Audit {
  return {
    id: `decisions/hook-${behaviour}`,
    title: `A hook for decisions that ${behaviour} changes no reply`,
    level: 'should',
    basis: 'project',
    clause: cwe(755),
    why: 'A log that is full or a metric that cannot be sent must not take the server down, nor change who is let in.',
    scenario: `hook-${behaviour}`,
    requires: ['decision-hook'],
    steps: [
      { request: get(allowedOrigin), expect: { ...admitsCredentialed, status: 200, body: 'ok' } },
      { request: get(deniedOrigin), expect: { ...admitsNobody, status: 200, body: 'ok' } },
      { request: get(null), expect: { status: 200, body: 'ok' } },
      { request: preflight(allowedOrigin, { names: 'x-a' }), expect: admitsCredentialed },
      { request: preflight(deniedOrigin), expect: admitsNobody },
    ],
  };
}

/** Audits of warnings, hooks and hints. */
export const operators: readonly Audit[] = [
  {
    id: 'decisions/fetch-metadata-never-grants',
    title: 'Sec-Fetch-Site, Sec-Fetch-Mode and Host never open a reply',
    level: 'must',
    basis: 'security',
    clause: cwe(290),
    why: 'Whoever is no browser writes them as they please, and Host is chosen by whoever sends the request.',
    scenario: 'listed',
    requires: [],
    steps: [
      get(deniedOrigin, ['Sec-Fetch-Site', 'same-origin']),
      get(deniedOrigin, ['Sec-Fetch-Site', 'none'], ['Sec-Fetch-Mode', 'navigate']),
      get(deniedOrigin, ['Host', 'evil.test']),
      get('null', ['Sec-Fetch-Site', 'same-origin']),
      request(
        'OPTIONS',
        '/ok',
        deniedOrigin,
        ['Access-Control-Request-Method', 'PUT'],
        ['Sec-Fetch-Site', 'same-origin'],
      ),
    ].map((made) => ({ request: made, expect: admitsNobody })),
  },
  {
    id: 'decisions/failed-choice-is-named',
    title: 'A choice of policy that failed is named as the cause',
    level: 'may',
    basis: 'project',
    clause: cwe(636),
    why: 'It is neither the origin nor the policy that was wrong.',
    scenario: 'chosen-throws',
    requires: ['log', 'chosen-policies'],
    check: async (context) => {
      await context.log();
      await context.send(request('GET', '/a/ok', allowedOrigin));
      const reasons = (await context.log()).decisions.map(({ allowed, reason }) => [
        allowed,
        reason,
      ]);
      context.assert(
        JSON.stringify(reasons) === '[[false,"policy-failed"]]',
        `the one decision should be policy-failed, but the log has ${JSON.stringify(reasons)}`,
      );
    },
  },
  {
    id: 'decisions/conflict-is-reported-once',
    title: 'Two different policies on one request are named as the cause, and reported once',
    level: 'should',
    basis: 'project',
    clause: cwe(696),
    why: 'The mistake is in how the server is put together, and will be on every request: once is enough to be found.',
    scenario: 'stacked-different',
    requires: ['log', 'stacked-policies'],
    check: async (context) => {
      const { reports: earlier } = await context.log();
      await context.send(get(allowedOrigin));
      await context.send(get(otherAllowedOrigin));
      const { decisions: told, reports } = await context.log();
      context.assert(
        told.some(({ allowed, reason }) => !allowed && reason === 'policy-conflict'),
        `a decision should be policy-conflict, but the log has ${JSON.stringify(told)}`,
      );
      const conflicts = [...earlier, ...reports].filter(({ code }) => /conflict/i.test(code));
      context.assert(
        conflicts.length === 1,
        `the conflict should have been reported once, not ${conflicts.length} times`,
      );
    },
  },
  {
    id: 'decisions/replaced-field-is-reported-once',
    title: 'The first CORS field of a handler that gives way is reported by its name',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('http-responses'),
    why: 'A header that is set and never leaves is a riddle, unless somebody says who took it.',
    scenario: 'single',
    requires: ['log'],
    check: async (context) => {
      const { reports: earlier } = await context.log();
      await context.send(request('GET', '/own-cors/lower', allowedOrigin));
      await context.send(request('GET', '/own-cors/lower', handlerOrigin));
      const reports = [...earlier, ...(await context.log()).reports];
      context.assert(
        reports.length === 1 && /access-control-allow-origin/i.test(reports[0]?.message ?? ''),
        `one report should name Access-Control-Allow-Origin, but there are ${JSON.stringify(reports)}`,
      );
    },
  },
  hookAudit('throws'),
  hookAudit('rejects'),
];
