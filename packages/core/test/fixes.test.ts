import { runInThisContext } from 'node:vm';

import { describe, expect, it } from 'vitest';
import {
  CorsConfigError,
  type CorsProblem,
  originMatcher,
  validateCorsOptions,
} from '../src/index.js';

type Options = Record<string, unknown>;
const A = 'https://a.example';

/** The value that stands in a fix as code. */
const evaluate = (code: string): unknown => runInThisContext(`(${code})`) as unknown;

/** Options in which a problem's fix was applied to the letter; null where it has no letter. */
function applyFix(options: Options, { path, value, fix }: CorsProblem): Options | null {
  const [, name = '', index] = /^(\w+)(?:\[(\d+)\])?$/.exec(path) ?? [];
  const members = (by: readonly unknown[]): Options => {
    const list = [...((options[name] ?? []) as readonly unknown[])];
    // What was left out before may have moved it, or be gone.
    const at = list[Number(index)] === value ? Number(index) : list.indexOf(value);
    if (at !== -1) list.splice(at, 1, ...by);
    return { ...options, [name]: list };
  };
  const set = (by: unknown): Options =>
    index === undefined ? { ...options, [name]: by } : members([by]);
  const option = /write `(\w+): ([^`]+)`/.exec(fix);
  if (option !== null) return { ...options, [option[1] as string]: evaluate(option[2] as string) };
  if (fix.includes('`value.split(')) {
    const split = /`([^`]+)`/.exec(fix)?.[1] as string;
    return set((evaluate(`(value) => ${split}`) as (text: unknown) => unknown)(value));
  }
  const list = /write (\[[^\]]*\])/.exec(fix)?.[1];
  if (list !== undefined) return set(evaluate(list));
  const texts = /write ((?:'(?:[^'\\]|\\.)*'(?:, )?)+)/.exec(fix)?.[1];
  if (texts !== undefined) {
    const all = evaluate(`[${texts.replace(/, $/, '')}]`) as unknown[];
    return index === undefined ? set(all.length === 1 ? all[0] : all) : members(all);
  }
  if (!fix.startsWith('leave it out')) return null;
  return index === undefined ? set(undefined) : members([]);
}

/** What is still wrong once all that can be applied was, in one go. */
function problemsAfter(given: Options): readonly string[] {
  const problems = validateCorsOptions(given);
  const results = problems.reduce<{ options: Options; applied: number }>(
    ({ options, applied }, problem) => {
      const next = applyFix(options, problem);
      return next === null ? { options, applied } : { options: next, applied: applied + 1 };
    },
    { options: given, applied: 0 },
  );
  if (results.applied === 0) return ['nothing to apply', ...problems.map(({ fix }) => fix)];
  return validateCorsOptions(results.options).map(({ message, fix }) => `${message} ${fix}`);
}

describe('what a fix says to write is accepted', () => {
  const lists = (name: string, ...values: unknown[]): Options[] =>
    values.map((value) => ({ origin: '*', [name]: value }));
  const origins = (...values: unknown[]): Options[] =>
    values.flatMap((origin) => [{ origin }, { origin, credentials: true }]);
  const cases: Options[] = [
    ...lists('methods', 'GET PUT', 'GET;PUT', 'GET,PUT', 'GET, PUT;POST', 'GET,', ',GET', 'put'),
    ...lists(
      'methods',
      'TRACE',
      'GET,TRACE',
      'put,patch',
      ' PUT ',
      'GET,*',
      ' * ',
      'X'.repeat(100),
    ),
    ...lists('methods', '', ' ', ',', ['put', 'TRACE'], 7),
    ...lists('allowedHeaders', 'x-a x-b', 'Cookie', 'x-a,Cookie', 'x'.repeat(100), '*,x-a'),
    ...lists('allowedHeaders', '*,Authorization', ['Cookie', 'x-a', 'Host'], "it's"),
    ...lists('exposedHeaders', 'Set-Cookie', 'x-a|x-b', 'ETag', { a: 1 }),
    { origin: A, credentials: true, allowedHeaders: '*,Authorization' },
    ...origins(`${A},https://b.example`, `${A}/`, `${A}:443`, 'a.example', '*.a.example', `${A},`),
    ...origins('http://app.example.com:80/', 'http://A.example', 'http://*.a.example/x'),
    ...origins(
      /example\.com$/,
      /^https?:\/\/example\.com$/,
      /\.a\.example$/,
      /^http:\/\/a\.example$/,
    ),
    ...origins(
      [/example\.com$/],
      [A, /^https?:\/\/example\.com$/],
      ['http://b.example/', 'c.example'],
    ),
    ...origins('https://*', 'https://a.*.example', ['https://*.*.example']),
  ];

  it.each(cases.map((options) => [options]))('%o', (options) => {
    expect(validateCorsOptions(options)).not.toEqual([]);
    expect(problemsAfter(options)).toEqual([]);
  });

  it('any origin, where that is offered', () => {
    for (const origin of ['https://*', ['*', A], true, 'https://a.*.example', ['https://*']]) {
      for (const credentials of [false, true]) {
        const fixes = validateCorsOptions({ origin, credentials }).map(({ fix }) => fix);
        expect(fixes.join().includes("`origin: '*'`")).toBe(!credentials);
      }
    }
  });

  it('also of a name that must not stand beside others', () => {
    const options = { origin: A, credentials: true, exposedHeaders: ['*', 'X-A'] };
    expect(validateCorsOptions(options).map(({ fix }) => fix)).toEqual([
      "write the list without '*'.",
      "list them, as ['X-Request-Id'].",
    ]);
  });
});

describe('a fix does not mislead', () => {
  const fixesOf = (options: Options): string[] =>
    validateCorsOptions(options).map(({ fix }) => fix);

  it.each<[string, Options, string[]]>([
    [
      'to a list in a list',
      { origin: ['https://a.example,https://b.example'] },
      ["write one origin in each string, as 'https://app.example.com'."],
    ],
    ['to a list of a Set in a list', { origin: [new Set([A])] }, ['write `...set`.']],
    [
      'to any port, where one was given',
      { origin: `${A}:8080:*` },
      ["write the port, or ':*' for any port."],
    ],
    [
      'nor where it was the default one',
      { origin: `${A}:443:*` },
      ["write the port, or ':*' for any port."],
    ],
    [
      'nor for an address',
      { origin: 'http://[::1]:80:*' },
      ["write the port, or ':*' for any port."],
    ],
    [
      'to lock the subdomains out',
      { origin: /example\.com$/ },
      [
        "write ['https://example.com', 'https://*.example.com']. Other schemes and ports are other origins: " +
          'list yours, too.',
      ],
    ],
    [
      'to two schemes at once',
      { origin: 'http://app.example.com:80/', credentials: true },
      [
        "write 'https://app.example.com'.",
        "write 'https://app.example.com'; if you must, set `dangerouslyAllowInsecureOrigins: true`.",
      ],
    ],
    [
      'to a list of what cannot be split so',
      { origin: 'https://a.example;https://b.example' },
      ['make a list of it, with one origin in each string.'],
    ],
    [
      'to a list of what can be no header name',
      { origin: A, allowedHeaders: 'X-A: 1' },
      [
        "write one name in each string, as `allowedHeaders: ['Content-Type']`.",
        "write one name in each string, without colon and spaces, as 'X-Request-Id'.",
      ],
    ],
  ])('%s', (_, options, fixes) => {
    expect(fixesOf(options)).toEqual(fixes);
  });

  it('says why a member of a string is left out', () => {
    expect(
      validateCorsOptions({ origin: A, methods: 'PUT,TRACE' }).map(({ code, path, value, fix }) => [
        code,
        path,
        value,
        fix,
      ]),
    ).toEqual([
      ['list-several-in-one-string', 'methods', 'PUT,TRACE', "write `methods: ['PUT']`."],
      ['method-forbidden', 'methods[1]', 'TRACE', 'leave it out.'],
    ]);
  });

  it.each<[unknown]>([['*'], [['*', A]], [true], ['https://*'], [[() => true]]])(
    'to what a matcher refuses: %o',
    (patterns) => {
      try {
        originMatcher(patterns as string);
        expect.unreachable();
      } catch (error) {
        expect(error).toBeInstanceOf(CorsConfigError);
        const [problem] = (error as CorsConfigError).problems;
        expect(problem?.fix).not.toContain("origin: '*'");
        expect(problem?.message).not.toContain('or a predicate');
      }
    },
  );
});
