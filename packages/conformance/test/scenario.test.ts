import { describe, expect, test } from 'vitest';

import { openLogBook } from '../src/application-log.js';
import { missingCapabilities, scenarioCapabilities } from '../src/capabilities.js';
import type { Scenario, ScenarioPredicate, ScenarioSetup } from '../src/scenario.js';
import { originPredicate, scenarioOptions } from '../src/scenario-options.js';
import type { Capability } from '../src/target.js';
import { audit, scenario } from './support/targets.js';

const asking: ScenarioPredicate = { predicate: 'answers', allow: ['https://a.example'] };
const policy = { origin: ['https://a.example'] };

describe('what a scenario needs of a target', () => {
  const of = (setup: ScenarioSetup, own: Partial<Scenario> = {}): readonly Capability[] =>
    scenarioCapabilities(scenario('x', { setup, ...own }));

  test.each<[string, ScenarioSetup, readonly Capability[]]>([
    ['a policy', { kind: 'policy', policy }, []],
    ['any origin', { kind: 'policy', policy: { origin: '*' } }, []],
    ['a predicate', { kind: 'policy', policy: { origin: asking } }, ['predicates']],
    [
      'a choice',
      { kind: 'chosen', when: 'now', policies: { a: policy, b: false } },
      ['chosen-policies'],
    ],
    [
      'a choice with a predicate',
      { kind: 'chosen', when: 'now', policies: { a: false, b: { origin: asking } } },
      ['chosen-policies', 'predicates'],
    ],
    ['two policies', { kind: 'stacked', outer: policy, inner: policy }, ['stacked-policies']],
    [
      'an inner predicate',
      { kind: 'stacked', outer: policy, inner: { origin: asking } },
      ['stacked-policies', 'predicates'],
    ],
  ])('%s', (_name, setup, needed) => {
    expect(of(setup)).toEqual(needed);
    expect(of(setup, { onDecision: 'throws' })).toEqual(['decision-hook', ...needed]);
  });

  test.each<[unknown, boolean]>([
    [{ origin: ['*'], maxAge: -1, credentials: 'true', methods: null }, true],
    [null, true],
    ['text', true],
    [undefined, false],
    [{ origin: undefined }, false],
    [{ origin: /x/ }, false],
    [{ origin: new Set() }, false],
    [{ origin: new URL('https://a.example') }, false],
    [{ origin: [() => true] }, false],
    [{ maxAge: Number.NaN }, false],
    [{ maxAge: Number.POSITIVE_INFINITY }, false],
    [{ maxAge: 1n }, false],
    [new Date(0), false],
  ])('refused options %o: JSON is %s', (options, isJson) => {
    expect(of({ kind: 'refused', options })).toEqual(
      isJson ? ['refuses-options'] : ['refuses-options', 'javascript-values'],
    );
  });

  test('what an audit and its scenario need, and the target lacks, is named once', () => {
    const target = {
      name: 'x',
      capabilities: ['http1'] as const,
      start: () => Promise.reject(new Error()),
    };
    const one = audit('x', { requires: ['http1', 'streams'] });
    const predicates = scenario('x', { setup: { kind: 'policy', policy: { origin: asking } } });
    const both = audit('x', { requires: ['predicates'] });
    expect(missingCapabilities(both, predicates, target)).toEqual(['predicates']);
    expect(missingCapabilities(one, predicates, target)).toEqual(['streams', 'predicates']);
  });
});

describe('a policy as options', () => {
  test('everything but a predicate stays as it is', () => {
    const log = openLogBook();
    for (const origin of ['*', ['https://a.example']] as const) {
      const given = { origin, credentials: true, maxAge: 5, preflightContinue: false };
      expect(scenarioOptions(given, log)).toEqual(given);
    }
    const options = scenarioOptions({ origin: asking, maxAge: 5 }, log);
    expect(options).toEqual({ origin: expect.any(Function) as unknown, maxAge: 5 });
  });

  const behaviours: readonly [ScenarioPredicate['predicate'], unknown, unknown][] = [
    ['answers', true, false],
    ['answers-later', true, false],
    ['throws', new Error('the predicate throws'), new Error('the predicate throws')],
    ['rejects', new Error('the predicate rejects'), new Error('the predicate rejects')],
    ['returns-string', 'https://a.example', 'https://b.example'],
    ['returns-nothing', undefined, undefined],
  ];
  test.each(behaviours)('a predicate that %s', async (predicate, onAllowed, onOther) => {
    const log = openLogBook();
    const isAllowed = originPredicate({ predicate, allow: ['https://a.example'] }, log);
    const settled = async (origin: string): Promise<unknown> => {
      try {
        return await isAllowed(origin);
      } catch (error) {
        return error;
      }
    };
    expect(await settled('https://a.example')).toEqual(onAllowed);
    expect(await settled('https://b.example')).toEqual(onOther);
    expect(log.read().asked).toEqual(['https://a.example', 'https://b.example']);
  });

  test('answers are synchronous or not as described', () => {
    const log = openLogBook();
    const of = (predicate: ScenarioPredicate['predicate']): unknown =>
      originPredicate({ predicate, allow: [] }, log)('https://a.example');
    expect(of('answers')).toBe(false);
    expect(of('answers-later')).toBeInstanceOf(Promise);
    expect(() => of('throws')).toThrow();
  });
});
