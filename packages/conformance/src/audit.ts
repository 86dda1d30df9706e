/**
 * Audits: what the suite asks of a server, as data.
 */
import type { ApplicationLog } from './application-log.js';
import type { Exchange } from './exchange.js';
import type { Expectation } from './expectation.js';
import type { Capability, RunningTarget, Target } from './target.js';

/** `must`: a browser fails, or somebody is harmed. `should`: a cache or a developer is. `may`: taste. */
export type Level = 'must' | 'should' | 'may';

/** What the demand stands on. `project` is our own opinion, and is counted apart. */
export type Basis = 'fetch' | 'rfc9110' | 'security' | 'project';

/** One request and what its reply must be. */
export interface Step {
  readonly request: WireRequest;
  readonly expect: Expectation;
  /**
   * Judge the reply when its head has arrived and leave the body (it reads as empty): for replies
   * whose body breaks off. The client then closes the connection.
   */
  readonly headOnly?: true;
}

/**
 * A request as it goes on the wire. Header lines are sent as they stand, in order, repeats included,
 * one byte a character (latin1). Two lines are added where they are missing, because no server
 * answers without them: `Host` (first) and, for a body, `Content-Length` (last).
 */
export interface WireRequest {
  readonly method: string;
  /** The request target, beginning with `/`. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Sent as UTF-8. */
  readonly body?: string;
}

/** What an audit's `check` may use, beyond steps. */
export interface AuditContext {
  /**
   * The server started for the audit's scenario. An audit that reconfigures it leaves no trace: the
   * next audit gets a new one. In a `refused` scenario there is none, and asking for it throws.
   */
  readonly running: RunningTarget;
  readonly target: Target;
  /** In a `refused` scenario: what starting the target was rejected with. */
  readonly refusal?: Error;
  /** Sends one request and gives the reply; rejects with a `TransportError` if there was none. */
  readonly send: Exchange;
  /** As `send`, but gives the reply when its head has arrived, with no body, and closes. */
  readonly sendForHead: Exchange;
  /** Sends one request in full and breaks the connection off, without waiting for a reply. */
  readonly sendAndAbort: (request: WireRequest) => Promise<void>;
  /** What the application and the target noted since this was last asked (see `/log`). */
  readonly log: () => Promise<ApplicationLog>;
  /** Several requests on one kept-alive connection, in order. */
  readonly sendOnOneConnection: (
    requests: readonly WireRequest[],
  ) => Promise<readonly WireResponse[]>;
  /** Throws an `AuditFailure` that shows the exchange when the reply is not as expected. */
  readonly expect: (request: WireRequest, response: WireResponse, expectation: Expectation) => void;
  /** Throws an `AuditFailure` with the message unless the condition holds. */
  readonly assert: (condition: boolean, message: string) => void;
}

/** A reply as it came off the wire. */
export interface WireResponse {
  readonly status: number;
  /** Lines in order, names as sent (lower-case over HTTP/2 and in memory), values as latin1. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Read as UTF-8; a byte that is not shows as U+FFFD. Empty for HEAD, 101, 204 and 304. */
  readonly body: string;
  /** Interim replies (1xx other than 101), in order. */
  readonly interim: readonly {
    readonly status: number;
    readonly headers: readonly (readonly [string, string])[];
  }[];
}

/** What the suite asks. */
export interface Audit {
  /** Unique and stable: `area/what-is-demanded`. */
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  readonly basis: Basis;
  /** Address of the clause that it stands on. */
  readonly clause: string;
  /** One or two sentences: what goes wrong for whom when it fails. */
  readonly why: string;
  /** The id of the scenario that it is played in. */
  readonly scenario: string;
  /** What a target must be capable of, else the audit is skipped and says so. */
  readonly requires: readonly Capability[];
  /** Requests played in order, each judged on its reply. */
  readonly steps?: readonly Step[];
  /** For what steps cannot say: concurrency, reconfiguration, refused options. */
  readonly check?: (context: AuditContext) => Promise<void>;
}
