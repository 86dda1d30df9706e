/**
 * `cors explain`: options and a page's request → the engine's decisions and what a browser concludes, with
 * no server.
 */
import { printable } from '@cors/browser';
import { type CorsOptions, validateCorsOptions } from '@cors/core';

import { type Decided, explainPolicy } from '../explain-policy.js';
import { checkLines } from './check-report.js';
import { ALLOWED, BLOCKED, type ExitCode, USAGE } from './exit-code.js';
import { loadOptions } from './load-options.js';
import { type Line, line, print } from './output.js';
import { givenRequest, type RequestFlags } from './page-request.js';
import { problemJson, problemLines } from './problem-lines.js';

/** The options of `cors explain`. */
export interface ExplainFlags extends RequestFlags {
  readonly url: string;
  readonly json?: boolean | undefined;
}

/** Runs `cors explain`. */
export async function explain(file: string, flags: ExplainFlags): Promise<ExitCode> {
  const options = await loadOptions(file);
  const isJson = flags.json === true;
  const problems = validateCorsOptions(options);
  if (problems.length > 0) {
    print(problemLines(problems), { problems: problemJson(problems) }, isJson);
    return USAGE;
  }
  const isPasted = flags.curl !== undefined || flags.fetch !== undefined;
  const { page } = givenRequest(isPasted ? undefined : flags.url, flags);
  const { decided, transcript } = await explainPolicy(options as CorsOptions, page, flags.browser);
  const { code, cause, fix, clause, blocked } = transcript.verdict;
  const check = {
    outcome: blocked ? ('blocked' as const) : ('allowed' as const),
    transcript,
    finding: { code, cause, fix, clause },
    notSent: null,
  };
  const lines = [...decided.flatMap(decidedLines), line(''), ...checkLines(check)];
  const json = {
    decisions: decided.map(({ request, decision, explanation }) => ({
      method: request.method,
      ...decision,
      error: decision.error?.message ?? null,
      explanation,
    })),
    code,
    cause,
    fix,
    clause,
    blocked,
    hops: transcript.hops,
    page: transcript.page,
  };
  print(lines, json, isJson);
  return blocked ? BLOCKED : ALLOWED;
}

function decidedLines({ request, decision, explanation }: Decided): Line[] {
  const { kind, allowed, respond } = decision;
  const what = kind === 'preflight' ? 'the preflight' : 'the request';
  const status = respond === null ? '' : `, answered with ${respond}`;
  return [
    line(
      `The policy on ${what} (${printable(request.method)}): ${allowed ? 'granted' : 'not granted'}${status}, ${explanation.code}`,
      allowed ? 'green' : 'red',
    ),
    line(`  ${explanation.sentence}`),
    ...(explanation.fix === '' ? [] : [line(`  ${explanation.fix}`, 'bold')]),
  ];
}
