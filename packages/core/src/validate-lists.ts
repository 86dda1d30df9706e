/**
 * The options that are lists of methods or header names.
 */
import { describeValue, quote } from './describe-value.js';
import {
  isForbiddenRequestHeaderName,
  isNonWildcardRequestHeaderName,
  isUnexposableHeaderName,
} from './header-name.js';
import { isForbiddenMethod, rightMethodCase } from './method.js';
import { isToken } from './token.js';
import type { ReportProblem } from './problem.js';

/** The methods granted; `['*']` for any. */
export function checkMethods(value: unknown, report: ReportProblem): readonly string[] {
  return checkList('methods', "['GET', 'PUT']", value, report, (method, path) => {
    if (!isToken(method)) {
      const fix = "write one method in each string, as 'PUT'.";
      report('method-not-a-token', path, method, 'it is no method', fix);
    } else if (isForbiddenMethod(method)) {
      const why = 'no script can send it: browsers forbid CONNECT, TRACE and TRACK';
      report('method-forbidden', path, method, why, 'leave it out.');
    } else {
      const right = rightMethodCase(method);
      if (right === null) return;
      const why = 'methods are compared by case, and this one is registered in upper case';
      report('method-case', path, method, why, `write ${quote(right)}.`);
    }
  });
}

/** The request headers granted; `'*'` among them where any is. */
export function checkAllowedHeaders(
  value: unknown,
  credentials: boolean,
  report: ReportProblem,
): readonly string[] {
  const check = (name: string, path: string): void => {
    if (!isHeaderName(name, path, report) || !isForbiddenRequestHeaderName(name)) return;
    const why = name.toLowerCase().startsWith('access-control-')
      ? 'this field belongs to the CORS protocol; no script can set it'
      : 'browsers set this header themselves and let no script do it; it needs no grant';
    report('allowed-header-forbidden', path, name, why, 'leave it out.');
  };
  // The standard keeps Authorization out of `*`, so without credentials it must be named beside it.
  const mayStandBesideAny = credentials ? undefined : isNonWildcardRequestHeaderName;
  return checkList('allowedHeaders', "['Content-Type']", value, report, check, mayStandBesideAny);
}

/** The response headers exposed; `['*']` for all. */
export function checkExposedHeaders(
  value: unknown,
  credentials: boolean,
  report: ReportProblem,
): readonly string[] {
  const names = checkList('exposedHeaders', "['X-Request-Id']", value, report, (name, path) => {
    if (!isHeaderName(name, path, report) || !isUnexposableHeaderName(name)) return;
    const why = name.toLowerCase().startsWith('set-cookie')
      ? 'browsers never show it to scripts'
      : 'it is a request header; no response carries it';
    report('exposed-header-forbidden', path, name, why, 'leave it out.');
  });
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

function isHeaderName(name: string, path: string, report: ReportProblem): boolean {
  if (isToken(name)) return true;
  report(
    'header-not-a-token',
    path,
    name,
    'it is no header name',
    "write one name in each string, without colon and spaces, as 'X-Request-Id'.",
  );
  return false;
}

/**
 * A list option: `'*'`, or a list of strings. Absent and empty are the same. Repeats are dropped;
 * header names are compared without case.
 */
function checkList(
  option: 'methods' | 'allowedHeaders' | 'exposedHeaders',
  sample: string,
  value: unknown,
  report: ReportProblem,
  check: (member: string, path: string) => void,
  mayStandBesideAny?: (member: string) => boolean,
): readonly string[] {
  if (value === undefined) return [];
  if (value === '*') return ['*'];
  const members = copyList(value);
  if (members === null) {
    reportListType(option, sample, value, report);
    return [];
  }
  const list = new Map<string, string>();
  members.forEach((member, index) => {
    const path = `${option}[${String(index)}]`;
    if (typeof member !== 'string') {
      report(
        'list-type',
        path,
        member,
        'each member must be a string',
        `write ${option}: ${sample}.`,
      );
      return;
    }
    if (member !== '*') check(member, path);
    const key = option === 'methods' ? member : member.toLowerCase();
    if (!list.has(key)) list.set(key, member);
  });
  const others = [...list.values()].filter(
    (member) => member !== '*' && mayStandBesideAny?.(member) !== true,
  );
  if (list.has('*') && others.length > 0) {
    const why = `beside '*' the others (${quote(others.join(', '))}) mean nothing`;
    report(
      'list-any-among-others',
      option,
      value,
      why,
      `write ${option}: '*', or the list without '*'.`,
    );
  }
  return [...list.values()];
}

function reportListType(
  option: string,
  sample: string,
  value: unknown,
  report: ReportProblem,
): void {
  if (typeof value !== 'string') {
    const isSet = describeValue(value) === 'a Set';
    const fix = isSet
      ? `write \`${option}: [...set]\`.`
      : `write \`${option}: ${sample}\`, or leave it out.`;
    report('list-type', option, value, "it must be a list of strings, or '*'", fix);
  } else if (/[\s,;|]/.test(value.trim())) {
    const fix = "make a list of it: `value.split(',').map((s) => s.trim())`.";
    report('list-several-in-one-string', option, value, 'one string cannot hold a list', fix);
  } else {
    const fix = value === '' ? 'leave it out.' : `write \`${option}: [${quote(value)}]\`.`;
    report('list-type', option, value, "it must be a list, or '*'", fix);
  }
}

/** A copy of a list, each member read once; null for what is no list, or cannot be read. */
export function copyList(value: unknown): readonly unknown[] | null {
  try {
    return Array.isArray(value) ? Array.from(value as readonly unknown[]) : null;
  } catch {
    return null;
  }
}
