/**
 * What is to be judged, made ready: the target, and the audits and scenarios that fit it.
 */
import { resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

import type { Audit, WireResponse } from '../audit.js';
import { audits as ownAudits } from '../audits/index.js';
import { execTarget } from '../exec-target.js';
import { linesOf } from '../field-syntax.js';
import { HarnessError } from '../harness-error.js';
import { quoted } from '../printable.js';
import { probeAudits, probeScenario } from '../probe/probe-audits.js';
import type { ProbeOptions } from '../probe/probe-options.js';
import { probeTarget, reach } from '../probe/probe-target.js';
import type { Scenario } from '../scenario.js';
import { scenarios as ownScenarios } from '../scenarios.js';
import type { Target } from '../target.js';
import type { Subject } from './usage.js';

/** A subject that is ready. */
export interface LoadedSubject {
  readonly target: Target;
  readonly audits: readonly Audit[];
  readonly scenarios: readonly Scenario[];
  /** What its operator should know beforehand, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Makes a subject ready.
 *
 * @throws a `HarnessError` when it cannot be reached, started or read.
 */
export async function loadSubject(
  subject: Subject,
  timeoutMs: number,
  onOutput: ((line: string) => void) | undefined,
): Promise<LoadedSubject> {
  const whole = { audits: ownAudits, scenarios: ownScenarios, notes: [] };
  switch (subject.kind) {
    case 'exec': {
      const options = { timeoutMs, ...(onOutput !== undefined && { onOutput }) };
      return { ...whole, target: await execTarget(subject.command, options) };
    }
    case 'module':
      return { ...whole, target: await importTarget(subject.path) };
    case 'probe': {
      const { probe } = subject;
      const reply = await reach(probe, timeoutMs);
      return {
        target: probeTarget(probe),
        audits: probeAudits(probe),
        scenarios: [probeScenario(probe)],
        notes: probeNotes(probe, reply),
      };
    }
  }
}

async function importTarget(path: string): Promise<Target> {
  let imported: { readonly default?: unknown };
  try {
    imported = (await import(pathToFileURL(resolve(path)).href)) as typeof imported;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const isTypeScript =
      error instanceof Error && 'code' in error && error.code === 'ERR_UNKNOWN_FILE_EXTENSION';
    const hint = isTypeScript
      ? `. Node.js ${process.versions.node} loads no TypeScript by itself: set NODE_OPTIONS="--import tsx"`
      : '';
    throw new HarnessError(
      `The module ${path} cannot be loaded: ${reason}${hint}`,
      'target',
      error,
    );
  }
  const target = imported.default;
  if (isTarget(target)) return target;
  throw new HarnessError(
    `The default export of ${path} is no target: it should have a name, capabilities and a function start`,
    'target',
  );
}

function isTarget(value: unknown): value is Target {
  if (typeof value !== 'object' || value === null) return false;
  const { name, capabilities, start } = value as Partial<Record<keyof Target, unknown>>;
  return typeof name === 'string' && Array.isArray(capabilities) && typeof start === 'function';
}

function probeNotes(
  { method, headers = [] }: ProbeOptions,
  { status, headers: fields }: WireResponse,
): readonly string[] {
  const notes: string[] = [];
  const [location] = linesOf(fields, 'Location');
  if (status >= 300 && status < 400 && location !== undefined) {
    notes.push(
      `The server answers ${status} and leads to ${quoted(location)}. Redirects are judged, not followed: probe that address as well.`,
    );
  } else if (status === 401 || status === 403 || status === 407) {
    notes.push(`The server answers ${status}: what it says of CORS on that reply is judged.`);
  } else if (status >= 400) {
    notes.push(
      `The server answers ${status}: what it says of CORS on that reply is judged. Is this the address that pages ask for?`,
    );
  }
  if (method === undefined && headers.length === 0) {
    notes.push('Whether preflights pass is not judged: give --method or --header for that.');
  }
  return notes;
}
