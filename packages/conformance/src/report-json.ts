/**
 * The report of a run as JSON: all of it, for programs. Everything but visible ASCII is escaped as JSON
 * escapes it, so that it is as safe to print as the others, and nothing is lost.
 */
import type { RunReport } from './audit-result.js';

/** The report of a run as JSON. */
export function jsonReport(report: RunReport): string {
  return `${JSON.stringify(report, null, 2).replace(/[^\n\u0020-\u007e]/g, escapeUnit)}\n`;
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
