/**
 * `cors lint`: the problems of options, each with its fix, and advice; or the options of another package, as
 * ours.
 */
import { type CorsOptions, validateCorsOptions } from '@cors/core';

import { adviseOptions } from '../advise-options.js';
import { type Conversion, convertOptions } from '../convert-options.js';
import { DIFFERENCE_TEXTS } from '../difference-texts.js';
import { sourceOf } from '../options-source.js';
import { type PeerName, PEERS } from '../peer.js';
import { ALLOWED, BLOCKED, type ExitCode, USAGE } from './exit-code.js';
import { loadOptions } from './load-options.js';
import { type Line, line, print } from './output.js';
import { problemJson, problemLines } from './problem-lines.js';

/** The options of `cors lint`. */
export interface LintFlags {
  readonly from?: PeerName | undefined;
  readonly json?: boolean | undefined;
}

/** Runs `cors lint`. */
export async function lint(file: string, { from, json }: LintFlags): Promise<ExitCode> {
  const options = await loadOptions(file);
  if (from === undefined) return lintOurs(options, json === true);
  const conversion = convertOptions(from, options);
  return conversion.isJudged
    ? lintTheirs(conversion, json === true)
    : notJudged(options, conversion, json === true);
}

/** What neither package can read is a problem; with the rest, there is nothing to say. */
function notJudged(options: unknown, { peer, reason }: Conversion, isJson: boolean): ExitCode {
  const problems = validateCorsOptions(options).filter(({ code }) => code === 'option-unreadable');
  const lines = [line('Not judged.', 'yellow'), line(`  ${reason ?? ''}`)];
  print(
    problems.length === 0 ? lines : problemLines(problems),
    { peer, problems: problemJson(problems), reason },
    isJson,
  );
  return problems.length === 0 ? USAGE : BLOCKED;
}

function lintOurs(options: unknown, isJson: boolean): ExitCode {
  const problems = validateCorsOptions(options);
  const advice = problems.length === 0 ? adviseOptions(options as CorsOptions) : [];
  const lines = [
    ...problemLines(problems),
    ...advice.flatMap(({ code, message, fix }) => [
      line(`Advice: ${message}`, 'yellow'),
      line(`  Fix: ${fix} [${code}]`),
    ]),
    ...(problems.length + advice.length === 0 ? [line('Nothing to mend.', 'green')] : []),
  ];
  print(lines, { problems: problemJson(problems), advice }, isJson);
  return problems.length === 0 ? ALLOWED : BLOCKED;
}

const REPOSITORY = 'https://github.com/cors-js/cors/blob/main';

function lintTheirs(conversion: Conversion, isJson: boolean): ExitCode {
  const { peer, findings, options, reason, differences } = conversion;
  const { page } = PEERS[peer];
  const linked = differences.map((name) => ({
    name,
    text: DIFFERENCE_TEXTS[name] ?? '',
    url: `${REPOSITORY}/${page}#${name}`,
  }));
  const source = options === null ? null : sourceOf(options);
  print(
    theirLines(conversion, source, linked),
    { peer, findings, source, reason, differences: linked },
    isJson,
  );
  return findings.length === 0 ? ALLOWED : BLOCKED;
}

function theirLines(
  { peer, findings, reason }: Conversion,
  source: string | null,
  differences: readonly { readonly name: string; readonly text: string }[],
): Line[] {
  return [
    ...findings.flatMap(({ kind, message, fix }) => [
      line(
        `${kind === 'danger' ? 'Danger' : 'Dead'}: ${message}`,
        kind === 'danger' ? 'red' : 'yellow',
      ),
      line(`  Fix: ${fix}`),
    ]),
    ...(findings.length === 0
      ? [line(`Nothing in the options of ${peer} is dangerous or dead.`, 'green')]
      : []),
    line(''),
    ...(source === null
      ? [line('There is nothing of ours that means the same.', 'bold'), line(`  ${reason ?? ''}`)]
      : [
          line('Ours, that mean the same:', 'bold'),
          ...source.split('\n').map((each) => line(`  ${each}`)),
        ]),
    ...(differences.length === 0
      ? []
      : [
          line(''),
          line(`What differs (${REPOSITORY}/${PEERS[peer].page}):`, 'bold'),
          ...differences.flatMap(({ name, text }) => [
            line(`  ${text}`),
            line(`    #${name}`, 'dim'),
          ]),
        ]),
  ];
}
