/**
 * Mending: options that our engine refuses → what was meant, taken from the fix that the engine itself gives.
 */
import { type CorsProblem, originMatcher, validateCorsOptions } from '@cors/core';

import { withSource, sourceOf } from './options-source.js';

/** An origin that was mended. */
export interface MendedOrigin {
  readonly origin: string | readonly string[] | ((origin: string) => boolean);
  /** Options that only unlock. */
  readonly flags: Readonly<Record<string, true>>;
}

const FLAGS: Readonly<Partial<Record<CorsProblem['code'], string>>> = {
  'origin-insecure': 'dangerouslyAllowInsecureOrigins',
  'origin-public-suffix': 'dangerouslyAllowPublicSuffixes',
  'origin-null': 'dangerouslyAllowNullOrigin',
};

/** The same members in our form. */
export function mendOrigin(
  members: readonly (string | RegExp)[],
  credentials: boolean,
): MendedOrigin {
  const patterns: string[] = [];
  const expressions: RegExp[] = [];
  const flags: Record<string, true> = {};
  for (const member of members.flatMap(several)) {
    const meant = patternsFor(member);
    if (meant.length === 0 && member instanceof RegExp) expressions.push(member);
    patterns.push(...meant);
  }
  const kept = [...new Set(patterns)];
  for (const { code } of kept.flatMap((origin) => validateCorsOptions({ origin, credentials }))) {
    const flag = FLAGS[code];
    if (flag !== undefined) flags[flag] = true;
  }
  if (expressions.length > 0) return { origin: predicateOf(kept, expressions), flags };
  const [only = '', ...others] = kept;
  return { origin: others.length === 0 ? only : kept, flags };
}

/** Several origins in one string, one by one. */
function several(member: string | RegExp): readonly (string | RegExp)[] {
  if (member instanceof RegExp) return [member];
  const parts = member.split(/[\s,;|]+/).filter((part) => part !== '');
  return parts.length > 1 ? parts : [member];
}

/** The patterns that say what a member was meant to say; none where there are none. */
function patternsFor(member: string | RegExp): readonly string[] {
  const [problem] = validateCorsOptions({ origin: [member] });
  if (problem === undefined || problem.code === 'origin-null') return [String(member)];
  const written = writtenIn(problem.fix);
  // Where the fix gives an example only, there is nothing that was meant.
  return validateCorsOptions({ origin: written }).length === 0 ? written : [];
}

/** What a fix says to write: `write 'https://a.example'.` */
export function writtenIn(fix: string): readonly string[] {
  const text = /^write (\[?'[^;]*'\]?)(?:\.|;|$)/.exec(fix)?.[1] ?? '';
  return Array.from(text.matchAll(/'([^']*)'/g), ([, quoted = '']) => quoted);
}

function predicateOf(
  patterns: readonly string[],
  expressions: readonly RegExp[],
): (origin: string) => boolean {
  const isListed = patterns.length === 0 ? () => false : originMatcher(patterns);
  // One with a state, as `/g` has, would answer in turns.
  const tests = expressions.map(
    ({ source, flags }) => new RegExp(source, flags.replace(/[gy]/g, '')),
  );
  const source = [
    ...(patterns.length === 0 ? [] : [`originMatcher(${sourceOf(patterns)})(origin)`]),
    ...tests.map((expression) => `${String(expression)}.test(origin)`),
  ];
  return withSource(
    (origin: string) => isListed(origin) || tests.some((expression) => expression.test(origin)),
    `(origin) => ${source.join(' || ')}`,
  );
}

/** A list in our form: right spellings, without what may not stand there. */
export function mendList(
  name: 'methods' | 'allowedHeaders' | 'exposedHeaders',
  list: readonly string[],
): readonly string[] {
  const mended = list.flatMap((member) => {
    if (member === '*') return [member];
    const [problem] = validateCorsOptions({ origin: '*', [name]: [member] });
    return problem === undefined ? [member] : writtenIn(problem.fix);
  });
  if (!mended.includes('*')) return mended;
  const isBeside =
    name === 'allowedHeaders' && mended.some((each) => /^authorization$/i.test(each));
  return isBeside ? ['*', 'Authorization'] : ['*'];
}
