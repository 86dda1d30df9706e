/**
 * How audits ask whether options are refused: the target is started with them, and must not start.
 * That it starts with good ones is shown by the server of the audit's own scenario.
 */
import type { Audit, AuditContext } from '../audit.js';
import { isNotExpressible } from '../not-expressible.js';
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

/**
 * Tries to start the target, and gives what it was refused with; null when it started.
 *
 * @throws a `NotExpressibleError` where the library has no way to say the options.
 */
export async function tryToStart(
  { target }: AuditContext,
  scenario: Scenario,
): Promise<Error | null> {
  let running;
  try {
    running = await target.start(scenario);
  } catch (error) {
    if (isNotExpressible(error)) throw error;
    return error instanceof Error ? error : new Error(String(error));
  }
  await running.close();
  return null;
}

/**
 * Does something with each value that the target's library can express. Those that it cannot are
 * passed over: it has nothing to refuse them with.
 *
 * @throws the last `NotExpressibleError` when there was nothing else.
 */
export async function forEachExpressible<Value>(
  values: readonly Value[],
  ask: (value: Value) => Promise<void>,
): Promise<void> {
  let expressed = 0;
  let reason: Error | undefined;
  for (const value of values) {
    try {
      await ask(value);
      expressed += 1;
    } catch (error) {
      if (!isNotExpressible(error)) throw error;
      reason = error;
    }
  }
  if (expressed === 0 && reason !== undefined) throw reason;
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
      await forEachExpressible(table, async (options) => {
        if ((await tryToStart(context, refusal(options))) === null) accepted.push(shown(options));
      });
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
