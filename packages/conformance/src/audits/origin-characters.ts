/**
 * Origins that are not in the policy of the scenario `listed`, by the character that would let them
 * in: another case, another script, white space, or one that is no text at all.
 */
import { utf8Bytes } from './requests.js';

/** Listed origins in another case. */
export const otherCase: readonly string[] = [
  'https://A.EXAMPLE',
  'https://a.Example',
  'https://X.b.example',
  'https://x.B.example',
  'Https://x.b.example',
  'http://LOCALHOST:3000',
  'HTTPS://a.example',
];

/** Characters that look like listed ones, that fold into them, or that are no text: origins are ASCII. */
export const unicode: readonly string[] = [
  ...[
    'https://ａ.example', // full-width
    'https://а.example', // Cyrillic
    'https://a。example', // an ideographic full stop
    'https://a\u{ad}.example', // a soft hyphen, which IDNA drops
    'https://a\u{200d}.example', // a zero-width joiner
    'https://ｘ.b.example',
    'https://é.b.example',
    'http://ｌocalhost:3000',
    'https://a.example\u{a0}', // a no-break space
    'https://evil.test\u{2044}.b.example', // a fraction slash
  ].map(utf8Bytes),
  'https://\u{e9}.b.example', // one byte, not UTF-8
  'https://a\u{c0}\u{ae}example', // a full stop in an overlong form
  'https://a.example\u{ff}',
  'https://a.example\u{a0}', // one byte that careless trimming takes off
  '\u{a0}https://a.example',
];

/** The ASCII forms of names that look like listed ones. */
export const punycodeTwins: readonly string[] = [
  'https://xn--80a.example', // Cyrillic
  'https://xn--1ca.example', // with an acute accent
];

/** What a careless pattern takes for the end of a name, though URLs allow it in one. */
const special = '_ - , ; ! \' " ( ) { } * & + = ~ $ `'.split(' ');

/** What no name holds: a browser opens no such address. */
const delimiting = ['\\', ...'| ^ [ ] < > %60 %0b %00 %20 %2e'.split(' ')];

/** All of them. */
export const separators: readonly string[] = [...special, ...delimiting];

/** A listed origin, a special character, and the attacker's own name behind it. */
export const specialCharacters: readonly string[] = attached(special);

/** The same with a character that no name holds. */
export const delimiters: readonly string[] = attached(delimiting);

function attached(separators: readonly string[]): readonly string[] {
  return separators.flatMap((separator) => [
    `https://a.example${separator}.evil.test`,
    `https://a.example.${separator}evil.test`,
  ]);
}

/** White space inside a value, which no parser takes off. */
export const innerSpace: readonly string[] = [
  'https://a.exam ple',
  'https://a.example .evil.test',
  'https:// a.example',
  'https://evil.test .b.example',
  'https://a.example\t.evil.test',
  'https://evil.test\t.b.example',
  'https://evil.test \t https://a.example',
];

/** Bytes that no field value may hold; a server may refuse the whole request for them. */
export const controlCharacters: readonly string[] = [
  'https://a.example\0',
  'https://a.example\0.evil.test',
  'https://evil.test\0.b.example',
  '\0https://a.example',
  'https://a.example\v',
  'https://a.example\v.evil.test',
  'https://evil.test\v.b.example',
  'https://a.example\f',
  'https://a.example\r.evil.test',
  'https://evil.test\r.b.example',
  'https://a.example\nx.evil.test',
  'https://a.example\x1b',
  'https://a.example\x7f',
  'https://evil.test\b.b.example',
];
