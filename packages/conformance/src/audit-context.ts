/**
 * What an audit has in its hands while it is played: ways to send, each recorded, and ways to judge.
 * Every reply that is sent for passes the guard (see `reply-guard.ts`), asked or not.
 */
import type { AuditContext, WireRequest, WireResponse } from './audit.js';
import { parseApplicationLog } from './application-log.js';
import { AuditFailure } from './audit-failure.js';
import type { Client } from './client.js';
import { compare } from './compare.js';
import type { Exchange } from './exchange.js';
import type { ExchangeRecorder } from './exchange-recorder.js';
import { HarnessError } from './harness-error.js';
import { replyGuardProblems } from './reply-guard.js';
import type { RunningTarget, Target } from './target.js';

/** What a context is made from, for an audit of a server. */
export interface AuditContextParts {
  readonly target: Target;
  readonly running: RunningTarget;
  readonly client: Client;
  readonly recorder: ExchangeRecorder;
}

/** The context of an audit of a server. */
export function serverAuditContext(parts: AuditContextParts): AuditContext {
  const { client, recorder } = parts;
  const guarded =
    (send: Exchange): Exchange =>
    async (request) => {
      const response = await recorder.record(request, send);
      const problems = replyGuardProblems(response);
      if (problems.length > 0) throw new AuditFailure(problems, { request, response });
      return response;
    };
  return {
    target: parts.target,
    running: parts.running,
    send: guarded(client.send),
    sendForHead: guarded(client.sendForHead),
    sendAndAbort: client.sendAndAbort,
    sendOnOneConnection: (requests) =>
      client.onOneConnection(async (send) => {
        const replies: WireResponse[] = [];
        for (const request of requests) replies.push(await guarded(send)(request));
        return replies;
      }),
    log: async () => readLog(await recorder.record(LOG_REQUEST, client.send)),
    expect: expectReply,
    assert: assertThat,
  };
}

/** The context of an audit of refused options, where there is no server. */
export function refusalAuditContext(target: Target, refusal: Error): AuditContext {
  const noServer = (): never => {
    throw new HarnessError('There is no server in a scenario whose options must be refused');
  };
  const sendNothing = (): Promise<never> => Promise.resolve().then(noServer);
  return {
    target,
    refusal,
    get running(): RunningTarget {
      return noServer();
    },
    send: sendNothing,
    sendForHead: sendNothing,
    sendAndAbort: sendNothing,
    sendOnOneConnection: sendNothing,
    log: sendNothing,
    expect: expectReply,
    assert: assertThat,
  };
}

const LOG_REQUEST: WireRequest = { method: 'GET', path: '/log', headers: [] };

function readLog(response: WireResponse): ReturnType<typeof parseApplicationLog> {
  if (response.status !== 200) {
    throw new HarnessError(`The target answered ${response.status} on /log`, 'target');
  }
  try {
    return parseApplicationLog(response.body);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HarnessError(`The target's /log is not as documented: ${reason}`, 'target', cause);
  }
}

const expectReply: AuditContext['expect'] = (request, response, expectation) => {
  const problems = compare(request, response, expectation);
  if (problems.length > 0) throw new AuditFailure(problems, { request, response });
};

const assertThat: AuditContext['assert'] = (condition, message) => {
  if (!condition) throw new AuditFailure([message]);
};
