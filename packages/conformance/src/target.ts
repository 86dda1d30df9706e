/**
 * A target: what an implementer provides so that the suite can judge a server.
 */
import type { Scenario, ScenarioPolicy } from './scenario.js';

/**
 * What a target can do beyond plain requests and replies. An audit that needs more than the target
 * has is skipped with the missing capability as its stated reason.
 */
export type Capability =
  /** Requests reach it as raw bytes over a socket: repeated lines, control characters, huge heads. */
  | 'raw-bytes'
  /** It speaks HTTP/1.1 over a socket (keep-alive, HEAD, 1xx, aborts). */
  | 'http1'
  /** It speaks HTTP/2 with prior knowledge (h2c). */
  | 'http2'
  /** A handler may write the head in Node's raw forms: `writeHead(status, headers)`. */
  | 'write-head'
  /** A handler may return an immutable or a shared `Response`. */
  | 'response-objects'
  /** Errors of a handler reach an error handler that replies 500. */
  | 'error-handling'
  /** A path that cannot be percent-decoded (`/%zz`) reaches the application, which replies 400. */
  | 'malformed-paths'
  /** It has a hook that is told each decision, and `onDecision` of a scenario can be honoured. */
  | 'decision-hook'
  | 'streams'
  | 'flush-headers'
  | 'early-hints'
  | 'upgrade'
  | 'predicates'
  | 'chosen-policies'
  | 'stacked-policies'
  | 'reconfigure'
  /** It checks its options when it starts. Who checks none has refused none, and is not asked. */
  | 'refuses-options'
  /** Options may be JavaScript values (RegExp, Set, functions). */
  | 'javascript-values'
  /** `/log` tells what the predicate was asked, the decisions, and the warnings. */
  | 'log';

/** How a connection is secured. */
export interface TlsSettings {
  /** Takes any certificate, for servers that have none of their own. */
  readonly anyCertificate: boolean;
}

/** Where a started target listens: a socket, or a function for handlers that live in memory. */
export type Address =
  | {
      readonly protocol: 'http/1.1';
      readonly host: string;
      readonly port: number;
      /** Absent: a plain connection. */
      readonly tls?: TlsSettings;
    }
  | { readonly protocol: 'h2c'; readonly host: string; readonly port: number }
  | { readonly protocol: 'memory'; readonly fetch: (request: Request) => Promise<Response> };

/** A server that was started for one scenario. */
export interface RunningTarget {
  readonly address: Address;
  /** Swaps the policy in force. An invalid one must reject and leave the old policy in force. */
  readonly reconfigure?: (policy: ScenarioPolicy | { readonly invalid: unknown }) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What an implementer provides. */
export interface Target {
  readonly name: string;
  readonly capabilities: readonly Capability[];
  /**
   * Rejects when the options are refused, with the reason as an `Error`; with a `NotExpressibleError`
   * where the library has no way to say the policy.
   */
  readonly start: (scenario: Scenario) => Promise<RunningTarget>;
}
