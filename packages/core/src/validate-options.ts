/**
 * Options → problems, or checked options. Every problem is found in one pass; nothing is thrown,
 * whatever the value is; and each property is read once, so that what was checked is what is used.
 */
import { describeError, quote } from './describe-value.js';
import { OPTION_NAMES, type OptionName, suggestOption } from './option-names.js';
import { copyOwnOptions } from './own-options.js';
import { collectProblems, type CorsProblem, type ReportProblem } from './problem.js';
import { checkAllowedHeaders, checkExposedHeaders, checkMethods } from './validate-lists.js';
import { type CheckedOrigin, checkOrigin } from './validate-origin.js';

/** Options that were found right, in the form that a policy is compiled from. */
export interface CheckedOptions {
  readonly origin: CheckedOrigin;
  readonly credentials: boolean;
  /** `'*'` or a list without repeats; empty when absent. */
  readonly methods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  /** Seconds; null sends no header. */
  readonly maxAge: number | null;
  readonly preflightContinue: boolean;
  readonly optionsSuccessStatus: number;
  readonly allowInsecureOrigins: boolean;
  readonly allowNullOrigin: boolean;
}

/** Checks options. The checked ones are null exactly when there are problems. */
export function checkOptions(options: unknown): {
  readonly problems: readonly CorsProblem[];
  readonly checked: CheckedOptions | null;
} {
  const { problems, report } = collectProblems();
  const given = readOptions(options, report);
  if (given === null) return { problems, checked: null };

  const flag = (name: OptionName): boolean => checkFlag(name, given[name], report);
  const credentials = flag('credentials');
  const allowInsecureOrigins = flag('dangerouslyAllowInsecureOrigins');
  const allowNullOrigin = flag('dangerouslyAllowNullOrigin');
  const origin = checkOrigin(
    given.origin,
    'origin',
    {
      credentials,
      allowInsecureOrigins,
      allowPublicSuffixes: flag('dangerouslyAllowPublicSuffixes'),
      allowNullOrigin,
      mayBeAny: !credentials,
    },
    report,
  );
  const checked = {
    credentials,
    methods: checkMethods(given.methods, report),
    allowedHeaders: checkAllowedHeaders(given.allowedHeaders, credentials, report),
    exposedHeaders: checkExposedHeaders(given.exposedHeaders, credentials, report),
    maxAge: checkMaxAge(given.maxAge, report),
    preflightContinue: flag('preflightContinue'),
    optionsSuccessStatus: checkSuccessStatus(given.optionsSuccessStatus, report),
    allowInsecureOrigins,
    allowNullOrigin,
  };
  return problems.length > 0 || origin === null
    ? { problems, checked: null }
    : { problems, checked: { origin, ...checked } };
}

/**
 * Every problem in the options, in their order; an empty list when they are right. For a service
 * that lets its tenants configure CORS. Never throws, whatever the value.
 *
 * @example
 * ```ts
 * import { validateCorsOptions } from '@cors/core';
 *
 * const problems = validateCorsOptions({ origin: ['https://a.example/', 'b.example'] });
 * console.log(problems.map(({ path, fix }) => `${path}: ${fix}`));
 * ```
 */
export function validateCorsOptions(options: unknown): readonly CorsProblem[] {
  return Object.freeze(checkOptions(options).problems);
}

/** The options' own properties, each read once; what cannot be read is a problem. */
function readOptions(
  options: unknown,
  report: ReportProblem,
): Partial<Record<OptionName, unknown>> | null {
  try {
    if (typeof options !== 'object' || options === null || Array.isArray(options)) {
      const fix =
        "pass an object: `cors({ origin: '*' })` lets any origin read, without credentials.";
      report('options-not-an-object', '', options, 'options are an object', fix);
      return null;
    }
    const given = copyOwnOptions(options, OPTION_NAMES, report);
    for (const name of Object.keys(given)) {
      if ((OPTION_NAMES as readonly string[]).includes(name)) continue;
      const fix = suggestOption(name) ?? `leave it out; the options are ${OPTION_NAMES.join(', ')}`;
      report('option-unknown', name, given[name], `there is no option ${quote(name)}`, `${fix}.`);
    }
    return given;
  } catch (error) {
    const [cause = ''] = describeError(error).split('\n');
    const why = `reading them failed (${cause})`;
    report('option-unreadable', '', undefined, why, 'pass a plain object.');
    return null;
  }
}

function checkFlag(name: OptionName, value: unknown, report: ReportProblem): boolean {
  if (value === undefined) return false;
  if (typeof value === 'boolean') return value;
  const fix = `write \`${name}: true\`, or leave it out.`;
  report('option-not-boolean', name, value, 'it must be true or false', fix);
  // What a mended flag would lead to is told as well.
  return value === 'true' || value === 1;
}

const MAX_MAX_AGE = 86_400;

function checkMaxAge(value: unknown, report: ReportProblem): number | null {
  if (value === undefined) return null;
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_MAX_AGE) {
    // -0 would be sent as 0, and is.
    return Math.abs(value as number);
  }
  report(
    'max-age-invalid',
    'maxAge',
    value,
    `it must be whole seconds from 0 to ${String(MAX_MAX_AGE)}; no browser keeps a preflight for longer`,
    typeof value === 'number' && value > MAX_MAX_AGE
      ? `write \`maxAge: ${String(MAX_MAX_AGE)}\`; Chromium keeps 7200, Safari 600.`
      : 'write seconds, as `maxAge: 600`; 0 switches the cache off.',
  );
  return null;
}

const DEFAULT_SUCCESS_STATUS = 204;

function checkSuccessStatus(value: unknown, report: ReportProblem): number {
  if (value === undefined) return DEFAULT_SUCCESS_STATUS;
  if (Number.isInteger(value) && (value as number) >= 200 && (value as number) <= 299) {
    if (value !== 205 && value !== 206) return value as number;
  }
  report(
    'success-status-invalid',
    'optionsSuccessStatus',
    value,
    'browsers accept a preflight only with a status from 200 to 299, and 205 and 206 mean something else',
    'leave it out (204), or write 200 for very old clients.',
  );
  return DEFAULT_SUCCESS_STATUS;
}
