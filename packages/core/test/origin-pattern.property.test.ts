import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { originMatcher, validateCorsOptions } from '../src/index.js';

interface Parts {
  readonly scheme: 'http' | 'https';
  readonly subdomains: boolean;
  readonly host: string;
  /** '' for the default, '*' for any. */
  readonly port: string;
}

const label = fc
  .stringMatching(/^[a-z]([a-z0-9_-]{0,6}[a-z0-9])?$/)
  .filter((text) => !text.startsWith('xn--'));
const host = fc.oneof(
  fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.')),
  fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => `${labels.join('.')}.`),
  fc.constantFrom('example.com', 'b.example.com', 'example', 'localhost'),
);
const address = fc.oneof(fc.ipV4(), fc.constantFrom('[::1]', '[2001:db8::1]'));
const port = fc.oneof(
  fc.constant(''),
  fc.constant('*'),
  fc.integer({ min: 1, max: 65_535 }).map(String),
);
const parts: fc.Arbitrary<Parts> = fc
  .record({
    scheme: fc.constantFrom('http' as const, 'https' as const),
    subdomains: fc.boolean(),
    host: fc.oneof({ weight: 4, arbitrary: host }, address),
    port,
  })
  .filter(({ subdomains, host: name }) => !subdomains || !/^[\d[]/.test(name))
  .map((each) => ({
    ...each,
    port: each.port === (each.scheme === 'http' ? '80' : '443') ? '' : each.port,
  }));

const write = ({ scheme, subdomains, host: name, port: p }: Parts): string =>
  `${scheme}://${subdomains ? '*.' : ''}${name}${p === '' ? '' : `:${p}`}`;

/** What a pattern is said to match, worked out from its parts alone: slow, and obvious. */
function isMatch({ scheme, subdomains, host: name, port: p }: Parts, origin: string): boolean {
  const rest = origin.startsWith(`${scheme}://`) ? origin.slice(scheme.length + 3) : null;
  if (rest === null) return false;
  const split = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(rest);
  if (split === null) return false;
  const [, given = '', givenPort] = split;
  if (givenPort !== undefined) {
    if (!/^[1-9][0-9]*$/.test(givenPort) || Number(givenPort) > 65_535) return false;
    if (givenPort === (scheme === 'http' ? '80' : '443')) return false;
  }
  if (p !== '*' && p !== (givenPort ?? '')) return false;
  if (!subdomains) return given === name;
  if (!given.endsWith(`.${name}`) || given.length > 253) return false;
  const front = given.slice(0, -name.length - 1);
  return front.split('.').every((each) => /^[a-z0-9_-]+$/.test(each));
}

/** Origins that are likely to match a pattern, or nearly. */
function near({ scheme, host: name, port: p }: Parts): fc.Arbitrary<string> {
  const otherScheme = fc.constantFrom(scheme, scheme, scheme, 'http', 'https', 'ftp', 'HTTPS');
  const front = fc.oneof(
    fc.constantFrom(
      '',
      '',
      'x.',
      'x.y.',
      '.',
      'x..',
      'evil',
      'evil-',
      'X.',
      '*.',
      'é.',
      'x/.',
      'x:1.',
      'x@',
      `${'a'.repeat(240)}.`,
    ),
    fc.array(label, { maxLength: 5 }).map((labels) => labels.map((each) => `${each}.`).join('')),
  );
  const end = fc.constantFrom('', '', '', '.', 'x', '.evil', '/', '\n');
  const otherPort = fc.oneof(
    fc.constantFrom(
      '',
      '',
      ':80',
      ':443',
      ':0',
      ':',
      ':65535',
      ':65536',
      ':08',
      ':+1',
      ':*',
      ':1x',
    ),
    fc.integer({ min: 0, max: 70_000 }).map((n) => `:${String(n)}`),
    fc.constant(p === '' || p === '*' ? '' : `:${p}`),
  );
  return fc
    .tuple(otherScheme, front, end, otherPort)
    .map(([s, f, e, q]) => `${s}://${f}${name}${e}${q}`);
}

const patternAndOrigin = parts.chain((each) => fc.tuple(fc.constant(each), near(each)));

describe('a pattern', () => {
  it('is accepted when its parts are right', () => {
    fc.assert(
      fc.property(parts, (each) => {
        expect(validateCorsOptions({ origin: write(each) })).toEqual([]);
      }),
    );
  });

  it('matches exactly the origins that its definition says', () => {
    fc.assert(
      fc.property(patternAndOrigin, ([each, origin]) => {
        expect([origin, originMatcher(write(each))(origin)]).toEqual([
          origin,
          isMatch(each, origin),
        ]);
      }),
    );
  });

  it('matches the same among many others', () => {
    const many = fc.array(parts, { minLength: 1, maxLength: 12 });
    const generated = many.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.nat(all.length - 1).chain((index) => near(all[index]!)),
      ),
    );
    fc.assert(
      fc.property(generated, ([all, origin]) => {
        const expected = all.some((each) => isMatch(each, origin));
        expect([origin, originMatcher(all.map(write))(origin)]).toEqual([origin, expected]);
      }),
    );
  });
});

describe('any string', () => {
  const nearly = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc
      .array(
        fc.constantFrom(
          'https://',
          'http:',
          '//',
          '*',
          '.',
          ':',
          '/',
          '@',
          '[',
          ']',
          'a',
          'A',
          '1',
          'ä',
          '%',
          ',',
          ' ',
          'com',
          'null',
        ),
        { maxLength: 8 },
      )
      .map((all) => all.join('')),
  );

  it('is a pattern that matches itself or a subdomain of it, or has a problem with a fix', () => {
    fc.assert(
      fc.property(nearly, (text) => {
        const problems = validateCorsOptions({ origin: [text] });
        if (problems.length > 0)
          return problems.every(({ message, fix }) => message !== '' && fix !== '');
        if (text === '*') return true;
        const example = text.replace('*.', 'x.').replace(/:\*$/, '');
        return originMatcher(text)(example) && new URL(example).href !== '';
      }),
    );
  });

  it('gets a fix that works, wherever the fix is one pattern', () => {
    fc.assert(
      fc.property(nearly, (text) => {
        for (const { fix } of validateCorsOptions({ origin: [text] })) {
          const pattern = /^write '([^']*)'\.$/.exec(fix)?.[1];
          if (pattern !== undefined) expect(validateCorsOptions({ origin: pattern })).toEqual([]);
        }
      }),
    );
  });
});
