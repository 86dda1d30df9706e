/**
 * How hostile requests are sent: each is followed by an ordinary one that must still be answered.
 */
import type { Audit, AuditContext, WireRequest, WireResponse } from '../audit.js';
import type { Expectation } from '../expectation.js';
import { TransportError } from '../transport-error.js';
import { admitsCredentialed, expectNotEchoed } from './expectations.js';
import { allowedOrigin, get } from './requests.js';

/** What is asked of the reply to a hostile request, if there is one. */
type Judge = (context: AuditContext, made: WireRequest, response: WireResponse) => void;

/** The reply is as expected. */
export function replyIs(expected: Expectation): Judge {
  return (context, made, response) => {
    context.expect(made, response, expected);
  };
}

/** The reply is small, whatever it says. */
export const replyIsSmall: Judge = (context, _, response) => {
  expectNotEchoed(context, response);
};

/** An audit that sends each request, and after each an ordinary one that must still be answered. */
export function hostileAudit(
  audit: Pick<Audit, 'id' | 'title' | 'level' | 'basis' | 'clause' | 'why' | 'scenario'>,
  hostile: readonly WireRequest[],
  judge?: Judge,
): Audit {
  return {
    ...audit,
    requires: ['raw-bytes'],
    check: async (context) => {
      for (const made of hostile) {
        const response = await sendUnlessRefused(context, made, judge !== undefined);
        if (response !== null) judge?.(context, made, response);
        const next = get(allowedOrigin);
        context.expect(next, await context.send(next), admitsCredentialed);
      }
    },
  };
}

/** The reply; null when the connection was closed without one, which counts as a refusal. */
async function sendUnlessRefused(
  context: AuditContext,
  hostile: WireRequest,
  mustBeSmall: boolean,
): Promise<WireResponse | null> {
  try {
    return await context.send(hostile);
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    const isTooLarge = error.code === 'too-large';
    context.assert(!isTooLarge || !mustBeSmall, `the reply should be small, but ${error.message}`);
    if (isTooLarge || error.code === 'reset' || error.code === 'closed-early') return null;
    throw error;
  }
}
