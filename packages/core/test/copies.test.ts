import { describe, expect, it, vi } from 'vitest';
import {
  createCors,
  createHandler,
  type CorsConfigError,
  isCors,
  sharedWeakMap,
} from '../src/index.js';

/** Another copy of the package, as a program has that loads it as ES module and as CommonJS. */
async function anotherCopy(): Promise<typeof import('../src/index.js')> {
  vi.resetModules();
  return import('../src/index.js');
}

describe('two copies of the package in one program', () => {
  it("recognise each other's Cors", async () => {
    const other = await anotherCopy();
    expect(other.createCors).not.toBe(createCors);
    const cors = other.createCors({ origin: 'https://a.example' });
    expect(isCors(cors)).toBe(true);
    const { handle } = createHandler<unknown>(
      { policy: cors },
      { lowerCase: true, warn: () => undefined },
    );
    const request = { method: 'GET', headers: { origin: 'https://a.example' } };
    const earlier = await handle(request, request, undefined);
    expect(earlier.decision.allowed).toBe(true);

    const same = createHandler<unknown>(
      { origin: 'https://a.example' },
      { lowerCase: true, warn: () => undefined },
    );
    expect((await same.handle(request, request, earlier)).decision).toBe(earlier.decision);
  });

  it('know which reasons the other one had nobody to tell of', async () => {
    const other = await anotherCopy();
    const setup = { lowerCase: true, warn: () => undefined };
    const options = { origin: 'https://a.example' } as const;
    const request = { method: 'GET', headers: { origin: 'null' } };
    const earlier = await other
      .createHandler<unknown>(options, setup)
      .handle(request, 0, undefined);
    const inner = createHandler<unknown>({ ...options, onDecision: () => undefined }, setup);
    expect((await inner.handle(request, 0, earlier)).decision.reason).toBe('null-origin');
  });

  it('share the state of a response', async () => {
    const other = await anotherCopy();
    const key = {};
    sharedWeakMap<object, number>('test').set(key, 7);
    expect(other.sharedWeakMap<object, number>('test').get(key)).toBe(7);
  });

  it('have errors that are told by their code', async () => {
    const other = await anotherCopy();
    expect(() => other.createCors({ origin: [] })).toThrow(
      expect.objectContaining({
        code: 'ERR_CORS_CONFIG' satisfies CorsConfigError['code'],
      }) as Error,
    );
  });
});

describe('isCors', () => {
  it.each([
    null,
    undefined,
    {},
    () => undefined,
    'x',
    { [Symbol.for('@cors/core')]: { version: 0 } },
  ])('is false for %o', (value) => {
    expect(isCors(value)).toBe(false);
  });

  it('does not throw', () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    );
    expect(isCors(hostile)).toBe(false);
  });

  it('leads to no part of a policy that can be changed', () => {
    const cors = createCors({
      origin: ['https://a.example', 'https://*.b.example'],
      credentials: true,
    });
    const seen = new Set<unknown>();
    const look = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || seen.has(value)) return;
      seen.add(value);
      expect(Object.isFrozen(value)).toBe(true);
      expect(value instanceof Set || value instanceof Map).toBe(false);
      for (const key of Reflect.ownKeys(value)) look(Reflect.get(value, key));
    };
    const internals = Reflect.get(cors, Symbol.for('@cors/core')) as { policy: () => unknown };
    for (const each of [cors, internals.policy(), createCors({ origin: '*' })]) look(each);
    expect(seen.size).toBeGreaterThan(5);
  });

  it('is true for what createCors returns, which is frozen', () => {
    const cors = createCors({ origin: '*' });
    expect(isCors(cors)).toBe(true);
    expect(Object.isFrozen(cors)).toBe(true);
  });
});
