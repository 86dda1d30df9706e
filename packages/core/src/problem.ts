/**
 * Problems in options, as data, and the error that carries them all.
 */
import { describeValue, escapeText } from './describe-value.js';

/** What can be wrong with options. Each code is a heading in `docs/errors.md`. */
export type CorsProblemCode =
  | 'options-not-an-object'
  | 'option-unknown'
  | 'option-unreadable'
  | 'option-not-boolean'
  | 'origin-missing'
  | 'origin-type'
  | 'origin-regexp'
  | 'origin-empty'
  | 'origin-several-in-one-string'
  | 'origin-any-among-others'
  | 'origin-any-with-credentials'
  | 'origin-null'
  | 'origin-too-long'
  | 'origin-scheme-missing'
  | 'origin-scheme-refused'
  | 'origin-userinfo'
  | 'origin-path'
  | 'origin-port'
  | 'origin-wildcard'
  | 'origin-not-serialized'
  | 'origin-malformed'
  | 'origin-insecure'
  | 'origin-public-suffix'
  | 'list-type'
  | 'list-several-in-one-string'
  | 'list-any-among-others'
  | 'method-not-a-token'
  | 'method-forbidden'
  | 'method-case'
  | 'header-not-a-token'
  | 'allowed-header-forbidden'
  | 'exposed-header-forbidden'
  | 'exposed-any-with-credentials'
  | 'max-age-invalid'
  | 'success-status-invalid'
  | 'policy-type'
  | 'policy-beside-options'
  | 'hook-not-a-function'
  | 'more-problems';

/**
 * One problem in the options.
 *
 * @example
 * ```ts
 * import { validateCorsOptions } from '@cors/core';
 *
 * const [problem] = validateCorsOptions({ origin: 'https://app.example.com/' });
 * console.log(problem?.code, problem?.fix); // origin-path, write 'https://app.example.com'
 * ```
 */
export interface CorsProblem {
  /** Stable: a heading in `docs/errors.md`. */
  readonly code: CorsProblemCode;
  /** Where in the options, as one would write it: `origin[2]`; `''` for the options as a whole. */
  readonly path: string;
  /** What was given there, as it was given. */
  readonly value: unknown;
  /** The option, what was given, and why it cannot work. */
  readonly message: string;
  /** What to write instead. */
  readonly fix: string;
}

/** Where problems are put while options are checked: `why` is a clause, `fix` a sentence. */
export type ReportProblem = (
  code: CorsProblemCode,
  path: string,
  value: unknown,
  why: string,
  fix: string,
) => void;

/**
 * How many problems are told apart. More are of no use to a person, and a service that checks its
 * tenants' options must not be made to build half a million of them.
 */
const MOST_PROBLEMS = 10_000;

const MORE_PROBLEMS: CorsProblem = Object.freeze({
  code: 'more-problems',
  path: '',
  value: undefined,
  message: `There are more than ${String(MOST_PROBLEMS)} problems.`,
  fix: 'mend these first.',
});

/** A list of problems, and the function that fills it. */
export function collectProblems(): {
  readonly problems: readonly CorsProblem[];
  readonly report: ReportProblem;
} {
  const problems: CorsProblem[] = [];
  const report: ReportProblem = (code, path, value, why, fix) => {
    if (problems.length > MOST_PROBLEMS) return;
    if (problems.length === MOST_PROBLEMS) {
      problems.push(MORE_PROBLEMS);
      return;
    }
    const subject = path === '' ? 'The options are' : `\`${escapeText(path)}\` is`;
    const message = `${subject} ${describeValue(value)}: ${why}.`;
    problems.push(Object.freeze({ code, path, value, message, fix }));
  };
  return { problems, report };
}

/** How many problems the error's message spells out; all of them are in `problems`. */
const SPELT_OUT = 20;

/**
 * Thrown at start-up for options that cannot work or are dangerous. It carries every problem at once.
 *
 * @example
 * ```ts
 * import { CorsConfigError, createCors } from '@cors/core';
 *
 * try {
 *   createCors({ origin: 'https://app.example.com', maxAge: -1 });
 * } catch (error) {
 *   if (error instanceof CorsConfigError) console.error(error.problems);
 * }
 * ```
 */
export class CorsConfigError extends Error {
  /** For recognising the error across copies of this package. */
  readonly code = 'ERR_CORS_CONFIG';
  /** Every problem, in the order of the options. At least one. */
  readonly problems: readonly CorsProblem[];

  constructor(problems: readonly CorsProblem[]) {
    super(messageOf(problems));
    this.name = 'CorsConfigError';
    this.problems = Object.freeze([...problems]);
  }
}

function messageOf(problems: readonly CorsProblem[]): string {
  const lines = problems
    .slice(0, SPELT_OUT)
    .map(({ code, message, fix }) => `- ${message} Fix: ${fix} [${code}]`);
  const rest = problems.length - lines.length;
  if (rest > 0) lines.push(`- and ${String(rest)} more: see the error's \`problems\`.`);
  const count = problems.length === 1 ? 'a problem' : `${String(problems.length)} problems`;
  return `The CORS options have ${count}:\n${lines.join('\n')}`;
}
