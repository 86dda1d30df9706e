/**
 * Plays one audit and says what came of it: judged, or why it could not be. Whatever an audit or a
 * server does, this ends by its deadline, with every request of the audit given up.
 */
import { setMaxListeners } from 'node:events';

import type { Audit } from './audit.js';
import { AuditFailure } from './audit-failure.js';
import { refusalAuditContext, serverAuditContext } from './audit-context.js';
import type { AuditError, RecordedExchange } from './audit-result.js';
import { AuditTarget } from './audit-target.js';
import { createClient } from './client.js';
import { DeadlineError, withinDeadline } from './deadline.js';
import { ExchangeRecorder } from './exchange-recorder.js';
import { HarnessError } from './harness-error.js';
import { isNotExpressible } from './not-expressible.js';
import type { RunningTarget, Target } from './target.js';
import { TransportError } from './transport-error.js';

/** What playing an audit came to. */
export interface Played {
  readonly outcome: 'passed' | 'failed' | 'not-expressible' | 'error';
  readonly problems: readonly string[];
  /** What cannot be expressed. */
  readonly reason?: string;
  readonly error?: AuditError;
  readonly exchanges: readonly RecordedExchange[];
  readonly exchangesLeftOut: number;
}

/** What playing an audit came to, and the servers that it started and that would not close. */
export interface PlayedAudit {
  readonly played: Played;
  /** In sentences. */
  readonly leftOpen: readonly string[];
}

/** Plays an audit on a server. */
export async function playOnServer(
  audit: Audit,
  target: Target,
  running: RunningTarget,
  timeoutMs: number,
): Promise<PlayedAudit> {
  const given = new AbortController();
  // One listener for each request under way, and an audit may send hundreds at a time.
  setMaxListeners(0, given.signal);
  const ask: Ask = async (auditTarget, recorder) => {
    if (audit.steps === undefined && audit.check === undefined) {
      throw new HarnessError('The audit asks nothing: it has neither steps nor a check');
    }
    const client = createClient(running.address, { timeoutMs, signal: given.signal });
    const context = serverAuditContext({ target: auditTarget, running, client, recorder });
    for (const { request, expect, headOnly } of audit.steps ?? []) {
      const send = headOnly === true ? client.sendForHead : client.send;
      context.expect(request, await recorder.record(request, send), expect);
    }
    await audit.check?.(context);
  };
  try {
    return await play(ask, target, timeoutMs);
  } finally {
    given.abort();
  }
}

/** Plays an audit of a refusal: the target has refused, and what it said is at hand. */
export function playOnRefusal(
  audit: Audit,
  target: Target,
  refusal: Error,
  timeoutMs: number,
): Promise<PlayedAudit> {
  const ask: Ask = async (auditTarget) => {
    if (audit.steps !== undefined) {
      throw new HarnessError('The audit has steps, but its scenario has no server to send them to');
    }
    await audit.check?.(refusalAuditContext(auditTarget, refusal));
  };
  return play(ask, target, timeoutMs);
}

type Ask = (target: Target, recorder: ExchangeRecorder) => Promise<void>;

async function play(ask: Ask, target: Target, timeoutMs: number): Promise<PlayedAudit> {
  const recorder = new ExchangeRecorder();
  let held: AuditTarget | undefined;
  const judge = async (): Promise<Judgement> => {
    try {
      await withinDeadline(
        (deadline) => {
          held = new AuditTarget(target, deadline, timeoutMs);
          return ask(held.target, recorder);
        },
        timeoutMs,
        'The audit',
      );
      return { outcome: 'passed', problems: [] };
    } catch (error) {
      if (isNotExpressible(error)) {
        return { outcome: 'not-expressible', problems: [], reason: error.message };
      }
      if (!(error instanceof AuditFailure)) return errorJudgement(error, recorder);
      if (error.exchange !== undefined) recorder.markAtFault(error.exchange);
      return { outcome: 'failed', problems: error.problems };
    }
  };
  const judgement = await judge();
  await held?.end();
  const startError = held?.startError;
  return {
    played: {
      ...(startError === undefined ? judgement : errorJudgement(startError)),
      exchanges: recorder.exchanges,
      exchangesLeftOut: recorder.leftOut,
    },
    leftOpen: held?.leftOpen ?? [],
  };
}

type Judgement = Pick<Played, 'outcome' | 'problems' | 'reason' | 'error'>;

function errorJudgement(error: unknown, recorder?: ExchangeRecorder): Judgement {
  return { outcome: 'error', problems: [], error: auditError(error, recorder) };
}

/** Tells whose error it is. */
export function auditError(error: unknown, recorder?: ExchangeRecorder): AuditError {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof TransportError) return { origin: 'transport', code: error.code, message };
  if (error instanceof HarnessError) return { origin: error.origin, message };
  if (error instanceof DeadlineError) {
    // With a request under way it is the server that is late, else what the audit waits for itself.
    const waitsForReply = recorder !== undefined && recorder.pending > 0;
    if (waitsForReply) return { origin: 'transport', code: 'timeout', message };
    return { origin: 'target', message };
  }
  return { origin: 'suite', message };
}
