import type { AuditResult, RunReport } from '@cors/conformance';
import { audits } from '@cors/conformance';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../runtimes/entry.js';
import { decode, encode } from '../runtimes/javascript-values.js';
import { type Limitation, LIMITATIONS } from '../runtimes/limitations.js';
import { PACKAGES, RUNTIMES, titleOf } from '../runtimes/runtimes.js';
import { runtimesPage, withTable } from '../runtimes/table.js';
import { judge } from '../runtimes/try-package.js';
import { readText } from './documents.js';

const entries = JSON.parse(readText('docs/runtimes.json')) as readonly Entry[];

describe('docs/runtimes.md and the README', () => {
  it('say what docs/runtimes.json holds: run `pnpm test:runtimes --write`', () => {
    expect(readText('docs/runtimes.md')).toBe(runtimesPage(entries));
    expect(readText('README.md')).toBe(withTable(readText('README.md'), entries));
  });

  it('have every package on every runtime that runs it, in the pinned version', () => {
    const tried = RUNTIMES.flatMap((runtime) =>
      PACKAGES.filter((name) => runtime.programs[name] !== undefined).map(
        (name) => `${titleOf(runtime)} ${name}`,
      ),
    );
    expect(entries.map(({ runtime, package: name }) => `${runtime} ${name}`)).toEqual(tried);
  });

  it('show the limitations that are listed', () => {
    for (const { runtime, package: name, limitations } of entries) {
      const listed = LIMITATIONS.filter(
        (one) => runtime.startsWith(`${one.runtime} `) && one.packages.includes(name),
      );
      expect(limitations.map(({ audit, reason }) => [audit, reason]).sort()).toEqual(
        listed.map(({ audit, reason }) => [audit, reason]).sort(),
      );
    }
  });

  it('show no limitation where an audit is a must', () => {
    const musts = entries.flatMap(({ limitations }) =>
      limitations.filter(({ level }) => level === 'must'),
    );
    expect(musts).toEqual([]);
  });
});

describe('a limitation', () => {
  const [audit] = audits;
  if (audit === undefined) throw new Error('There are no audits');
  const limitation: Limitation = {
    runtime: 'Deno',
    packages: ['@cors/fetch'],
    audit: audit.id,
    reason: 'It does so.',
    server: 'deno.ts',
    cases: [],
    control: { what: 'a request', headers: [], reply: /./ },
  };
  const reportOf = (outcome: AuditResult['outcome']): RunReport => ({
    target: 'x 1',
    results: [
      {
        ...audit,
        outcome,
        durationMs: 1,
        problems: [],
        exchanges: [],
        exchangesLeftOut: 0,
        missing: [],
      },
    ],
    counts: { passed: 0, failed: 0, known: 0, skipped: 0, 'not-expressible': 0, error: 0 },
    notRun: 0,
    problems: [],
    durationMs: 1,
  });
  const judged = (outcome: AuditResult['outcome'], given: Limitation): readonly unknown[] => {
    const { results, stale } = judge(reportOf(outcome), [given]);
    return [results[0]?.outcome, stale];
  };

  it('takes a failure out', () => {
    expect(judged('failed', limitation)).toEqual(['known', []]);
  });

  it('is stale once the audit passes', () => {
    const stale = [{ id: audit.id, why: 'the audit passes' }];
    expect(judged('passed', limitation)).toEqual(['passed', stale]);
  });

  it('whose refusal may be lost is left to its cases', () => {
    expect(judged('passed', { ...limitation, refusalMayBeLost: true })).toEqual(['known', []]);
    const stale = [{ id: audit.id, why: 'the audit is skipped: the target lacks ' }];
    expect(judged('skipped', { ...limitation, refusalMayBeLost: true })).toEqual([
      'skipped',
      stale,
    ]);
  });
});

describe('a value on its way to a program', () => {
  const there = (value: unknown): unknown =>
    decode(JSON.parse(JSON.stringify(encode(value))) as ReturnType<typeof encode>);

  it.each([
    [undefined],
    [null],
    ['text'],
    [true],
    [Number.NaN],
    [Number.NEGATIVE_INFINITY],
    [0.1],
    [1n],
    [new Set(['a', undefined])],
    [new Map<unknown, unknown>([['a', new Set()]])],
    [new URL('https://a.example/x')],
    [/a+b$/gi],
    [{ a: undefined, b: [{}, []] }],
  ])('arrives: %o', (value) => {
    expect(there(value)).toStrictEqual(value);
  });

  it('arrives as what it is, where nothing can be told of it but that', () => {
    expect(there(() => false)).toBeTypeOf('function');
    expect(String(there(Symbol('a')))).toBe('Symbol(a)');
  });

  it('is refused where it would become something else', () => {
    expect(() => encode({ when: new Date(0) })).toThrow('[object Date] has no form in JSON');
  });
});
