/**
 * Known failures: a list of audits that a target does not pass, each with the reason. The audits are
 * run all the same. One that is listed counts as `known` and not as a failure; an entry that is no
 * longer true is stale, so that no list outlives what it excuses.
 */
import { readFile } from 'node:fs/promises';

import type { Audit } from './audit.js';
import {
  type AuditResult,
  countOutcomes,
  type RunReport,
  type StaleEntry,
} from './audit-result.js';
import { audits as ownAudits } from './audits/index.js';
import { HarnessError } from './harness-error.js';

/** One audit that a target is known not to pass. */
export interface KnownFailure {
  /** The audit's id. */
  readonly id: string;
  /** One sentence: what the library does, and why. */
  readonly reason: string;
}

/** What a file of known failures holds. */
export interface KnownFailing {
  /** Name and version of what was judged. */
  readonly target: string;
  readonly failing: readonly KnownFailure[];
}

/**
 * Reads a file of known failures.
 *
 * @throws a `HarnessError` that says what is wrong with it.
 */
export async function readKnownFailing(path: string): Promise<KnownFailing> {
  try {
    return parseKnownFailing(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HarnessError(`The known failures in ${path} cannot be read: ${reason}`);
  }
}

/**
 * Takes the listed failures out of a report's failures. An error of the transport counts as one: a
 * server that breaks the connection off has not passed either. What could not be judged because of
 * the target's set-up, or by our own fault, stays an error.
 *
 * @param audits those that the run selected from; an entry for none of them is stale.
 */
export function applyKnownFailing(
  report: RunReport,
  list: KnownFailing,
  audits: readonly Pick<Audit, 'id'>[] = ownAudits,
): RunReport {
  const reasons = new Map(list.failing.map(({ id, reason }) => [id, reason]));
  const results = report.results.map((result): AuditResult => {
    const reason = reasons.get(result.id);
    return reason === undefined || !hasFailed(result)
      ? result
      : { ...result, outcome: 'known', reason };
  });
  const stale = list.failing.flatMap(({ id }): readonly StaleEntry[] => {
    const why = whyStale(
      report.results.find((result) => result.id === id),
      audits.some((audit) => audit.id === id),
    );
    return why === undefined ? [] : [{ id, why }];
  });
  return { ...report, results, counts: countOutcomes(results), stale };
}

function hasFailed({ outcome, error }: AuditResult): boolean {
  return outcome === 'failed' || (outcome === 'error' && error?.origin === 'transport');
}

function whyStale(result: AuditResult | undefined, exists: boolean): string | undefined {
  // An audit that this run did not select says nothing.
  if (result === undefined) return exists ? undefined : 'there is no such audit';
  switch (result.outcome) {
    case 'passed':
      return 'the audit passes';
    case 'skipped':
      return `the audit is skipped: the target lacks ${result.missing.join(', ')}`;
    case 'not-expressible':
      return `the audit is not judged, because its policy is not expressible: ${result.reason ?? ''}`;
    default:
      return undefined;
  }
}

function parseKnownFailing(value: unknown): KnownFailing {
  if (!isObject(value) || typeof value['target'] !== 'string' || !Array.isArray(value['failing'])) {
    throw new TypeError(
      'it should be {"target": "name and version", "failing": [{"id", "reason"}]}',
    );
  }
  const failing = value['failing'].map((entry: unknown, index): KnownFailure => {
    const { id, reason } = isObject(entry) ? entry : {};
    if (typeof id !== 'string' || id === '' || typeof reason !== 'string' || reason.trim() === '') {
      throw new TypeError(
        `entry ${index + 1} of "failing" should be {"id": "area/name", "reason": "a sentence"}`,
      );
    }
    return { id, reason };
  });
  const repeated = failing.find(
    ({ id }, index) => failing.findIndex((one) => one.id === id) < index,
  );
  if (repeated !== undefined) throw new TypeError(`it lists ${repeated.id} twice`);
  return { target: value['target'], failing };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
