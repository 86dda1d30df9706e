/**
 * Which audits a run plays. A selection that leaves none is an error: it would pass without a test.
 */
import type { Audit, Level } from './audit.js';
import { HarnessError } from './harness-error.js';

/** What to select by. */
export interface AuditSelection {
  /** In place of the suite's own. */
  readonly audits?: readonly Audit[];
  /**
   * An audit's id, or the area before its slash, or several of them; or a function that says yes.
   */
  readonly filter?: string | readonly string[] | ((audit: Audit) => boolean);
  /** The least level: `should` plays `must` and `should`. All are played when absent. */
  readonly level?: Level;
}

const RANK: Readonly<Record<Level, number>> = { must: 2, should: 1, may: 0 };

/**
 * The audits of a run, in order.
 *
 * @throws a `HarnessError` when there are none, when a part of the filter matches none, or when two
 * have the same id.
 */
export function selectAudits(
  own: readonly Audit[],
  { audits = own, filter, level = 'may' }: AuditSelection,
): readonly Audit[] {
  const repeated = audits.find(({ id }, index) => audits.findIndex((one) => one.id === id) < index);
  if (repeated !== undefined) throw new HarnessError(`Two audits have the id ${repeated.id}`);
  const selected = audits
    .filter(matcher(audits, filter))
    .filter((audit) => RANK[audit.level] >= RANK[level]);
  if (selected.length === 0) throw new HarnessError('No audit is selected by the filter and level');
  return selected;
}

function matcher(
  audits: readonly Audit[],
  filter: AuditSelection['filter'],
): (audit: Audit) => boolean {
  if (filter === undefined) return () => true;
  if (typeof filter === 'function') return filter;
  const wanted = typeof filter === 'string' ? [filter] : filter;
  const matches = ({ id }: Audit, part: string): boolean =>
    id === part || id.startsWith(part.endsWith('/') ? part : `${part}/`);
  for (const part of wanted) {
    if (audits.some((audit) => matches(audit, part))) continue;
    throw new HarnessError(`No audit has the id or the area ${JSON.stringify(part)}`);
  }
  return (audit) => wanted.some((part) => matches(audit, part));
}
