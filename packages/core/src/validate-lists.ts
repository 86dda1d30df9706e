/**
 * The options that are lists of methods or header names.
 */
import { describeValue, quote, quoteWhole, SPLIT } from './describe-value.js';
import {
  isForbiddenRequestHeaderName,
  isNonWildcardRequestHeaderName,
  isUnexposableHeaderName,
} from './header-name.js';
import { isForbiddenMethod, rightMethodCase } from './method.js';
import { isToken } from './token.js';
import type { CorsProblemCode, ReportProblem } from './problem.js';

/** What is wrong with a member, wherever it stands; and the right one that was probably meant. */
type MemberProblem = readonly [code: CorsProblemCode, why: string, fix: string, meant?: string];

/** One of the options, and what may stand in it. */
interface ListOption {
  readonly name: 'methods' | 'allowedHeaders' | 'exposedHeaders';
  readonly sample: string;
  readonly problemOf: (member: string) => MemberProblem | null;
  readonly mayStandBesideAny?: ((member: string) => boolean) | undefined;
  /** Whether `'*'` alone would be refused. */
  readonly isAnyRefused?: boolean;
}

const METHODS: ListOption = {
  name: 'methods',
  sample: "['GET', 'PUT']",
  problemOf: (method) => {
    if (!isToken(method)) {
      const fix = "write one method in each string, as 'PUT'.";
      return ['method-not-a-token', 'it is no method', fix];
    }
    if (isForbiddenMethod(method)) {
      const why = 'no script can send it: browsers forbid CONNECT, TRACE and TRACK';
      return ['method-forbidden', why, 'leave it out.'];
    }
    const right = rightMethodCase(method);
    if (right === null) return null;
    const why = 'methods are compared by case, and this one is registered in upper case';
    return ['method-case', why, `write ${quote(right)}.`, right];
  },
};

/** The methods granted; `['*']` for any. */
export function checkMethods(value: unknown, report: ReportProblem): readonly string[] {
  return checkList(METHODS, value, report);
}

/** The request headers granted; `'*'` among them where any is. */
export function checkAllowedHeaders(
  value: unknown,
  credentials: boolean,
  report: ReportProblem,
): readonly string[] {
  const option: ListOption = {
    name: 'allowedHeaders',
    sample: "['Content-Type']",
    problemOf: (name) => {
      if (!isToken(name)) return NO_HEADER_NAME;
      if (!isForbiddenRequestHeaderName(name)) return null;
      const why = name.toLowerCase().startsWith('access-control-')
        ? 'this field belongs to the CORS protocol; no script can set it'
        : 'browsers set this header themselves and let no script do it; it needs no grant';
      return ['allowed-header-forbidden', why, 'leave it out.'];
    },
    // The standard keeps Authorization out of `*`, so without credentials it must be named beside it.
    mayStandBesideAny: credentials ? undefined : isNonWildcardRequestHeaderName,
  };
  return checkList(option, value, report);
}

/** The response headers exposed; `['*']` for all. */
export function checkExposedHeaders(
  value: unknown,
  credentials: boolean,
  report: ReportProblem,
): readonly string[] {
  const option: ListOption = {
    name: 'exposedHeaders',
    sample: "['X-Request-Id']",
    problemOf: (name) => {
      if (!isToken(name)) return NO_HEADER_NAME;
      if (!isUnexposableHeaderName(name)) return null;
      const why = name.toLowerCase().startsWith('set-cookie')
        ? 'browsers never show it to scripts'
        : 'it is a request header; no response carries it';
      return ['exposed-header-forbidden', why, 'leave it out.'];
    },
    isAnyRefused: credentials,
  };
  const names = checkList(option, value, report);
  if (credentials && names.includes('*')) {
    const why = 'with credentials browsers take `*` for a header of that name';
    report(
      'exposed-any-with-credentials',
      'exposedHeaders',
      value,
      why,
      "list them, as ['X-Request-Id'].",
    );
  }
  return names;
}

const NO_HEADER_NAME: MemberProblem = [
  'header-not-a-token',
  'it is no header name',
  "write one name in each string, without colon and spaces, as 'X-Request-Id'.",
];

/**
 * A list option: `'*'`, or a list of strings. Absent and empty are the same. Repeats are dropped;
 * header names are compared without case.
 */
function checkList(option: ListOption, value: unknown, report: ReportProblem): readonly string[] {
  if (value === undefined) return [];
  if (value === '*') return ['*'];
  const { name, sample, problemOf } = option;
  const isText = typeof value === 'string';
  const members = isText ? value.split(/[\s,;|]+/).filter(Boolean) : copyList(value);
  if (isText) reportText(option, value, members as readonly string[], report);
  if (members === null) {
    const fix =
      describeValue(value) === 'a Set'
        ? `write \`${name}: [...set]\`.`
        : `write \`${name}: ${sample}\`, or leave it out.`;
    report('list-type', name, value, NO_LIST, fix);
    return [];
  }
  const list = new Map<string, string>();
  members.forEach((member, index) => {
    // Those of a string, too: there they will stand once it is a list.
    const path = `${name}[${String(index)}]`;
    if (typeof member !== 'string') {
      const why = 'each member must be a string';
      report('list-type', path, member, why, `write ${name}: ${sample}.`);
      return;
    }
    const problem = problemOf(member);
    if (problem !== null) report(problem[0], path, member, problem[1], problem[2]);
    const key = name === 'methods' ? member : member.toLowerCase();
    if (!list.has(key)) list.set(key, member);
  });
  const others = [...list.values()].filter(
    (member) => member !== '*' && option.mayStandBesideAny?.(member) !== true,
  );
  if (list.has('*') && others.length > 0) {
    const why = `beside '*' the others (${quote(others.join(', '))}) mean nothing`;
    const fix = `write ${option.isAnyRefused === true ? '' : `${name}: '*', or `}the list without '*'.`;
    report('list-any-among-others', name, value, why, fix);
  }
  return [...list.values()];
}

const NO_LIST = "it must be a list of strings, or '*'";

/** What is longer is not written out. */
const LONGEST_TEXT = 1000;

/** A string in place of a list: the fix is the list, as far as it can be told. */
function reportText(
  { name, sample, problemOf }: ListOption,
  text: string,
  members: readonly string[],
  report: ReportProblem,
): void {
  const several = members.length > 1;
  const fitting = members.flatMap((member) => {
    const problem = problemOf(member);
    if (problem !== null) return problem[3] ?? [];
    return several && member === '*' ? [] : member;
  });
  let fix = `write one name in each string, as \`${name}: ${sample}\`.`;
  if (several && text.replace(/\s/g, '') === fitting.join()) fix = `make a list of it: ${SPLIT}.`;
  else if (text.length <= LONGEST_TEXT && members.every(isToken)) {
    const list = fitting.map(quoteWhole).join(', ');
    fix = list === '' ? 'leave it out.' : `write \`${name}: [${list}]\`.`;
  }
  report(several ? 'list-several-in-one-string' : 'list-type', name, text, NO_LIST, fix);
}

/** A copy of a list, each member read once; null for what is no list, or cannot be read. */
export function copyList(value: unknown): readonly unknown[] | null {
  try {
    return Array.isArray(value) ? Array.from(value as readonly unknown[]) : null;
  } catch {
    return null;
  }
}
