/**
 * How a probe asks. The server is somebody's: only GET, HEAD and OPTIONS are sent, few at a time, and
 * a server that says it has had enough is left alone.
 */
import type { Audit, AuditContext, Step, WireRequest, WireResponse } from '../audit.js';
import { AuditFailure } from '../audit-failure.js';
import type { ExpectedVerdict } from '../expectation.js';
import { linesOf } from '../field-syntax.js';
import { HarnessError } from '../harness-error.js';
import type { ProbeSubject } from './probe-options.js';

const AT_A_TIME = 8;

/** The id of the one scenario of a probe. */
export const probeScenarioId = 'probe';

/** What a probe's audits have in common. */
export function probeAudit(
  audit: Omit<Audit, 'scenario' | 'requires' | 'steps'> & Partial<Pick<Audit, 'requires'>>,
): Audit {
  return { scenario: probeScenarioId, requires: [], ...audit };
}

/** Plays steps, a few at a time. */
export function asking(steps: readonly Step[]): NonNullable<Audit['check']> {
  return async (context) => {
    for (let start = 0; start < steps.length; start += AT_A_TIME) {
      const asked = steps.slice(start, start + AT_A_TIME);
      const replies = await Promise.all(asked.map(({ request }) => ask(context, request)));
      for (const [index, response] of replies.entries()) {
        const step = asked[index];
        if (step !== undefined) context.expect(step.request, response, step.expect);
      }
    }
  };
}

/**
 * Sends a request.
 *
 * @throws a `HarnessError` where the reply is the rate limiter's: it says nothing of the policy.
 */
export async function ask(
  context: Pick<AuditContext, 'send'>,
  request: WireRequest,
): Promise<WireResponse> {
  const response = await context.send(request);
  const { status } = response;
  const [retryAfter] = linesOf(response.headers, 'Retry-After');
  if (status === 429 || (status === 503 && retryAfter !== undefined)) {
    throw new HarnessError(
      `The server answers ${status}: it limits the rate of requests, so that its replies say nothing of its policy`,
      'target',
    );
  }
  return response;
}

/** Fails the audit with the exchange that shows the problem, if there is one. */
export function failOn(
  problem: string | undefined,
  request: WireRequest,
  response: WireResponse,
): void {
  if (problem !== undefined) throw new AuditFailure([problem], { request, response });
}

/** What a browser should make of a reply for the allowed origin. */
export function admitted({ credentials, deniedOrigin }: ProbeSubject): ExpectedVerdict {
  if (credentials) return { admitsAtLeast: 'credentialed' };
  // Open to every origin, it must not be so to their cookies.
  return deniedOrigin === undefined ? { admits: 'anonymous' } : { admitsAtLeast: 'anonymous' };
}

/** The preflight that a page's browser sends for the subject's method and headers. */
export function subjectPreflight(
  { path, method, headers }: ProbeSubject,
  origin: string,
  names: readonly string[] = [sortedNames(headers).join()],
): WireRequest {
  const lines = names.filter((line) => line !== '');
  return {
    method: 'OPTIONS',
    path,
    headers: [
      ['Origin', origin],
      ['Access-Control-Request-Method', method],
      ...lines.map((line) => ['Access-Control-Request-Headers', line] as const),
    ],
  };
}

/** Names as browsers announce them: https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names */
export function sortedNames(headers: readonly string[]): readonly string[] {
  return [...new Set(headers.map((name) => name.toLowerCase()))].sort();
}
