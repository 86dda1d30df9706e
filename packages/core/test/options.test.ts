import { describe, expect, it } from 'vitest';
import { CorsConfigError, createCors, originMatcher, validateCorsOptions } from '../src/index.js';

const A = 'https://a.example';
/** The codes and paths of the problems, as `code path`. */
const problemsOf = (options: unknown): string[] =>
  validateCorsOptions(options).map(({ code, path }) => `${code} ${path}`.trim());

describe('what is no options object', () => {
  it.each([undefined, null, 'https://a.example', 7, [A], () => true, true, Symbol('x')])(
    '%o',
    (options) => {
      expect(problemsOf(options)).toEqual(['options-not-an-object']);
    },
  );
});

describe('origins refused', () => {
  it.each<[unknown, string]>([
    [undefined, 'origin-missing'],
    [null, 'origin-missing'],
    ['', 'origin-empty'],
    ['  ', 'origin-empty'],
    [[], 'origin-empty'],
    [true, 'origin-type'],
    [false, 'origin-type'],
    [new Set([A]), 'origin-type'],
    [new URL(A), 'origin-type'],
    [{ origin: A }, 'origin-type'],
    [7, 'origin-type'],
    [/a/, 'origin-regexp'],
    [/^https:\/\/a\.example$/g, 'origin-regexp'],
    [/(a+)+$/, 'origin-regexp'],
    [['*', A], 'origin-any-among-others'],
    ['null', 'origin-null'],
    ['NULL', 'origin-scheme-missing'],
    [' null ', 'origin-not-serialized'],
    ['undefined', 'origin-scheme-missing'],
    ['about:blank', 'origin-scheme-refused'],
    ['data:text/html,x', 'origin-several-in-one-string'],
    ['javascript:alert(1)', 'origin-scheme-refused'],
    ['mailto:x@y.example', 'origin-scheme-refused'],
    ['https://exa<mple:12345', 'origin-malformed'],
    ['a.example', 'origin-scheme-missing'],
    ['//a.example', 'origin-scheme-missing'],
    ['https:/a.example', 'origin-scheme-missing'],
    ['https:a.example', 'origin-scheme-missing'],
    ['*.a.example', 'origin-scheme-missing'],
    [`${A}/`, 'origin-path'],
    [`${A}/x`, 'origin-path'],
    [`${A}/*`, 'origin-path'],
    [`${A}?x`, 'origin-path'],
    [`${A}#x`, 'origin-path'],
    [`${A}\\x`, 'origin-path'],
    ['https://u@a.example', 'origin-userinfo'],
    ['https://u:p@a.example', 'origin-userinfo'],
    ['https://A.example', 'origin-not-serialized'],
    ['HTTPS://a.example', 'origin-not-serialized'],
    ['https://ä.example', 'origin-not-serialized'],
    [`${A}:443`, 'origin-not-serialized'],
    ['http://a.example:80', 'origin-not-serialized'],
    [`${A}:`, 'origin-not-serialized'],
    [`${A}:08443`, 'origin-not-serialized'],
    ['http://[0:0:0:0:0:0:0:1]', 'origin-not-serialized'],
    ['http://[::FFFF]', 'origin-not-serialized'],
    ['http://127.1', 'origin-not-serialized'],
    ['http://2130706433', 'origin-not-serialized'],
    ['http://0x7f.0.0.1', 'origin-not-serialized'],
    ['http://127.0.0.1.', 'origin-not-serialized'],
    [` ${A}`, 'origin-not-serialized'],
    [`${A}\n`, 'origin-not-serialized'],
    [`${A}:0`, 'origin-port'],
    [`${A}:65536`, 'origin-port'],
    [`${A}:x`, 'origin-port'],
    [`${A}:+80`, 'origin-port'],
    ['https://*', 'origin-wildcard'],
    ['https://*:*', 'origin-wildcard'],
    ['https://a.*.com', 'origin-wildcard'],
    ['https://*a.example', 'origin-wildcard'],
    ['https://*.*.example', 'origin-wildcard'],
    ['https://a.example:8*', 'origin-wildcard'],
    ['https://*.127.0.0.1', 'origin-wildcard'],
    ['https://*.[::1]', 'origin-wildcard'],
    ['capacitor://*', 'origin-wildcard'],
    ['capacitor://localhost:*', 'origin-wildcard'],
    [`${A},https://b.example`, 'origin-several-in-one-string'],
    [`${A}, https://b.example`, 'origin-several-in-one-string'],
    [`${A} https://b.example`, 'origin-several-in-one-string'],
    [`https://${'a'.repeat(400)}`, 'origin-too-long'],
    [`https://${'a'.repeat(254)}`, 'origin-malformed'],
    [`https://*.${'a'.repeat(252)}`, 'origin-malformed'],
    ['https://a..example', 'origin-malformed'],
    ['https://.a.example', 'origin-malformed'],
    ['https://a!.example', 'origin-malformed'],
    ['https://a.example..', 'origin-malformed'],
    ['https://', 'origin-malformed'],
    ['https://xn--a', 'origin-malformed'],
    ['https://a.1', 'origin-malformed'],
    ['capacitor://', 'origin-malformed'],
    ['capacitor://a b', 'origin-several-in-one-string'],
    [`${'a'.repeat(65)}://x`, 'origin-scheme-refused'],
    ...['file', 'ws', 'wss', 'ftp', 'data', 'blob', 'javascript', 'about'].map(
      (scheme): [unknown, string] => [`${scheme}://x`, 'origin-scheme-refused'],
    ),
  ])('%o: %s', (origin, code) => {
    expect(problemsOf({ origin })).toEqual([`${code} origin`]);
  });

  it('stand in a list under their index', () => {
    const origin = [A, 'b.example', () => true, undefined, /x/];
    expect(problemsOf({ origin })).toEqual([
      'origin-scheme-missing origin[1]',
      'origin-type origin[2]',
      'origin-type origin[3]',
      'origin-regexp origin[4]',
    ]);
  });
});

describe('origins accepted', () => {
  it.each([
    '*',
    ['*'],
    A,
    'https://a.example.',
    'https://a_b.example',
    'https://*.a.example',
    'https://*.a.example:*',
    'https://*.a.example:8443',
    'http://localhost:*',
    'http://127.0.0.1:3000',
    'http://[::1]:*',
    'https://xn--4ca.example',
    'https://*.xn--4ca.example',
    'https://*.com',
    'http://a.example',
    'capacitor://localhost',
    'tauri://localhost',
    'chrome-extension://abcdefghijklmnop',
    'safari-web-extension://0A1B-2C',
    'ionic://localhost:8100',
    ['https://a.example', 'https://b.example:8443'],
    () => true,
    async () => false,
  ])('%o', (origin) => {
    expect(problemsOf({ origin })).toEqual([]);
  });
});

describe('with credentials', () => {
  const problems = (origin: unknown, flags = {}): string[] =>
    problemsOf({ origin, credentials: true, ...flags });

  it.each(['*', ['*'], ['*', '*']].map((origin) => [origin]))(
    'any origin is refused: %o',
    (origin) => {
      expect(problems(origin)).toEqual(['origin-any-with-credentials origin']);
    },
  );

  it.each([
    'http://a.example',
    'http://*.a.example',
    'http://192.168.0.1',
    'http://127.a.example',
    'http://localhost.a.example:*',
    'http://evillocalhost',
  ])('insecure is refused, unless unlocked: %s', (origin) => {
    expect(problems(origin)).toEqual(['origin-insecure origin']);
    expect(problems(origin, { dangerouslyAllowInsecureOrigins: true })).toEqual([]);
    expect(problemsOf({ origin })).toEqual([]);
  });

  it.each([
    'http://localhost',
    'http://localhost.',
    'http://x.localhost:8080',
    'http://127.0.0.1:*',
    'http://127.9.9.9',
    'http://[::1]',
    'http://*.localhost:*',
    'capacitor://localhost',
    'app://x',
  ])('loopback and other schemes are secure: %s', (origin) => {
    expect(problems(origin)).toEqual([]);
  });

  it.each([
    'com',
    'co.uk',
    'github.io',
    'amazonaws.com',
    'windows.net',
    'core.windows.net',
    'kawasaki.jp',
    'x.kawasaki.jp',
    'compute.amazonaws.com',
    'unlisted',
    'github.io.',
    'xn--p1ai',
    'herokuapp.com',
    'pages.dev',
    'vercel.app',
  ])('subdomains of strangers are refused, unless unlocked: %s', (domain) => {
    const origin = `https://*.${domain}`;
    expect(problems(origin)).toEqual(['origin-public-suffix origin']);
    expect(problems(origin, { dangerouslyAllowPublicSuffixes: true })).toEqual([]);
    expect(problemsOf({ origin })).toEqual([]);
  });

  it.each([
    'example.com',
    'a.co.uk',
    'me.github.io',
    'city.kawasaki.jp',
    'localhost',
    'local',
    'internal',
    'test',
    'example',
    'home.arpa',
    'a.local',
  ])('subdomains of one owner are accepted: %s', (domain) => {
    expect(problems(`https://*.${domain}`)).toEqual([]);
  });

  it('tells what the mended origin would lead to, too', () => {
    expect(problems('http://*.COM/')).toEqual([
      'origin-path origin',
      'origin-insecure origin',
      'origin-public-suffix origin',
    ]);
  });

  it('refuses to expose any header', () => {
    expect(problemsOf({ origin: A, credentials: true, exposedHeaders: '*' })).toEqual([
      'exposed-any-with-credentials exposedHeaders',
    ]);
    expect(problemsOf({ origin: A, credentials: true, exposedHeaders: ['*'] })).toEqual([
      'exposed-any-with-credentials exposedHeaders',
    ]);
  });
});

describe('flags', () => {
  it.each([
    'credentials',
    'preflightContinue',
    'dangerouslyAllowInsecureOrigins',
    'dangerouslyAllowPublicSuffixes',
    'dangerouslyAllowNullOrigin',
  ])('%s must be a boolean', (name) => {
    for (const value of ['true', 1, null, {}, '']) {
      expect(problemsOf({ origin: A, [name]: value })).toEqual([`option-not-boolean ${name}`]);
    }
    for (const value of [true, false, undefined])
      expect(problemsOf({ origin: A, [name]: value })).toEqual([]);
  });

  it('grant nothing by themselves', () => {
    const flags = {
      dangerouslyAllowNullOrigin: true,
      dangerouslyAllowInsecureOrigins: true,
      dangerouslyAllowPublicSuffixes: true,
    };
    expect(problemsOf({ origin: '*', credentials: true, ...flags })).toEqual([
      'origin-any-with-credentials origin',
    ]);
    expect(problemsOf({ origin: 'null' })).toEqual(['origin-null origin']);
    expect(problemsOf({ origin: 'null', ...flags })).toEqual([]);
  });
});

describe('lists', () => {
  it.each<[string, unknown, string[]]>([
    ['methods', 'GET,PUT', ['list-several-in-one-string methods']],
    ['methods', 'GET PUT', ['list-several-in-one-string methods']],
    ['methods', 'PUT', ['list-type methods']],
    ['methods', new Set(['PUT']), ['list-type methods']],
    ['methods', [7], ['list-type methods[0]']],
    ['methods', ['GET,PUT'], ['method-not-a-token methods[0]']],
    ['methods', [''], ['method-not-a-token methods[0]']],
    [
      'methods',
      ['patch', 'Put', 'search'],
      ['method-case methods[0]', 'method-case methods[1]', 'method-case methods[2]'],
    ],
    [
      'methods',
      ['CONNECT', 'trace', 'TRACK'],
      ['method-forbidden methods[0]', 'method-forbidden methods[1]', 'method-forbidden methods[2]'],
    ],
    ['methods', ['*', 'PUT'], ['list-any-among-others methods']],
    ['allowedHeaders', 'X-A, X-B', ['list-several-in-one-string allowedHeaders']],
    ['allowedHeaders', 'X-A', ['list-type allowedHeaders']],
    [
      'allowedHeaders',
      ['X A', 'X-A: 1', 'X-A\r\nX-B', 'é', 'X-A,X-B'],
      [0, 1, 2, 3, 4].map((i) => `header-not-a-token allowedHeaders[${String(i)}]`),
    ],
    [
      'allowedHeaders',
      [
        'Cookie',
        'HOST',
        'Sec-X',
        'Proxy-X',
        'Access-Control-Allow-Origin',
        'origin',
        'content-length',
      ],
      [0, 1, 2, 3, 4, 5, 6].map((i) => `allowed-header-forbidden allowedHeaders[${String(i)}]`),
    ],
    ['allowedHeaders', ['*', 'X-A'], ['list-any-among-others allowedHeaders']],
    [
      'exposedHeaders',
      ['Set-Cookie', 'set-cookie2', 'Host', 'User-Agent', 'If-None-Match'],
      [0, 1, 2, 3, 4].map((i) => `exposed-header-forbidden exposedHeaders[${String(i)}]`),
    ],
    ['exposedHeaders', ['*', 'X-A'], ['list-any-among-others exposedHeaders']],
    ['exposedHeaders', true, ['list-type exposedHeaders']],
  ])('%s %o', (name, value, expected) => {
    expect(problemsOf({ origin: A, [name]: value })).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ['methods', '*'],
    ['methods', ['*']],
    ['methods', []],
    ['methods', ['GET', 'PUT', 'PUT', 'CUSTOM', 'custom']],
    ['allowedHeaders', ['*', 'Authorization']],
    ['allowedHeaders', ['authorization', '*']],
    ['allowedHeaders', ['Content-Type', 'X-A', "!#$%&'*+-.^_`|~"]],
    ['exposedHeaders', ['Authorization', 'ETag', 'Accept', 'Content-Type']],
    ['exposedHeaders', '*'],
  ])('accepted: %s %o', (name, value) => {
    expect(problemsOf({ origin: A, [name]: value })).toEqual([]);
  });

  it('have no place for Authorization beside * with credentials, where * covers it', () => {
    const options = { origin: A, credentials: true, allowedHeaders: ['*', 'Authorization'] };
    expect(problemsOf(options)).toEqual(['list-any-among-others allowedHeaders']);
  });
});

describe('numbers', () => {
  it.each([-1, 0.5, NaN, Infinity, '600', 86_401, null, true, 10n])(
    'maxAge %o is refused',
    (maxAge) => {
      expect(problemsOf({ origin: A, maxAge })).toEqual(['max-age-invalid maxAge']);
    },
  );
  it.each([0, -0, 5, 86_400, undefined])('maxAge %o is accepted', (maxAge) => {
    expect(problemsOf({ origin: A, maxAge })).toEqual([]);
  });
  it.each([0, 199, 300, 205, 206, 200.5, '204', NaN, null])(
    'optionsSuccessStatus %o is refused',
    (optionsSuccessStatus) => {
      expect(problemsOf({ origin: A, optionsSuccessStatus })).toEqual([
        'success-status-invalid optionsSuccessStatus',
      ]);
    },
  );
});

describe('unknown options', () => {
  it.each([
    ['allowOrigins', '`origin`'],
    ['orgin', '`origin`'],
    ['allowMethods', '`methods`'],
    ['allowHeaders', '`allowedHeaders`'],
    ['allowed_headers', '`allowedHeaders`'],
    ['exposeHeaders', '`exposedHeaders`'],
    ['maxage', '`maxAge`'],
    ['Credentials', '`credentials`'],
    ['optionSuccessStatus', '`optionsSuccessStatus`'],
    ['dangerouslyAllowInsecureOrigin', '`dangerouslyAllowInsecureOrigins`'],
    ['preflight', 'preflightContinue'],
    ['delegator', 'policy'],
    ['onDecision', 'adapters'],
    ['constructor', 'the options are'],
    ['somethingElse', 'the options are'],
  ])('%s: the fix says %s', (name, part) => {
    const [problem] = validateCorsOptions({ origin: A, [name]: 1 });
    expect(problem).toMatchObject({ code: 'option-unknown', path: name, value: 1 });
    expect(problem?.fix).toContain(part);
  });

  it('are looked for among own properties only, and the others are not passed over', () => {
    class Settings {
      readonly maxAge = 5;
      get origin() {
        return A;
      }
      get credentials() {
        return 'yes';
      }
      get methods() {
        return undefined;
      }
      other(): void {}
    }
    expect(problemsOf(new Settings())).toEqual([
      'option-unreadable origin',
      'option-unreadable credentials',
      'option-unreadable methods',
      'option-not-boolean credentials',
    ]);
    const [problem] = validateCorsOptions(Object.create({ origin: '*' }));
    expect(problem).toEqual({
      code: 'option-unreadable',
      path: 'origin',
      value: '*',
      message: "`origin` is '*': only own, enumerable properties are read.",
      fix: 'write `origin` on the object itself.',
    });
    const hidden = Object.defineProperty({ origin: A }, 'credentials', { value: true });
    expect(problemsOf(hidden)).toEqual(['option-unreadable credentials']);
  });

  it('are not those of a polluted Object.prototype', () => {
    const prototype = Object.prototype as unknown as Record<string, unknown>;
    const polluted: Record<string, unknown> = {
      origin: '*',
      credentials: true,
      dangerouslyAllowInsecureOrigins: true,
      dangerouslyAllowNullOrigin: true,
      methods: ['DELETE'],
    };
    const read = (): unknown[] => {
      Object.assign(prototype, polluted);
      try {
        const { headers } = createCors({ origin: A }).decide({
          method: 'OPTIONS',
          headers: { origin: A, 'access-control-request-method': 'DELETE' },
        });
        const insecure = problemsOf({ origin: ['null', 'http://a.example'], credentials: true });
        return [problemsOf({}), insecure, Object.entries(headers)];
      } finally {
        for (const name of Object.keys(polluted)) Reflect.deleteProperty(prototype, name);
      }
    };
    expect(read()).toEqual([
      ['origin-missing origin'],
      ['origin-null origin[0]', 'origin-insecure origin[1]'],
      [['Access-Control-Allow-Origin', A]],
    ]);
  });
});

describe('every problem', () => {
  const bad = {
    origin: ['b.example', '*.x'],
    credentials: 'yes',
    methods: ['put'],
    maxAge: -1,
    allowOrigins: 1,
  };

  it('is reported at once, as frozen plain data', () => {
    const problems = validateCorsOptions(bad);
    expect(problems.map(({ path }) => path).sort()).toEqual([
      'allowOrigins',
      'credentials',
      'maxAge',
      'methods[0]',
      'origin[0]',
      'origin[1]',
    ]);
    for (const problem of problems) {
      expect(Object.keys(problem)).toEqual(['code', 'path', 'value', 'message', 'fix']);
      expect(Object.isFrozen(problem)).toBe(true);
      expect(problem.message).toContain(problem.path);
    }
  });

  it('is carried by the error', () => {
    const error = catchError(() => createCors(bad as never));
    expect(error).toBeInstanceOf(CorsConfigError);
    expect(error).toMatchObject({
      name: 'CorsConfigError',
      code: 'ERR_CORS_CONFIG',
      problems: validateCorsOptions(bad),
    });
    for (const { fix } of validateCorsOptions(bad)) expect((error as Error).message).toContain(fix);
  });

  it('is counted where there are too many to print', () => {
    const error = catchError(() => createCors({ origin: Array(1000).fill('x') as string[] }));
    expect((error as CorsConfigError).problems).toHaveLength(1000);
    expect((error as Error).message).toContain('and 980 more');
  });

  it('is not told half a million times to a tenant who sends them', () => {
    const problems = validateCorsOptions({ origin: new Array(100_000).fill(0) });
    expect(problems).toHaveLength(10_001);
    expect(problems.at(-1)).toMatchObject({ code: 'more-problems', path: '' });
  });

  it('has a message that shows the missing origin and what to write', () => {
    expect(() => createCors({} as never)).toThrow("cors({ origin: '*' })");
  });

  it('is short, however large the value is', () => {
    const [problem] = validateCorsOptions({ origin: A, maxAge: 1n << 3_000_000n });
    expect(problem?.message).toContain('`maxAge` is a huge bigint: ');
    expect(validateCorsOptions({ origin: A, maxAge: -(1n << 200n) })[0]?.message).toContain(
      `is -${String(1n << 200n)}n: `,
    );
  });

  it('cannot forge a line of a log', () => {
    const [problem] = validateCorsOptions({ origin: "x\n\u001b[31m' fine", 'a\nb': 1 }).slice(-1);
    expect(problem?.message).not.toMatch(/[^\x20-\x7e]/);
    for (const hidden of ['\u007f', '\u0085', '\u202e', '\u2028', 'é']) {
      const [hostile] = validateCorsOptions({ origin: `a${hidden}` });
      expect(hostile?.message).toMatch(/^[\x20-\x7e]+$/);
    }
  });
});

describe('fixes', () => {
  it.each<[unknown, string]>([
    ['https://a.example/', "'https://a.example'"],
    ['https://Ä.example:443/x', "'https://xn--4ca.example'"],
    ['localhost:3000', "'http://localhost:3000'"],
    ['HTTPS://*.A.example', "'https://*.a.example'"],
    [`${A},https://b.example`, "value.split(',').map((s) => s.trim())"],
    [new Set([A]), '[...set]'],
    [new URL(A), 'url.origin'],
    [true, "origin: '*'"],
    [[() => true], 'originMatcher'],
    [/^https:\/\/a\.example$/, "write 'https://a.example'."],
    [/^https:\/\/(.*\.)?a\.example$/, "write ['https://a.example', 'https://*.a.example']."],
    [
      /^https:\/\/(?:[a-z0-9-]+\.)*a\.example$/,
      "write ['https://a.example', 'https://*.a.example'].",
    ],
    [/^https:\/\/[^.]+\.a\.example$/, "write 'https://*.a.example'."],
    [/\.a\.example$/, "write 'https://*.a.example'."],
    [/^https?:\/\/localhost(:\d+)?$/, "write ['https://localhost:*', 'http://localhost:*']."],
    [/localhost/, "write 'http://localhost:*'."],
    [/example/, 'a predicate'],
    [/^https:\/\/(a|b)\.example$/, 'a predicate'],
    [/^https:\/\/pr-\d+\.example\.com$/, 'a predicate'],
  ])('%o: %s', (origin, part) => {
    expect(validateCorsOptions({ origin })[0]?.fix).toContain(part);
  });
});

describe('fixes with credentials', () => {
  const problems = (origin: unknown): string[] => problemsOf({ origin, credentials: true });

  it('say at once what the suggested patterns would lead to', () => {
    expect(problems(/\.github\.io$/)).toEqual([
      'origin-regexp origin',
      'origin-public-suffix origin',
    ]);
    expect(problems(/^https?:\/\/example\.com$/)).toEqual([
      'origin-regexp origin',
      'origin-insecure origin',
    ]);
  });

  it('are right when pasted, also long ones and odd ports', () => {
    for (const origin of [
      'http://a.example:443',
      `https://${'a'.repeat(60)}.example.com/${'b'.repeat(60)}`,
    ]) {
      const [problem] = validateCorsOptions({ origin, credentials: true });
      const pasted = /write '([^']+)'/.exec(problem?.fix ?? '')?.[1];
      expect(validateCorsOptions({ origin: pasted, credentials: true })).toEqual([]);
    }
  });
});

describe('originMatcher', () => {
  it('matches as the option does', () => {
    const matches = originMatcher([A, 'https://*.b.example', 'http://localhost:*']);
    expect(
      [A, 'https://x.b.example', 'http://localhost:1', 'https://b.example', 'null', ''].map(
        matches,
      ),
    ).toEqual([true, true, true, false, false, false]);
  });

  it.each(['*', 'null', 'a.example', [], undefined, () => true, [A, 'x']])(
    'refuses %o',
    (patterns) => {
      expect(catchError(() => originMatcher(patterns as string))).toBeInstanceOf(CorsConfigError);
    },
  );

  it('refuses what cannot be read', () => {
    const { proxy, revoke } = Proxy.revocable<string[]>([], {});
    revoke();
    expect(catchError(() => originMatcher(proxy))).toBeInstanceOf(CorsConfigError);
  });

  it('reads a list once', () => {
    let reads = 0;
    const list = new Proxy([A], {
      get: (target, name) => {
        if (name === '0') reads += 1;
        return Reflect.get(target, name) as unknown;
      },
    });
    expect(originMatcher(list)(A)).toBe(true);
    expect(reads).toBe(1);
  });

  it("does not judge trust: that is the predicate's", () => {
    expect(originMatcher('http://*.com')('http://x.com')).toBe(true);
  });
});

describe('the policy', () => {
  it('is not changed by options that are mutated later', () => {
    const options = { origin: [A], methods: ['PUT'] };
    const cors = createCors(options);
    options.origin[0] = 'https://evil.test';
    options.methods.push('DELETE');
    const headers = { origin: 'https://evil.test' };
    expect(cors.decide({ method: 'GET', headers }).allowed).toBe(false);
    const asked = { origin: A, 'access-control-request-method': 'PUT' };
    expect(
      cors.decide({ method: 'OPTIONS', headers: asked }).headers['Access-Control-Allow-Methods'],
    ).toBe('PUT');
  });

  it('is made from what was checked, when a property changes between two reads', () => {
    let reads = 0;
    const options = {
      get origin() {
        reads += 1;
        return reads === 1 ? A : '*';
      },
    };
    const cors = createCors(options);
    expect(reads).toBe(1);
    expect(cors.decide({ method: 'GET', headers: { origin: 'https://evil.test' } }).allowed).toBe(
      false,
    );
  });

  it('leaves the options of the caller alone', () => {
    const options = Object.freeze({ origin: Object.freeze([A]), methods: Object.freeze(['PUT']) });
    createCors(options);
    expect(options).toEqual({ origin: [A], methods: ['PUT'] });
  });
});

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
