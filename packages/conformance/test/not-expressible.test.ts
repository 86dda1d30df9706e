import { describe, expect, it, test, vi } from 'vitest';

import type { AuditResult } from '../src/audit-result.js';
import { forEachExpressible, refusedAudit } from '../src/audits/refusal.js';
import { isNotExpressible, NotExpressibleError } from '../src/not-expressible.js';
import { registerAudits, type TestFunctions } from '../src/register-audits.js';
import { textReport } from '../src/report.js';
import { runAudits } from '../src/runner.js';
import type { Scenario } from '../src/scenario.js';
import {
  audit,
  httpStart,
  okListener,
  refused,
  scenario,
  scenarios,
  watched,
} from './support/targets.js';

const cannot = (reason: string): Promise<never> => Promise.reject(new NotExpressibleError(reason));

/** A target that cannot express the scenario two, nor options with a number, and refuses all others. */
const watch = () =>
  watched(
    (given: Scenario) => {
      const { id, setup } = given;
      if (id === 'two') return cannot('maxAge is fixed');
      if (setup.kind !== 'refused') return httpStart(okListener)(given);
      return typeof setup.options === 'number'
        ? cannot('no numbers')
        : Promise.reject(new Error('no'));
    },
    ['refuses-options'],
  );

/** Any copy of the class, and any error that says so. */
test.each([
  [new NotExpressibleError('x'), true],
  [Object.assign(new Error('x'), { code: 'ERR_NOT_EXPRESSIBLE' }), true],
  [Object.assign(new Error('x'), { code: 'ERR_OTHER' }), false],
  [new Error('ERR_NOT_EXPRESSIBLE'), false],
  [{ code: 'ERR_NOT_EXPRESSIBLE' }, false],
])('%o is recognised: %s', (error, expected) => {
  expect(isNotExpressible(error)).toBe(expected);
});

const ofNumbers = scenario('numbers', { setup: { kind: 'refused', options: 1 } });
const refuses = { title: 'X.', why: 'Y.' };

test('a run counts apart what cannot be expressed, and asks once', async () => {
  const { target, started } = watch();
  const report = await runAudits(target, {
    audits: [
      audit('said'),
      audit('unsaid/a', { scenario: 'two' }),
      audit('unsaid/b', { scenario: 'two' }),
      audit('unsaid/number', { scenario: 'numbers', check: () => Promise.resolve() }),
      audit('refused', { scenario: 'refused', check: () => Promise.resolve() }),
      refusedAudit({ id: 'refused/some', ...refuses }, [1, 'x', 2], 'one'),
      refusedAudit({ id: 'refused/none', ...refuses }, [1, 2], 'one'),
      audit('swaps', { check: () => cannot('no such option') }),
    ],
    scenarios: [...scenarios, ofNumbers],
  });
  const unsaid = (reason: string): unknown[] => ['not-expressible', reason, undefined];
  const passed = ['passed', undefined, undefined];
  expect(report.results.map(({ outcome, reason, error }) => [outcome, reason, error])).toEqual([
    passed,
    unsaid('maxAge is fixed'),
    unsaid('maxAge is fixed'),
    unsaid('no numbers'),
    passed,
    passed,
    unsaid('no numbers'),
    unsaid('no such option'),
  ]);
  expect(report.counts).toMatchObject({ passed: 3, failed: 0, 'not-expressible': 5, error: 0 });
  expect(started.filter((id) => id === 'two')).toEqual(['two']);
  expect(report.problems).toEqual([]);
  const text = textReport(report);
  expect(text).toContain('NOT EXPRESSIBLE: maxAge is fixed\n  unsaid/a\n  unsaid/b\n');
  expect(text).toMatch(/\n3 passed, 0 failed, 0 skipped, 5 not expressible, 0 with errors\n$/);
});

test('a target that cannot say an exact origin has no refusals to judge', async () => {
  const { target } = watched(() => cannot('one origin only'), ['refuses-options']);
  const report = await runAudits(target, {
    audits: [audit('refused', { scenario: 'refused', check: () => Promise.resolve() })],
    scenarios,
  });
  expect(report.results[0]).toMatchObject({
    outcome: 'not-expressible',
    reason: 'one origin only',
  });
});

describe('each value of a table', () => {
  test('that can be expressed is asked about', async () => {
    const asked: number[] = [];
    await forEachExpressible([1, 2, 3], (value) => {
      asked.push(value);
      return value === 2 ? cannot('two') : Promise.resolve();
    });
    expect(asked).toEqual([1, 2, 3]);
  });

  test('none that can be, and none at all', async () => {
    await expect(forEachExpressible([1, 2], () => cannot('x'))).rejects.toThrow(
      NotExpressibleError,
    );
    await expect(forEachExpressible([], () => cannot('x'))).resolves.toBeUndefined();
  });

  test('any other error ends it', async () => {
    const asking = forEachExpressible([1, 2], () => Promise.reject(new TypeError('x')));
    await expect(asking).rejects.toThrow(TypeError);
  });
});

describe('a registered test', () => {
  const register = (functions: TestFunctions, onResult?: (result: AuditResult) => void): void =>
    registerAudits(functions, watch().target, {
      audits: [audit('unsaid', { scenario: 'two' })],
      scenarios: [...scenarios, refused],
      ...(onResult !== undefined && { onResult }),
    });

  /** The body of the one audit's test. */
  function body(onResult?: (result: AuditResult) => void): (...given: unknown[]) => Promise<void> {
    const bodies: (() => Promise<void>)[] = [];
    register(
      { describe: (_name, block) => block(), it: (_name, one) => void bodies.push(one) },
      onResult,
    );
    return bodies[0] as (...given: unknown[]) => Promise<void>;
  }

  const words = 'not expressible: maxAge is fixed';

  test('declares no parameter: Mocha and Jest would wait for a callback', () => {
    expect(body()).toHaveLength(0);
  });

  test.each([
    ['node:test', {}],
    ['vitest', () => undefined],
  ])('is skipped by what %s hands over', async (_name, context) => {
    const skip = vi.fn();
    await body()(Object.assign(context, { skip }));
    expect(skip).toHaveBeenCalledExactlyOnceWith(words);
  });

  test('is skipped by Mocha’s context', async () => {
    const skip = vi.fn(() => {
      throw new Error('pending');
    });
    await expect(body().call({ skip, timeout: () => undefined })).rejects.toThrow('pending');
    expect(skip).toHaveBeenCalledExactlyOnceWith(words);
  });

  test('passes where it can be skipped by nothing, and says why', async () => {
    const say = vi.spyOn(console, 'info').mockReturnValue();
    const told: string[] = [];
    try {
      await body(({ outcome }) => void told.push(outcome))();
      expect(say).toHaveBeenCalledExactlyOnceWith(`unsaid: The title of unsaid: ${words}`);
      expect(told).toEqual(['not-expressible']);
    } finally {
      say.mockRestore();
    }
  });

  // And by vitest itself: shown as skipped, with the reason.
  register({ describe, it });
});
