import { describe, expect, it, vi } from 'vitest';
import {
  type AdapterOptions,
  announcedMethod,
  announcesHeader,
  type Cors,
  CorsConfigError,
  CorsPredicateError,
  type CorsWarning,
  createCors,
  createHandler,
  type DecisionReason,
  type Handler,
  type Handling,
  inAgreement,
  inTurn,
} from '../src/index.js';

const A = 'https://a.example';
interface Request {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly tenant?: string;
}
const get = (origin: string | null = A, tenant?: string): Request => ({
  method: 'GET',
  headers: origin === null ? {} : { origin },
  ...(tenant !== undefined && { tenant }),
});
const preflight = (tenant?: string): Request => ({
  method: 'OPTIONS',
  headers: { origin: A, 'access-control-request-method': 'PUT' },
  ...(tenant !== undefined && { tenant }),
});

function make(options: AdapterOptions<Request>): {
  handler: Handler<Request>;
  warnings: CorsWarning[];
} {
  const warnings: CorsWarning[] = [];
  const handler = createHandler(options, {
    lowerCase: true,
    warn: (warning) => warnings.push(warning),
  });
  return { handler, warnings };
}
const handle = async (
  handler: Handler<Request>,
  request: Request,
  earlier?: Handling,
): Promise<Handling> => handler.handle(request, request, earlier);

const boom = new Error('boom');
/** What a `policy` function may do wrong, and the error that it leads to. */
const FAILED_CHOICES: readonly [string, () => unknown, unknown][] = [
  [
    'throws',
    () => {
      throw boom;
    },
    boom,
  ],
  ['rejects', async () => Promise.reject(boom), boom],
  ['returns options', () => ({ origin: A }), expect.any(CorsPredicateError)],
  ['returns nothing', () => undefined, expect.any(CorsPredicateError)],
  ['returns true', () => true, expect.any(CorsPredicateError)],
];

describe('options', () => {
  it.each<[string, unknown, string[]]>([
    ['nothing', undefined, ['options-not-an-object']],
    [
      'problems of the policy and of the hooks',
      { origin: 'x', onDecision: 1 },
      ['origin-scheme-missing', 'hook-not-a-function'],
    ],
    ['a hook that is no function', { origin: A, onDecision: true }, ['hook-not-a-function']],
    [
      'a hook beside a policy',
      { policy: createCors({ origin: A }), onDecision: 1 },
      ['hook-not-a-function'],
    ],
    ['a policy that is none', { policy: { origin: A } }, ['policy-type']],
    [
      'a policy beside options',
      { policy: createCors({ origin: A }), origin: A, foo: 1 },
      ['policy-beside-options', 'option-unknown'],
    ],
    ['an unknown option', { origin: A, onError: () => undefined }, ['option-unknown']],
    [
      'what cannot be read',
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no');
          },
        },
      ),
      ['option-unreadable'],
    ],
  ])('%s', (_, options, codes) => {
    let error: unknown;
    try {
      make(options as AdapterOptions<Request>);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(CorsConfigError);
    expect((error as CorsConfigError).problems.map(({ code }) => code)).toEqual(codes);
  });

  it('takes undefined for absent, beside a policy, too', async () => {
    const options = {
      policy: createCors({ origin: A }),
      origin: undefined,
      credentials: undefined,
    };
    expect((await handle(make(options).handler, get())).decision.allowed).toBe(true);
  });

  it.each<[string, object, string[]]>([
    [
      'a hook and a policy',
      Object.create({ policy: createCors({ origin: A }), onDecision: () => 1 }) as object,
      ['option-unreadable policy', 'option-unreadable onDecision'],
    ],
    [
      'the options of a policy',
      Object.create({ origin: A, maxAge: -1 }) as object,
      ['max-age-invalid maxAge', 'option-unreadable origin', 'option-unreadable maxAge'],
    ],
  ])('does not pass over what is inherited: %s', (_, options, expected) => {
    expect(() => make(options as AdapterOptions<Request>)).toThrow(CorsConfigError);
    try {
      make(options as AdapterOptions<Request>);
    } catch (error) {
      const { problems } = error as CorsConfigError;
      expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual(expected);
    }
  });

  it('does not take what a polluted Object.prototype holds', async () => {
    const prototype = Object.prototype as unknown as Record<string, unknown>;
    const polluted: Record<string, unknown> = {
      policy: createCors({ origin: '*' }),
      onDecision: 'no function',
    };
    const read = (options: unknown): Handler<Request> => {
      Object.assign(prototype, polluted);
      try {
        return make(options as AdapterOptions<Request>).handler;
      } finally {
        for (const name of Object.keys(polluted)) Reflect.deleteProperty(prototype, name);
      }
    };
    for (const options of [{ origin: A }, createCors({ origin: A })]) {
      const { decision } = await handle(read(options), get('https://evil.test'));
      expect(decision.allowed).toBe(false);
    }
  });

  it('takes a Cors in place of options', async () => {
    const { handler } = make(createCors({ origin: A }) as unknown as AdapterOptions<Request>);
    expect((await handle(handler, get())).decision.allowed).toBe(true);
  });
});

describe('a policy that is shared', () => {
  it('follows reconfigure', async () => {
    const cors = createCors({ origin: A });
    const { handler } = make({ policy: cors });
    expect((await handle(handler, get())).decision.allowed).toBe(true);
    cors.reconfigure({ origin: 'https://b.example' });
    expect((await handle(handler, get())).decision.allowed).toBe(false);
  });
});

describe('a policy chosen for each request', () => {
  const policies: Record<string, Cors | false> = {
    listed: createCors({ origin: A, credentials: true }),
    any: createCors({ origin: '*' }),
    none: false,
  };
  const choices: [string, AdapterOptions<Request>][] = [
    ['at once', { policy: ({ tenant }) => policies[tenant ?? '']! }],
    ['later', { policy: async ({ tenant }) => Promise.resolve(policies[tenant ?? '']!) }],
  ];

  it.each(choices)('%s: every reply varies on Origin', async (_, options) => {
    const { handler } = make(options);
    for (const origin of [A, 'https://x.example', null]) {
      for (const tenant of ['listed', 'any', 'none']) {
        expect((await handle(handler, get(origin, tenant))).decision.vary).toEqual(['Origin']);
      }
    }
    expect((await handle(handler, get(A, 'any'))).decision.headers).toEqual({
      'Access-Control-Allow-Origin': '*',
    });
    expect((await handle(handler, get(A, 'none'))).decision).toMatchObject({
      reason: 'no-policy',
      headers: {},
      respond: null,
    });
    expect((await handle(handler, preflight('none'))).decision.respond).toBeNull();
    expect((await handle(handler, preflight('listed'))).decision.respond).toBe(204);
  });

  it('does not change the shared decision of a policy', async () => {
    const { handler } = make(choices[0]![1]);
    await handle(handler, get(A, 'any'));
    expect((policies['any'] as Cors).decide(get())).toMatchObject({ vary: [] });
    expect((await handle(handler, get(A, 'any'))).decision).toBe(
      (await handle(handler, get(A, 'any'))).decision,
    );
  });

  it.each(FAILED_CHOICES)(
    'that %s grants nothing, and its error is handed on',
    async (_, policy, error) => {
      const { handler } = make({ policy: policy as () => false });
      const { decision } = await handle(handler, preflight());
      expect(decision).toMatchObject({
        allowed: false,
        reason: 'policy-failed',
        headers: {},
        vary: ['Origin'],
        respond: null,
      });
      expect(decision.error).toEqual(error);
    },
  );
});

describe('two adapters on one request', () => {
  const options = { origin: [A, 'https://b.example'], credentials: true };

  it.each<[string, AdapterOptions<Request>]>([
    ['the same options', { ...options }],
    ['the same origins in another order', { ...options, origin: ['https://b.example', A] }],
  ])('are harmless with %s', async (_, again) => {
    const first = make({ ...options });
    const second = make(again);
    const earlier = await handle(first.handler, get());
    expect((await handle(second.handler, get(), earlier)).decision).toBe(earlier.decision);
    expect(second.warnings).toEqual([]);
  });

  it.each<[DecisionReason, Request]>([
    [
      'same-origin',
      { method: 'POST', headers: { origin: 'https://c.example', host: 'c.example' } },
    ],
    ['not-cors-mode', { method: 'GET', headers: { origin: 'null', 'sec-fetch-mode': 'navigate' } }],
    ['null-origin', { ...preflight(), headers: { ...preflight().headers, origin: 'null' } }],
    ['origin-malformed', get('c.example')],
    ['origin-not-allowed', get('https://c.example')],
  ])(
    'tell the inner hook of %s, though the outer one has nobody to tell',
    async (reason, request) => {
      const earlier = await handle(make({ ...options }).handler, request);
      const onDecision = vi.fn();
      const { decision } = await handle(make({ ...options, onDecision }).handler, request, earlier);
      expect(onDecision).toHaveBeenCalledExactlyOnceWith(decision, request);
      expect(decision).toEqual(createCors(options).decide(request));
      expect(decision.reason).toBe(reason);
      // Told or not, the reply is the same.
      const { headers, vary, respond, allowed } = decision;
      expect(earlier.decision).toMatchObject({ headers, vary, respond, allowed });
    },
  );

  it('stay denied, though the policy was reconfigured between them', async () => {
    const policy = createCors({ origin: 'https://b.example' });
    const earlier = await handle(make({ policy }).handler, get());
    policy.reconfigure({ origin: A });
    const onDecision = vi.fn();
    const { decision } = await handle(make({ policy, onDecision }).handler, get(), earlier);
    expect(decision).toMatchObject({ allowed: false, reason: 'origin-not-allowed' });
    expect(onDecision).toHaveBeenCalledExactlyOnceWith(decision, get());
  });

  it.each([true, false])(
    'are harmless with the same Cors, and ask its predicate once: %s',
    async (answer) => {
      const predicate = vi.fn(() => answer);
      const policy = createCors({ origin: predicate });
      const onDecision = vi.fn();
      const earlier = await handle(make({ policy }).handler, get());
      const later = await handle(make({ policy, onDecision }).handler, get(), earlier);
      expect(later.decision).toBe(earlier.decision);
      expect(predicate).toHaveBeenCalledTimes(1);
    },
  );

  it.each<[string, AdapterOptions<Request>]>([
    ['other origins', { ...options, origin: A }],
    ['as many other origins', { ...options, origin: [A, 'https://c.example'] }],
    ['other settings', { ...options, exposedHeaders: ['X-A'] }],
    ['any origin', { origin: '*' }],
    ['a predicate', { origin: () => true }],
    ['patterns', { ...options, origin: ['https://*.a.example', A] }],
    ['no policy', { policy: () => false }],
  ])('are a conflict with %s: nobody wins, and it is said once', async (_, other) => {
    const first = make({ ...options });
    const second = make(other);
    for (let round = 0; round < 3; round += 1) {
      const later = await handle(second.handler, get(), await handle(first.handler, get()));
      expect(later.decision).toMatchObject({
        kind: 'actual',
        allowed: false,
        reason: 'policy-conflict',
        headers: {},
        vary: ['Origin'],
        respond: null,
      });
      const third = await handle(first.handler, get(), later);
      expect(third.decision.reason).toBe('policy-conflict');
    }
    const asked = await handle(
      second.handler,
      preflight(),
      await handle(first.handler, preflight()),
    );
    expect(asked.decision).toMatchObject({
      kind: 'preflight',
      reason: 'policy-conflict',
      respond: 403,
    });
    const without = await handle(second.handler, get(null), await handle(first.handler, get(null)));
    expect(without.decision).toMatchObject({
      kind: 'not-cors',
      reason: 'policy-conflict',
      headers: {},
    });
    expect(second.warnings.map(({ code }) => code)).toEqual(['CORS_POLICY_CONFLICT']);
  });

  it.each(FAILED_CHOICES)(
    'keep the error of an inner `policy` that %s',
    async (_, policy, error) => {
      const inner = make({ policy: policy as () => false });
      const conflict = await handle(make({ origin: '*' }).handler, get(), {
        ...(await handle(make({ ...options }).handler, get())),
      });
      for (const earlier of [await handle(make({ ...options }).handler, get()), conflict]) {
        const { decision } = await handle(inner.handler, get(), earlier);
        expect(decision).toMatchObject({ allowed: false, reason: 'policy-failed', headers: {} });
        expect(decision.error).toEqual(error);
      }
      expect(inner.warnings).toEqual([]);
    },
  );

  it('keep to the first error of two', async () => {
    const fails = (message: string): Handler<Request> =>
      make({
        policy: () => {
          throw new Error(message);
        },
      }).handler;
    const earlier = await handle(fails('first'), get());
    expect((await handle(fails('second'), get(), earlier)).decision).toBe(earlier.decision);
  });

  it('let the inner one decide where the outer chose no policy', async () => {
    const earlier = await handle(make({ policy: () => false }).handler, get());
    expect((await handle(make({ ...options }).handler, get(), earlier)).decision.allowed).toBe(
      true,
    );
  });

  it('vary on that choice, whatever the inner one is', async () => {
    const earlier = await handle(make({ policy: () => false }).handler, get());
    const { decision } = await handle(make({ origin: '*' }).handler, get(), earlier);
    expect(decision).toMatchObject({ reason: 'any-origin', vary: ['Origin'] });
  });

  it('grant nothing after a failure, and keep to its error', async () => {
    const failing = make({
      policy: () => {
        throw new Error('no');
      },
    });
    const earlier = await handle(failing.handler, get());
    const later = make({ ...options });
    expect((await handle(later.handler, get(), earlier)).decision).toBe(earlier.decision);
    expect(later.warnings).toEqual([]);
  });
});

describe('onDecision', () => {
  it('is told of each decision, with the request', async () => {
    const onDecision = vi.fn();
    const { handler } = make({ origin: A, onDecision });
    const request = get();
    const { decision } = await handle(handler, request);
    expect(onDecision.mock.calls).toEqual([[decision, request]]);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', async () => Promise.reject(new Error('no'))],
    [
      'throws undefined',
      () => {
        throw undefined;
      },
    ],
  ])('that %s touches nothing, and is warned of once', async (_, onDecision) => {
    const { handler, warnings } = make({ origin: A, onDecision });
    for (let round = 0; round < 3; round += 1) {
      expect((await handle(handler, get())).decision.allowed).toBe(true);
    }
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(warnings.map(({ code }) => code)).toEqual(['CORS_HOOK_FAILED']);
  });
});

describe('hooks that throw the strangest things', () => {
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new Error('no');
      },
      getPrototypeOf: () => {
        throw new Error('no');
      },
    },
  );
  it.each([
    ['a value that cannot be looked at', hostile],
    ['a forged line', new Error('x\n[CORS_FAKE] y\u001b[31m')],
  ])('%s', async (_, thrown) => {
    const { handler, warnings } = make({
      origin: A,
      onDecision: () => {
        throw thrown;
      },
    });
    expect((await handle(handler, get())).decision.allowed).toBe(true);
    expect(warnings.map(({ code }) => code)).toEqual(['CORS_HOOK_FAILED']);
    expect(
      warnings[0]?.message
        .split('\n')
        .slice(1)
        .every((line) => /^ +at /.test(line)),
    ).toBe(true);
    expect(warnings[0]?.message).not.toContain('\u001b');
  });
});

describe('warnings', () => {
  it('name the first field that had to give way', () => {
    const { handler, warnings } = make({ origin: A });
    handler.replaced(null);
    handler.replaced('Access-Control-Max-Age');
    handler.replaced('Access-Control-Allow-Origin');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.message).toContain('Access-Control-Max-Age');
  });

  it('hold the error where there is nobody else to tell', () => {
    const { handler, warnings } = make({ origin: A });
    handler.failed(new Error('the cause'));
    expect(warnings[0]).toMatchObject({
      code: 'CORS_DECISION_FAILED',
      message: expect.stringContaining('the cause') as string,
    });
  });
});

describe('handlers in turn', () => {
  const later = { origin: async (origin: string) => origin === A, methods: ['PUT'] };
  it.each<[string, AdapterOptions<Request>[], string]>([
    ['one', [{ origin: A }], 'origin-allowed'],
    ['two that agree', [{ origin: A }, { origin: [A] }], 'origin-allowed'],
    ['two that do not', [{ origin: A }, { origin: '*' }], 'policy-conflict'],
    ['two that do not, the first one late', [later, { origin: A }], 'policy-conflict'],
    [
      'three, the last one without a policy',
      [{ origin: A }, { origin: A }, { policy: () => false }],
      'policy-conflict',
    ],
    [
      'one without a policy before another',
      [{ policy: () => false }, { origin: A }],
      'origin-allowed',
    ],
  ])('decide together: %s', async (_, options, reason) => {
    const [first, ...others] = options.map((each) => make(each).handler);
    const handler = inTurn(first!, ...others);
    const { decision } = await handler.handle(get(), get(), undefined);
    expect(decision.reason).toBe(reason);
    expect(decision.allowed).toBe(reason === 'origin-allowed');
  });
});

describe('handlers of which it is not known which one is meant', () => {
  const none = make({ policy: () => false }).handler;
  const a = make({ origin: A }).handler;
  it.each<[string, Handler<Request>[], string]>([
    ['none', [], 'no-policy'],
    ['only the one without CORS', [none, none], 'no-policy'],
    ['the same twice', [a, a], 'origin-allowed'],
    ['one, and none', [a, none], 'policy-conflict'],
    ['none, and one', [none, a], 'policy-conflict'],
    ['two that do not agree', [a, make({ origin: '*' }).handler], 'policy-conflict'],
  ])('must agree: %s', async (_, candidates, reason) => {
    const { decision } = await handle(inAgreement(candidates, none), get());
    expect(decision.reason).toBe(reason);
  });

  it('are one handler where there is one: it is asked once', () => {
    expect(inAgreement([a, a], none)).toBe(a);
    expect(inAgreement([none], none)).toBe(none);
  });
});

describe('the hook for policies that have none', () => {
  it.each([
    ['of options', { origin: A }, 'the other'],
    ['of a Cors in their place', createCors({ origin: A }), 'the other'],
    ['of options that have one', { origin: A, onDecision: () => seen.push('own') }, 'own'],
  ] as const)('is told of the decisions: %s', async (_, options, expected) => {
    seen.length = 0;
    const onDecision = (): unknown => seen.push('the other');
    const setup = { lowerCase: true, warn: () => undefined, onDecision };
    const handler = createHandler<Request>(options, setup);
    await handle(handler, get());
    expect(seen).toEqual([expected]);
    expect(handler.onDecision === onDecision).toBe(expected !== 'own');
  });

  it('is that of the first of several handlers that has one', () => {
    const onDecision = (): undefined => undefined;
    const [without, first, second] = [
      { origin: A },
      { origin: A, onDecision },
      { origin: A, onDecision: () => 1 },
    ].map((options) => make(options).handler);
    expect(inTurn(without!, first!, second!).onDecision).toBe(onDecision);
  });
});
const seen: string[] = [];

describe('a request that is announced', () => {
  const asking = (headers: Record<string, string | string[]>, method = 'OPTIONS') => ({
    method,
    headers,
  });
  const origin = A;
  it.each([
    ['a method', asking({ origin, 'access-control-request-method': 'PUT' }), 'PUT'],
    ['an empty one', asking({ origin, 'access-control-request-method': '' }), ''],
    ['two', asking({ origin, 'access-control-request-method': ['PUT', 'GET'] }), ''],
    ['none', asking({ origin }), null],
    ['by nobody', asking({ 'access-control-request-method': 'PUT' }), null],
    ['by a GET', asking({ origin, 'access-control-request-method': 'PUT' }, 'GET'), null],
  ])('has the method: %s', (_, request, expected) => {
    expect(announcedMethod(request)).toBe(expected);
  });

  it.each([
    ['x-a', true],
    ['x-b , X-A', true],
    ['x-ab', false],
    ['', false],
    ['x a, x-a', false],
    [`x-a${','.repeat(100_000)}`, false],
  ])('has the header x-a: %j', (names, expected) => {
    const request = asking({ origin, 'access-control-request-headers': names });
    expect(announcesHeader(request, 'x-a')).toBe(expected);
    expect(announcesHeader(asking({ origin }), 'x-a')).toBe(false);
  });
});
