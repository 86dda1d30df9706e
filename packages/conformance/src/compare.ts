/**
 * Judges one reply against what an audit expects of it, and says every difference in plain words.
 *
 * `Vary` is merged over its lines, in any case. `Vary: *` covers every name that it should hold: a
 * cache then reuses nothing, which is more than was asked.
 *
 * https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5
 */
import { applicationHeader } from './application.js';
import type { WireRequest, WireResponse } from './audit.js';
import { corsProblems, someCorsProblems } from './compare-cors.js';
import type { Expectation } from './expectation.js';
import { linesOf, tokenList } from './field-syntax.js';
import { quoted, shortened } from './printable.js';
import { replyGuardProblems } from './reply-guard.js';
import { verdictProblems } from './verdict.js';

/** Every difference between a reply and what is expected of it; empty when there is none. */
export function compare(
  request: WireRequest,
  response: WireResponse,
  expected: Expectation,
): readonly string[] {
  return [
    ...statusProblems(response.status, expected.status),
    ...interimProblems(response, expected.interim),
    ...(expected.browser === undefined ? [] : verdictProblems(request, response, expected.browser)),
    ...(expected.cors === undefined ? [] : corsProblems(response.headers, expected.cors)),
    ...(expected.someCors === undefined
      ? []
      : someCorsProblems(response.headers, expected.someCors)),
    ...varyProblems(linesOf(response.headers, 'Vary'), expected.vary),
    ...fieldProblems(response, expected.fields ?? {}),
    ...applicationProblems(response, expected.reachedApplication),
    ...bodyProblems(response.body, expected.body),
    ...replyGuardProblems(response),
  ];
}

function statusProblems(status: number, expected: Expectation['status']): string[] {
  if (expected === undefined) return [];
  const allowed = typeof expected === 'number' ? [expected] : expected;
  return allowed.includes(status)
    ? []
    : [`the status should be ${allowed.join(' or ')}, but is ${status}`];
}

function interimProblems(
  response: WireResponse,
  expected: readonly number[] | undefined,
): string[] {
  const given = response.interim.map(({ status }) => status);
  if (expected === undefined || sameList(given, expected)) return [];
  const shownList = (statuses: readonly number[]): string => statuses.join(', ') || 'none';
  return [`the interim replies should be ${shownList(expected)}, but are ${shownList(given)}`];
}

function varyProblems(lines: readonly string[], expected: Expectation['vary']): string[] {
  if (expected === undefined) return [];
  const members = tokenList(lines);
  const given = shown(lines);
  if (members === undefined) return [`Vary is no list of field names: ${given}`];
  const names = new Set(members.map((name) => name.toLowerCase()));
  if (expected === '*') return names.has('*') ? [] : [`Vary should be *, but is ${given}`];
  const lacks = (name: string): boolean => !names.has('*') && !names.has(name.toLowerCase());
  const missing = (expected.with ?? []).filter(lacks);
  const extra = (expected.without ?? []).filter((name) => names.has(name.toLowerCase()));
  return [
    ...missing.map((name) => `Vary should hold ${name}, but is ${given}`),
    ...extra.map((name) => `Vary should not hold ${name}, but is ${given}`),
  ];
}

function fieldProblems(
  response: WireResponse,
  expected: NonNullable<Expectation['fields']>,
): string[] {
  return Object.entries(expected).flatMap(([name, value]) => {
    const lines = linesOf(response.headers, name);
    const wanted = value === null ? [] : typeof value === 'string' ? [value] : value;
    // What Vary holds are field names, in any case.
    const fold = (list: readonly string[]): readonly string[] =>
      name === 'Vary' ? list.map((line) => line.toLowerCase()) : list;
    if (sameList(fold(lines), fold(wanted))) return [];
    return [`${name} should be ${shown(wanted)}, but is ${shown(lines)}`];
  });
}

function applicationProblems(response: WireResponse, expected: boolean | undefined): string[] {
  if (expected === undefined) return [];
  const reached = linesOf(response.headers, applicationHeader).length > 0;
  if (reached === expected) return [];
  return [
    expected
      ? `the application should have been reached, but its ${applicationHeader} is missing`
      : 'the application should not have been reached, but it replied',
  ];
}

function bodyProblems(body: string, expected: string | undefined): string[] {
  if (expected === undefined || body === expected) return [];
  const shownBody = (text: string): string => quoted(shortened(text, 200));
  return [`the body should be ${shownBody(expected)}, but is ${shownBody(body)}`];
}

function shown(lines: readonly string[]): string {
  return lines.length === 0 ? 'absent' : lines.map(quoted).join(' and ');
}

function sameList<Item>(one: readonly Item[], other: readonly Item[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
