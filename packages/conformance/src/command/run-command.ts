/**
 * The command from its parameters to its exit code.
 */
import { writeFile } from 'node:fs/promises';

import { defused } from '@cors/browser';

import type { RunReport } from '../audit-result.js';
import { HarnessError } from '../harness-error.js';
import { applyKnownFailing, type KnownFailing, readKnownFailing } from '../known-failing.js';
import { textReport } from '../report.js';
import { jsonReport } from '../report-json.js';
import { junitReport } from '../report-junit.js';
import { markdownReport } from '../report-markdown.js';
import { runAudits } from '../runner.js';
import { exitCodeOf, exitCodes, isDecisive } from './exit-code.js';
import { loadSubject } from './load-subject.js';
import { coloured, type Environment, hasColours, type Output, progressOn } from './terminal.js';
import { type CommandOptions, type Format, parseUsage } from './usage.js';
import { UsageError } from './usage-error.js';

/** The command's surroundings: those of the process. */
export interface Surroundings {
  readonly version: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Environment;
}

/** Runs the command. Never rejects. */
export async function runCommand(
  parameters: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { stdout, stderr } = surroundings;
  try {
    const usage = parseUsage(parameters, surroundings.version);
    if (usage.kind === 'run') return await run(usage.options, surroundings);
    stdout.write(usage.text);
    return exitCodes.clean;
  } catch (error) {
    const help = error instanceof UsageError ? '\nSee cors-conformance --help' : '';
    // What is neither of these two is our own mistake: then the place is of use.
    const isExpected = error instanceof UsageError || error instanceof HarnessError;
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    const text = isExpected ? defused(message) : (stack ?? message);
    stderr.write(`cors-conformance: ${text}${help}\n`);
    return exitCodes.unjudged;
  }
}

async function run(options: CommandOptions, surroundings: Surroundings): Promise<number> {
  const { timeoutMs, trace, ids, level } = options;
  const { stderr } = surroundings;
  const note = (text: string): unknown => stderr.write(`note: ${defused(text)}\n`);
  const list =
    options.knownFailing === undefined ? undefined : await readKnownFailing(options.knownFailing);

  const onOutput = (line: string): void => void stderr.write(`output: ${defused(line)}\n`);
  const subject = await loadSubject(options.subject, timeoutMs, trace ? onOutput : undefined);
  const { target, audits, scenarios } = subject;
  subject.notes.forEach(note);
  if (list !== undefined && list.target !== target.name) {
    note(`The known failures are those of ${list.target}, and this is ${target.name}.`);
  }

  const progress = progressOn(stderr);
  const isListed = listed(list);
  let report: RunReport;
  try {
    report = await runAudits(target, {
      ...{ audits, scenarios, timeoutMs, trace },
      ...(ids !== undefined && { filter: ids }),
      ...(level !== undefined && { level }),
      onResult: progress.tell,
      ...(options.bail && { until: (result) => isDecisive(result) && !isListed(result) }),
    });
  } finally {
    progress.end();
  }
  if (list !== undefined) report = applyKnownFailing(report, list, audits);
  await writeReport(report, options, surroundings);
  return exitCodeOf(report);
}

function listed(list: KnownFailing | undefined): (result: { readonly id: string }) => boolean {
  const ids = new Set((list?.failing ?? []).map(({ id }) => id));
  return ({ id }) => ids.has(id);
}

async function writeReport(
  report: RunReport,
  { format, output, trace }: CommandOptions,
  { stdout, env }: Surroundings,
): Promise<void> {
  const forms: Readonly<Record<Format, () => string>> = {
    text: () => textReport(report, { passed: trace, brief: !trace }),
    json: () => jsonReport(report),
    junit: () => junitReport(report),
    markdown: () => markdownReport(report),
  };
  if (output !== undefined) {
    try {
      await writeFile(output, forms[format]());
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new HarnessError(`The report cannot be written to ${output}: ${reason}`);
    }
  }
  const shown = output === undefined ? format : 'text';
  const text = forms[shown]();
  stdout.write(shown === 'text' && hasColours(stdout, env) ? coloured(text) : text);
}
