/**
 * The forms that servers give their CORS headers: right, nearly right, and wrong. A form is a list of
 * lines; none means that the header is absent.
 */
import type { Random } from './random.js';

/** The lines of one header. */
export type Lines = readonly string[];

/** Forms of `Access-Control-Allow-Origin` for an origin, of which few let it pass. */
export function allowOriginForms(origin: string): readonly Lines[] {
  const upper = origin.replace('http', 'HTTP').replace('page', 'PAGE');
  return [
    [],
    ['*'],
    [origin],
    [`${origin}/`],
    [`${origin}:80`],
    [`${origin}:8080`],
    [`${origin}.`],
    [`${origin}?`],
    [`${origin},`],
    [`${origin}\u00a0`],
    [`"${origin}"`],
    [origin.slice(0, -1)],
    [origin.replace('http:', 'https:')],
    [origin.replace('http://', '')],
    [origin.replace('http://', '//')],
    [upper],
    [`  ${origin}\t`],
    ['\t* '],
    ['null'],
    ['NULL'],
    [''],
    [' '],
    ['**'],
    ['* *'],
    ['*, *'],
    ['http://*.test'],
    ['http://other.test'],
    [origin, origin],
    [origin, '*'],
    ['*', '*'],
    ['', origin],
    [origin, ''],
    ['http://other.test', origin],
    [`${origin}, ${origin}`],
    [`${origin} http://other.test`],
    [`http://other.test,${origin}`],
  ];
}

/** Forms of `Access-Control-Allow-Credentials`. */
export const ALLOW_CREDENTIALS_FORMS: readonly Lines[] = [
  [],
  ['true'],
  ['True'],
  ['TRUE'],
  ['true, true'],
  ['true,'],
  ['true', 'true'],
  ['true', ''],
  ['', 'true'],
  [''],
  [' true\t'],
  ['\ttrue'],
  ['false'],
  ['1'],
  ['yes'],
  ['"true"'],
  ['true\u00a0'],
  ['*'],
];

/** Forms of `Access-Control-Max-Age`; none says 2 to 60 seconds, which a slow run could reach. */
export const MAX_AGE_FORMS: readonly Lines[] = [
  ...['600', '0', '', ' 600 ', '\t600', '00600', '000', '-1', '-0', '-600', '+600'],
  ...['86400', '86401', '7201', '2147483648', '9223372036854775808', '99999999999999999999999'],
  ...['600.0', '0x600', '6 00', '"600"', 'abc', 'Infinity', 'NaN', '*', 'max-age=600', '1_000'],
  ...['600;', '600,', '600, 600', '1e9', '600s'],
]
  .map((value): Lines => [value])
  .concat([[], ['600', '600'], ['600', '0'], ['', '600'], ['600', '']]);

/** Forms of a list that must name some tokens, of which about half do. */
export function tokenListForms(names: readonly string[]): readonly Lines[] {
  const [first = 'x-first'] = names;
  const list = names.join(', ');
  const long = Array.from({ length: 150 }, (_, index) => `x-filler-${index}`).join(', ');
  return [
    [],
    [list],
    [names.join(',')],
    [list.toUpperCase()],
    [list.toLowerCase()],
    [names.map((name) => name.slice(0, 1).toUpperCase() + name.slice(1).toLowerCase()).join(', ')],
    names,
    [...names, ''],
    ['', ...names],
    [`,${list}`],
    [`${list},`],
    [` , ${names.join(' ,, ')} , `],
    [names.join('\t,\t')],
    [`\t${list} `],
    [`${list}, ${list}`],
    [names.slice(1).join(', ')],
    [names.slice(0, -1).join(', ')],
    [''],
    [' '],
    [','],
    ['*'],
    [' * '],
    ['*, *'],
    [`*, ${list}`],
    [`${list}, *`],
    ['*', list],
    ['**'],
    ['"*"'],
    ['* *'],
    [names.map((name) => `"${name}"`).join(', ')],
    [names.map((name) => `'${name}'`).join(', ')],
    [`"${list}"`],
    [names.join(' ')],
    [names.join(';')],
    [`${list}; q=1`],
    [`${list}, x y`],
    [`x y, ${list}`],
    [list, 'x y'],
    [`${list}, @`],
    [`${list}, (`],
    [`${list}, x:y`],
    [`${list}, \u00e9`],
    [`*, x y`],
    ['*, @'],
    [`${first}x, x${first}`],
    [`${first} , ${first}=`],
    [`${long}, ${list}`],
    [`${list}, ${long}`],
  ];
}

/** What most servers send for such a list. */
export function usualTokenList(
  random: Random,
  names: readonly string[],
  withWildcard: boolean,
): Lines {
  if (withWildcard && random.chance(15)) return ['*'];
  if (names.length === 0) return [];
  const text = names.join(', ');
  // Methods keep their case: `put` would allow nothing.
  return [/[a-z]/.test(text) && random.chance(50) ? text.toLowerCase() : text];
}

/** Header lines of one name. */
export function linesOf(name: string, lines: Lines): readonly (readonly [string, string])[] {
  return lines.map((line) => [name, line] as const);
}
