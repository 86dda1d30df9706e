import { describe, expect, it, test, vi } from 'vitest';

import type { Audit } from '../src/audit.js';
import {
  type RegisterOptions,
  registerAudits,
  type TestFunctions,
} from '../src/register-audits.js';
import { audit, httpStart, okListener, refused, scenarios, watched } from './support/targets.js';

interface Registered {
  readonly path: string;
  readonly run: (this: unknown) => Promise<void>;
  readonly timeout: number | undefined;
}

/** A framework that only notes what is registered, in its own order. */
function framework({ ownTestsFirst = false, withSkip = true } = {}) {
  const skipped: string[] = [];
  const collect = (path: string, body: () => void): Registered[] => {
    const own: Registered[] = [];
    const inner: Registered[][] = [];
    const inOrder: Registered[] = [];
    const outer = current;
    current = {
      describe: (name, block) => {
        const tests = collect(`${path}${name} > `, block);
        inner.push(tests);
        inOrder.push(...tests);
      },
      test: (one) => {
        own.push(one);
        inOrder.push(one);
      },
      path,
    };
    body();
    current = outer;
    return ownTestsFirst ? [...own, ...inner.flat()] : inOrder;
  };
  let current: {
    describe: (name: string, block: () => void) => void;
    test: (one: Registered) => void;
    path: string;
  };
  const it = (name: string, run: () => Promise<void>, timeout?: number): void => {
    current.test({ path: current.path + name, run, timeout });
  };
  const skip = (name: string): void => void skipped.push(current.path + name);
  const functions: TestFunctions = {
    describe: (name, body) => current.describe(name, body),
    it: withSkip ? Object.assign(it, { skip }) : it,
  };
  return { functions, skipped, collect };
}

const audits: readonly Audit[] = [
  audit('one/a'),
  audit('two/a', { scenario: 'two' }),
  audit('one/h2', { requires: ['http2'] }),
  audit('one/b'),
  audit('two/wrong', {
    scenario: 'two',
    steps: [{ request: { method: 'GET', path: '/', headers: [] }, expect: { status: 404 } }],
  }),
];

function register(kind?: Parameters<typeof framework>[0], options: RegisterOptions = {}) {
  const watch = watched(httpStart(okListener));
  const { functions, skipped, collect } = framework(kind);
  const tests = collect('', () => {
    registerAudits(functions, watch.target, { audits, scenarios, timeoutMs: 1_000, ...options });
  });
  return { watch, tests, skipped };
}

async function outcome({ run }: Registered, context?: unknown): Promise<string> {
  return run.call(context).then(
    () => 'passed',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

const top = 'CORS conformance of a target';
const names = [
  `${top} > one: The scenario one. > one/a: The title of one/a`,
  `${top} > one: The scenario one. > one/b: The title of one/b`,
  `${top} > two: The scenario two. > two/a: The title of two/a`,
  `${top} > two: The scenario two. > two/wrong: The title of two/wrong`,
  `${top} > servers > are all closed`,
];

describe('what is registered', () => {
  test('a test for each audit, in its scenario, and a last one', () => {
    const { tests, skipped, watch } = register();
    expect(tests.map(({ path }) => path)).toEqual(names);
    expect(skipped).toEqual([
      `${top} > one: The scenario one. > one/h2: The title of one/h2 (the target lacks http2)`,
    ]);
    expect(watch.started).toEqual([]);
  });

  test('the last test is the last one where a block’s own tests come first', () => {
    const { tests } = register({ ownTestsFirst: true });
    expect(tests.map(({ path }) => path)).toEqual(names);
  });

  test('a skipped audit is shown where nothing can be skipped', async () => {
    const { tests } = register({ withSkip: false });
    expect(tests).toHaveLength(6);
    const shown = tests.find(({ path }) => path.includes('one/h2'))!;
    expect(shown.path).toMatch(/lacks http2\): skipped$/);
    expect(await outcome(shown)).toBe('passed');
  });

  test('a time limit above the suite’s own, by argument and as Mocha has it', async () => {
    const { tests } = register();
    const timeout = vi.fn();
    expect(tests.map((one) => one.timeout)).toEqual(tests.map(() => 6_000));
    await outcome(tests[0]!, { timeout });
    expect(timeout).toHaveBeenCalledExactlyOnceWith(6_000);
    await outcome(tests.at(-1)!);
  });

  test('only what is selected; nothing selected is an error', () => {
    expect(register({}, { filter: 'one/a' }).tests.map(({ path }) => path)).toEqual([
      names[0],
      names[4],
    ]);
    expect(() => register({}, { filter: 'nothing' })).toThrow(/nothing/);
  });
});

describe('what is run', () => {
  test('passes and fails as the audits do, shows the exchange, and closes every server', async () => {
    const told: string[] = [];
    const { tests, watch } = register({}, { onResult: ({ id }) => void told.push(id) });
    const outcomes: string[] = [];
    const open: number[] = [];
    for (const one of tests) {
      outcomes.push(await outcome(one));
      open.push(watch.open);
    }
    expect(outcomes.map((text) => text.split('\n')[0])).toEqual([
      'passed',
      'passed',
      'passed',
      'FAILED two/wrong (must, fetch)',
      'passed',
    ]);
    expect(outcomes[3]).toContain('    > GET /\n    < 200   (this reply)\n');
    // Each server goes with the last test of its scenario.
    expect(open).toEqual([1, 0, 1, 0, 0]);
    expect(watch).toMatchObject({ started: ['one', 'two'], mostOpen: 1, closed: 2 });
    expect(told).toEqual(['one/a', 'one/b', 'two/a', 'two/wrong']);
  });

  test('at the same time, they take turns', async () => {
    const { tests, watch } = register();
    const outcomes = await Promise.all(tests.slice(0, -1).map((one) => outcome(one)));
    expect(outcomes.filter((text) => text === 'passed')).toHaveLength(3);
    expect(watch).toMatchObject({ open: 0, mostOpen: 1 });
  });

  test('where the framework leaves tests out, the first of another scenario closes, then the last', async () => {
    const { tests, watch } = register();
    expect(await outcome(tests[0]!)).toBe('passed');
    expect(watch.open).toBe(1);
    expect(await outcome(tests[2]!)).toBe('passed');
    expect(watch).toMatchObject({ open: 1, closed: 1 });
    expect(await outcome(tests.at(-1)!)).toBe('passed');
    expect(watch).toMatchObject({ open: 0, closed: 2 });
  });

  test('where it leaves out the last one too, a timer closes', async () => {
    const { tests, watch } = register();
    expect(await outcome(tests[0]!)).toBe('passed');
    expect(watch.open).toBe(1);
    await vi.waitFor(() => expect(watch.open).toBe(0), 8_000);
    // A test that comes after all gets a new server.
    expect(await outcome(tests[1]!)).toBe('passed');
    expect(watch.started).toEqual(['one', 'one']);
  });

  test('a pause that is no end closes nothing', async () => {
    const more = [audits[0]!, audits[3]!, audit('one/c')];
    const { tests, watch } = register({}, { audits: more });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      expect(await outcome(tests[0]!)).toBe('passed');
      await vi.advanceTimersByTimeAsync(1_500);
      expect(await outcome(tests[1]!)).toBe('passed');
      await vi.advanceTimersByTimeAsync(1_500);
      expect(watch).toMatchObject({ started: ['one'], open: 1 });
    } finally {
      vi.useRealTimers();
    }
    expect(await outcome(tests.at(-1)!)).toBe('passed');
    expect(watch.open).toBe(0);
  });

  test('a test that is tried again gets a server again', async () => {
    const { tests, watch } = register({}, { filter: 'one/a' });
    expect(await outcome(tests[0]!)).toBe('passed');
    expect(await outcome(tests[0]!)).toBe('passed');
    expect(watch).toMatchObject({ started: ['one', 'one'], open: 0 });
  });

  test('a server that will not close fails the last test', async () => {
    const { target } = watched(async (scenario) => {
      const running = await httpStart(okListener)(scenario);
      return {
        ...running,
        close: async () => {
          await running.close();
          throw new Error('busy');
        },
      };
    });
    const { functions, collect } = framework();
    const tests = collect('', () => registerAudits(functions, target, { audits, scenarios }));
    expect(await outcome(tests[0]!)).toBe('passed');
    expect(await outcome(tests.at(-1)!)).toBe('Closing the server of one failed: busy');
  });
});

// And with vitest itself: these are run as its own tests.
registerAudits({ describe, it }, watched(httpStart(okListener), ['refuses-options']).target, {
  audits: [audits[0]!, audits[1]!, audits[2]!],
  scenarios: [...scenarios, refused],
});
