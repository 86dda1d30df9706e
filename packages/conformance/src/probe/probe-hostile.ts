/**
 * Requests that no browser sends, sized to hurt, though less than the suite's own: the server is
 * somebody's. It may answer, refuse or close the connection; it must go on serving.
 */
import type { Audit, AuditContext, WireRequest } from '../audit.js';
import { cve, cwe } from '../audits/clauses.js';
import { request } from '../audits/requests.js';
import { linesOf } from '../field-syntax.js';
import { TransportError } from '../transport-error.js';
import { admitted, ask, failOn, probeAudit, subjectPreflight } from './ask.js';
import type { ProbeSubject } from './probe-options.js';

const KILOBYTE = 1024;

/** Audits of hostile requests. */
export function hostileAudits(subject: ProbeSubject): readonly Audit[] {
  const { path, allowedOrigin } = subject;
  const hostile = (
    audit: Pick<Audit, 'id' | 'title' | 'level' | 'clause' | 'why'>,
    requests: readonly WireRequest[],
  ): Audit =>
    probeAudit({
      ...audit,
      basis: 'security',
      requires: ['raw-bytes'],
      check: async (context) => {
        for (const made of requests) {
          await sendHostile(context, made);
          const next = request('GET', path, allowedOrigin);
          context.expect(next, await ask(context, next), { browser: admitted(subject) });
        }
      },
    });

  return [
    hostile(
      {
        id: 'probe/long-origins-do-no-harm',
        title: 'An Origin of many kilobytes is not granted, and the server goes on',
        level: 'must',
        clause: cwe(1333),
        why: 'A pattern that backtracks over a long value takes the server down for everyone.',
      },
      [8, 64].flatMap((size) => [
        request('GET', path, `https://${'a'.repeat(size * KILOBYTE)}.evil.example`),
        request('GET', path, `https://${'a.'.repeat((size * KILOBYTE) / 2)}evil.example`),
      ]),
    ),
    hostile(
      {
        id: 'probe/long-lists-do-no-harm',
        title: 'A preflight with lists of many kilobytes does no harm, and the server goes on',
        level: 'must',
        clause: cve('2025-47908'),
        why: 'Lists that are split, sorted and joined without a bound cost the server far more than they cost the sender.',
      },
      [
        ['x-a,'.repeat(4 * KILOBYTE)],
        [','.repeat(16 * KILOBYTE)],
        [`x${' '.repeat(12 * KILOBYTE)}x`],
        Array<string>(64).fill(','.repeat(KILOBYTE)),
      ].map((lines) => subjectPreflight(subject, allowedOrigin, lines)),
    ),
  ];
}

/** The server may do without this request in its own way, but in time, and without sending it back. */
async function sendHostile(context: AuditContext, made: WireRequest): Promise<void> {
  let response;
  try {
    response = await ask(context, made);
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    const isRefused = error.code === 'reset' || error.code === 'closed-early';
    context.assert(isRefused, `a request of this size should be answered: ${error.message}`);
    return;
  }
  for (const [, sent] of made.headers) {
    const isSentBack = linesOf(response.headers, 'Access-Control-Allow-Origin').includes(sent);
    if (sent.length < KILOBYTE || !isSentBack) continue;
    failOn('the long Origin should not be granted', made, response);
  }
}
