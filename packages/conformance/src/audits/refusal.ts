/**
 * How audits ask whether options are refused: the target is started with them, and must not start.
 * That it starts with good ones is shown by the server of the audit's own scenario.
 */
import type { Audit, AuditContext } from '../audit.js';
import type { Scenario } from '../scenario.js';
import { cwe } from './clauses.js';

/** The clause for what is dangerous, and for what can only be a mistake. */
export const misconfiguration: string = cwe(1188);

/** A scenario with these options. */
export function refusal(options: unknown): Scenario {
  return {
    id: 'refused-options',
    description: 'Options that must be refused.',
    setup: { kind: 'refused', options },
  };
}

/** Tries to start the target, and gives what it was refused with; null when it started. */
export async function tryToStart(
  { target }: AuditContext,
  scenario: Scenario,
): Promise<Error | null> {
  let running;
  try {
    running = await target.start(scenario);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
  await running.close();
  return null;
}

/** An audit that every value of the table is refused. */
export function refusedAudit(
  audit: Pick<Audit, 'id' | 'title' | 'why'> &
    Partial<Pick<Audit, 'level' | 'basis' | 'clause' | 'requires'>>,
  table: readonly unknown[],
  scenario = 'any',
): Audit {
  return {
    level: 'should',
    basis: 'project',
    clause: misconfiguration,
    scenario,
    ...audit,
    requires: ['refuses-options', ...(audit.requires ?? [])],
    check: async (context) => {
      const accepted: string[] = [];
      for (const options of table) {
        if ((await tryToStart(context, refusal(options))) === null) accepted.push(shown(options));
      }
      context.assert(
        accepted.length === 0,
        `the server should not have started with ${accepted.join(', nor with ')}`,
      );
    },
  };
}

/** Options as a reader may recognise them. */
export function shown(options: unknown): string {
  const text = JSON.stringify(options, (_, value: unknown) => {
    if (['undefined', 'function', 'symbol', 'bigint', 'number'].includes(typeof value)) {
      return String(value);
    }
    const isPlain = typeof value !== 'object' || value === null || Array.isArray(value);
    const name = isPlain ? '' : Object.prototype.toString.call(value);
    return isPlain || name === '[object Object]' ? value : name;
  }) as string | undefined;
  return text ?? String(options);
}
