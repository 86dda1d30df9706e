/**
 * What came of an audit, and of a run: plain data, so that it can be printed, stored and compared.
 *
 * The outcomes are never mixed up: `passed`; `failed`, the server answered and the answer is wrong;
 * `known`, it did not pass and a list says why (see `known-failing.ts`); `skipped`, the target lacks a
 * capability, which is named; `not-expressible`, its library has no way to say the policy; `error`,
 * there was nothing to judge.
 */
import type { Audit, WireRequest, WireResponse } from './audit.js';
import type { HarnessErrorOrigin } from './harness-error.js';
import type { Capability } from './target.js';
import type { TransportErrorCode } from './transport-error.js';

/** What came of one audit. */
export type AuditOutcome = 'passed' | 'failed' | 'known' | 'skipped' | 'not-expressible' | 'error';

/** One request of an audit and what came back. */
export interface RecordedExchange {
  readonly request: WireRequest;
  /** The reply; the part of it that arrived, when `error` is there; absent when nothing did. */
  readonly response?: WireResponse;
  /** Why there is no whole reply. */
  readonly error?: string;
  /** Set on the exchange whose reply failed the audit. */
  readonly isAtFault?: true;
}

/** Why an audit could not be judged. */
export interface AuditError {
  /** `transport`: no reply came. `target`: it could not be started or used. `suite`: our own fault. */
  readonly origin: 'transport' | HarnessErrorOrigin;
  /** What went wrong on the wire. */
  readonly code?: TransportErrorCode;
  readonly message: string;
}

/** What a result says of its audit: all but what it asks. */
export type AuditDescription = Omit<Audit, 'steps' | 'check' | 'requires'>;

/** One audit and what came of it. */
export interface AuditResult extends AuditDescription {
  readonly outcome: AuditOutcome;
  readonly durationMs: number;
  /** What was not as expected, in sentences; empty unless `failed`, or `known` to. */
  readonly problems: readonly string[];
  /** The latest exchanges, in order; empty for a `passed` one unless they were asked for. */
  readonly exchanges: readonly RecordedExchange[];
  /** How many exchanges `exchanges` leaves out. */
  readonly exchangesLeftOut: number;
  /** The capabilities that the target lacks; empty unless `skipped`. */
  readonly missing: readonly Capability[];
  /** With the outcome `not-expressible`, what cannot be said; with `known`, why it does not pass. */
  readonly reason?: string;
  /** Only with the outcome `error`, or where one is `known`. */
  readonly error?: AuditError;
}

/** How many audits came to which outcome. */
export type OutcomeCounts = Readonly<Record<AuditOutcome, number>>;

/** An entry of a list of known failures that is no longer true. */
export interface StaleEntry {
  /** The audit's id. */
  readonly id: string;
  /** What is the case instead, in a sentence. */
  readonly why: string;
}

/** What came of a run. */
export interface RunReport {
  /** The target's name. */
  readonly target: string;
  /** In the order of the audits. */
  readonly results: readonly AuditResult[];
  readonly counts: OutcomeCounts;
  /** How many audits were selected and not run, because the run ended early. */
  readonly notRun: number;
  /** What went wrong beside the audits: a server that would not close, an error that escaped it. */
  readonly problems: readonly string[];
  /** Entries of a list of known failures that are no longer true; absent where there was no list. */
  readonly stale?: readonly StaleEntry[];
  readonly durationMs: number;
}

/** Counts results by their outcome. */
export function countOutcomes(results: readonly AuditResult[]): OutcomeCounts {
  const counts = { passed: 0, failed: 0, known: 0, skipped: 0, 'not-expressible': 0, error: 0 };
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
}
