/**
 * What a server tells its operator about each decision. The reasons are this project's.
 */
import type { Audit, AuditContext, WireRequest } from '../audit.js';
import { fetchStandard } from './clauses.js';
import { allowedOrigin, deniedOrigin, get, preflight, request } from './requests.js';

/** A request, and what its decision must say. */
type Told = readonly [made: WireRequest, kind: string, allowed: boolean, reason: string];

/** Each request is followed by a look at the log: one decision, as expected. */
async function checkDecisions(context: AuditContext, expected: readonly Told[]): Promise<void> {
  await context.log();
  for (const [made, kind, allowed, reason] of expected) {
    await context.send(made);
    const told = (await context.log()).decisions.map((decision) => [
      decision.kind,
      decision.allowed,
      decision.reason,
      decision.path,
    ]);
    const wanted = [[kind, allowed, reason, made.path]];
    context.assert(
      JSON.stringify(told) === JSON.stringify(wanted),
      `the decision on ${made.method} ${made.path} with ${JSON.stringify(made.headers)} ` +
        `should be ${JSON.stringify(wanted)}, but is ${JSON.stringify(told)}`,
    );
  }
}

function reasonAudit(
  audit: Pick<Audit, 'id' | 'title' | 'why' | 'scenario'> & Partial<Pick<Audit, 'requires'>>,
  expected: readonly Told[],
): Audit {
  return {
    level: 'may',
    basis: 'project',
    clause: fetchStandard('http-requests'),
    ...audit,
    requires: ['log', ...(audit.requires ?? [])],
    check: (context) => checkDecisions(context, expected),
  };
}

/** Audits of the reasons. */
export const decisions: readonly Audit[] = [
  reasonAudit(
    {
      id: 'decisions/reasons-of-a-list',
      title: 'Each decision of a list says what kind of request it met, and why it granted or not',
      why: '"Blocked by CORS" is all that the browser says. The server knows which of a dozen causes it was.',
      scenario: 'listed',
    },
    [
      [get(null), 'not-cors', false, 'no-origin'],
      [
        request('OPTIONS', '/ok', null, ['Access-Control-Request-Method', 'PUT']),
        'not-cors',
        false,
        'no-origin',
      ],
      [get(allowedOrigin), 'actual', true, 'origin-allowed'],
      [get('http://localhost'), 'actual', true, 'origin-allowed'],
      [get(deniedOrigin), 'actual', false, 'origin-not-allowed'],
      [get('http://a.example'), 'actual', false, 'origin-not-allowed'],
      [get('null'), 'actual', false, 'null-origin'],
      [get('https://a.example/'), 'actual', false, 'origin-malformed'],
      [get(''), 'actual', false, 'origin-malformed'],
      [get('https://a.example, https://a.example'), 'actual', false, 'origin-malformed'],
      [request('OPTIONS', '/ok', allowedOrigin), 'actual', true, 'origin-allowed'],
      [preflight(allowedOrigin), 'preflight', true, 'origin-allowed'],
      [preflight(allowedOrigin, { method: 'DELETE' }), 'preflight', true, 'origin-allowed'],
      [preflight(deniedOrigin), 'preflight', false, 'origin-not-allowed'],
      [preflight('null'), 'preflight', false, 'null-origin'],
      [request('GET', '/status/500', deniedOrigin), 'actual', false, 'origin-not-allowed'],
    ],
  ),
  reasonAudit(
    {
      id: 'decisions/reasons-of-echoes',
      title: 'A preflight that is refused for its method or its headers says which',
      why: 'The origin was right: to look for the mistake there wastes an hour.',
      scenario: 'echo',
    },
    [
      [preflight(allowedOrigin, { names: 'x-a' }), 'preflight', true, 'origin-allowed'],
      [preflight(allowedOrigin, { method: 'CONNECT' }), 'preflight', false, 'method-refused'],
      [preflight(allowedOrigin, { method: '' }), 'preflight', false, 'method-refused'],
      [preflight(allowedOrigin, { names: 'x a' }), 'preflight', false, 'headers-refused'],
      [
        preflight(deniedOrigin, { method: 'CONNECT', names: 'x a' }),
        'preflight',
        false,
        'origin-not-allowed',
      ],
    ],
  ),
  reasonAudit(
    {
      id: 'decisions/what-is-no-cors-is-no-denial',
      title: 'Same-origin requests, navigations and sockets with an unlisted origin are no denials',
      why: 'A log full of denials that blocked nobody hides the one that did.',
      scenario: 'listed',
    },
    [
      [
        request('POST', '/ok', 'https://self.example', ['Sec-Fetch-Site', 'same-origin']),
        'not-cors',
        false,
        'same-origin',
      ],
      [
        request('POST', '/ok', 'http://self.example:8080', ['Host', 'self.example:8080']),
        'not-cors',
        false,
        'same-origin',
      ],
      [
        request(
          'POST',
          '/ok',
          deniedOrigin,
          ['Sec-Fetch-Site', 'cross-site'],
          ['Sec-Fetch-Mode', 'navigate'],
        ),
        'not-cors',
        false,
        'not-cors-mode',
      ],
      [
        request('GET', '/ok', deniedOrigin, ['Sec-Fetch-Mode', 'websocket']),
        'not-cors',
        false,
        'not-cors-mode',
      ],
      [
        request(
          'GET',
          '/ok',
          deniedOrigin,
          ['Sec-Fetch-Site', 'same-site'],
          ['Sec-Fetch-Mode', 'cors'],
        ),
        'actual',
        false,
        'origin-not-allowed',
      ],
      [
        request('GET', '/ok', deniedOrigin, ['Host', 'evil.test.self.example']),
        'actual',
        false,
        'origin-not-allowed',
      ],
    ],
  ),
  reasonAudit(
    {
      id: 'decisions/reasons-of-predicates',
      title: 'What a predicate was not asked about, or answered no to, is told apart',
      why: 'A predicate that says yes to an origin that is then denied looks like a bug until the guard is named.',
      scenario: 'predicate',
      requires: ['predicates'],
    },
    [
      [get(allowedOrigin), 'actual', true, 'origin-allowed'],
      [get(deniedOrigin), 'actual', false, 'origin-not-allowed'],
      [get('null'), 'actual', false, 'null-origin'],
      [get('http://plain.example'), 'actual', false, 'insecure-origin'],
      [get('https://a.example/'), 'actual', false, 'origin-malformed'],
      [preflight('http://plain.example'), 'preflight', false, 'insecure-origin'],
    ],
  ),
  reasonAudit(
    {
      id: 'decisions/reasons-of-failures',
      title: 'A predicate that failed is named as the cause',
      why: 'A denial and a failure look the same to the page, and must not to the operator.',
      scenario: 'predicate-rejects',
      requires: ['predicates'],
    },
    [
      [get(allowedOrigin), 'actual', false, 'predicate-failed'],
      [preflight(allowedOrigin), 'preflight', false, 'predicate-failed'],
      [get('null'), 'actual', false, 'null-origin'],
    ],
  ),
  reasonAudit(
    {
      id: 'decisions/reasons-of-choices',
      title: 'A request for which no policy was chosen says so',
      why: 'A route that was left out by mistake is found by its reason.',
      scenario: 'chosen',
      requires: ['chosen-policies'],
    },
    [
      [request('GET', '/none/ok', allowedOrigin), 'not-cors', false, 'no-policy'],
      [request('GET', '/a/ok', allowedOrigin), 'actual', true, 'origin-allowed'],
      [request('GET', '/c/ok', allowedOrigin), 'actual', false, 'origin-not-allowed'],
      [request('GET', '/any/ok', allowedOrigin), 'actual', true, 'any-origin'],
    ],
  ),
];
