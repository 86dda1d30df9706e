/**
 * The six CORS response fields against what is expected: exactly these, and no other of them.
 *
 * Single-valued fields are one line, equal byte by byte: `True` or a trailing space is what a
 * browser denies. Lists are parsed by their grammar and compared as sets, because their order and
 * spacing mean nothing: methods by case, header names without.
 *
 * https://fetch.spec.whatwg.org/#http-responses
 */
import { printable } from '@cors/browser';

import type { ExpectedCors } from './expectation.js';
import { type FieldLines, linesOf, tokenList } from './field-syntax.js';
import { quoted } from './printable.js';

/** Says in sentences where the six fields differ; empty when they are as expected. */
export function corsProblems(headers: FieldLines, expected: ExpectedCors): readonly string[] {
  return memberNames.flatMap((member) => comparisons[member](headers, expected));
}

/** As `corsProblems`, of the fields alone that are expected. */
export function someCorsProblems(headers: FieldLines, expected: ExpectedCors): readonly string[] {
  return memberNames
    .filter((member) => expected[member] !== undefined)
    .flatMap((member) => comparisons[member](headers, expected));
}

const comparisons: Readonly<
  Record<keyof ExpectedCors, (headers: FieldLines, expected: ExpectedCors) => readonly string[]>
> = {
  allowOrigin: single('Access-Control-Allow-Origin', ({ allowOrigin }) => allowOrigin),
  allowCredentials: single(
    'Access-Control-Allow-Credentials',
    ({ allowCredentials }) => allowCredentials,
  ),
  allowMethods: list('Access-Control-Allow-Methods', ({ allowMethods }) => allowMethods, asGiven),
  allowHeaders: list('Access-Control-Allow-Headers', ({ allowHeaders }) => allowHeaders, lowerCase),
  exposeHeaders: list(
    'Access-Control-Expose-Headers',
    ({ exposeHeaders }) => exposeHeaders,
    lowerCase,
  ),
  maxAge: (headers, { maxAge }) =>
    maxAgeProblems(linesOf(headers, 'Access-Control-Max-Age'), maxAge),
};

const memberNames = Object.keys(comparisons) as (keyof ExpectedCors)[];

function single(name: string, of: (expected: ExpectedCors) => string | undefined) {
  return (headers: FieldLines, expected: ExpectedCors): readonly string[] =>
    singleValueProblems(name, linesOf(headers, name), of(expected));
}

function list(
  name: string,
  of: (expected: ExpectedCors) => readonly string[] | undefined,
  fold: Fold,
) {
  return (headers: FieldLines, expected: ExpectedCors): readonly string[] =>
    listProblems(name, linesOf(headers, name), of(expected), fold);
}

type Fold = (member: string) => string;

function asGiven(member: string): string {
  return member;
}

function lowerCase(member: string): string {
  return member.toLowerCase();
}

/** A field that is there though it should not be, or the other way round; `undefined` for neither. */
function presenceProblem(
  name: string,
  lines: readonly string[],
  expected: string | undefined,
): string | undefined {
  if (expected === undefined && lines.length > 0) {
    return `${name} should be absent, but is ${shown(lines)}`;
  }
  if (expected !== undefined && lines.length === 0) {
    return `${name} should be ${printable(expected)}, but is absent`;
  }
  return undefined;
}

function singleValueProblems(
  name: string,
  lines: readonly string[],
  expected: string | undefined,
): string[] {
  const problem = presenceProblem(name, lines, expected);
  if (problem !== undefined) return [problem];
  if (expected === undefined || (lines.length === 1 && lines[0] === expected)) return [];
  return [`${name} should be ${printable(expected)}, but is ${shown(lines)}`];
}

function maxAgeProblems(lines: readonly string[], expected: number | undefined): string[] {
  const name = 'Access-Control-Max-Age';
  const problem = presenceProblem(name, lines, expected?.toString());
  if (problem !== undefined) return [problem];
  if (expected === undefined) return [];
  // delta-seconds: one or more digits, and nothing else.
  const isEqual =
    lines.length === 1 && /^\d+$/.test(lines[0] ?? '') && Number(lines[0]) === expected;
  return isEqual ? [] : [`${name} should be ${expected}, but is ${shown(lines)}`];
}

function listProblems(
  name: string,
  lines: readonly string[],
  expected: readonly string[] | undefined,
  fold: Fold,
): string[] {
  const problem = presenceProblem(name, lines, expected?.join(', '));
  if (problem !== undefined) return [problem];
  if (expected === undefined) return [];
  const members = tokenList(lines);
  if (members === undefined) return [`${name} is no list of tokens: ${shown(lines)}`];
  const given = new Set(members.map(fold));
  const wanted = new Set(expected.map(fold));
  const missing = [...wanted].filter((member) => !given.has(member));
  const extra = [...given].filter((member) => !wanted.has(member));
  return [
    ...(missing.length > 0 ? [`${name} lacks ${missing.map(printable).join(', ')}`] : []),
    ...(extra.length > 0 ? [`${name} should not hold ${extra.map(printable).join(', ')}`] : []),
  ];
}

function shown(lines: readonly string[]): string {
  return lines.map(quoted).join(' and ');
}
