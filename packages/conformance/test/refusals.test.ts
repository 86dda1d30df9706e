import { describe, expect, test } from 'vitest';

import type { Audit, AuditContext } from '../src/audit.js';
import { runAudits } from '../src/runner.js';
import type { Scenario } from '../src/scenario.js';
import type { Target } from '../src/target.js';
import { audit, httpStart, okListener, refused, scenarios, watched } from './support/targets.js';

const never = (): Promise<never> => new Promise(() => undefined);
const isRefused = ({ setup }: Scenario): boolean => setup.kind === 'refused';

/** A target that answers refused options with the given, and all others with a server. */
function refusing(refuse: (scenario: Scenario) => Promise<never>) {
  return watched(
    (scenario) => (isRefused(scenario) ? refuse(scenario) : httpStart(okListener)(scenario)),
    ['refuses-options', 'javascript-values'],
  );
}

const properly = () => refusing(() => Promise.reject(new TypeError('origin must not be empty')));

async function run(target: Target, audits: readonly Audit[], timeoutMs = 300) {
  const report = await runAudits(target, { audits, scenarios, timeoutMs });
  return { report, results: Object.fromEntries(report.results.map((one) => [one.id, one])) };
}

/** Asks for nothing but the refusal. */
const nothingMore = (id: string): Audit => {
  const { title, level, basis, clause, why, requires } = audit(id);
  return { id, title, level, basis, clause, why, requires, scenario: 'refused' };
};

describe('a scenario of refused options', () => {
  test('a target that refuses passes, and a check gets what it said', async () => {
    const watch = properly();
    const { report } = await run(watch.target, [
      nothingMore('a'),
      audit('b', {
        scenario: 'refused',
        check: async ({ refusal, target, assert }) => {
          assert(refusal?.message === 'origin must not be empty', 'the message should be there');
          assert(target.name === 'a target', 'the target should be there');
        },
      }),
      audit('c', {
        scenario: 'refused',
        check: async ({ refusal, assert }) =>
          assert(/credentials/.test(refusal?.message ?? ''), 'it should name credentials'),
      }),
    ]);
    expect(report.results.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'failed']);
    expect(watch.started).toEqual(['control', 'refused', 'refused', 'refused']);
    expect(watch.open).toBe(0);
  });

  test('a target that starts fails, and is closed', async () => {
    const watch = watched(httpStart(okListener), ['refuses-options']);
    const { results } = await run(watch.target, [nothingMore('a')]);
    expect(results['a']).toMatchObject({
      outcome: 'failed',
      problems: ['The target started with options that it must refuse'],
    });
    expect(watch.open).toBe(0);
  });

  test('a refusal without an Error fails', async () => {
    const { target } = refusing(() => Promise.reject('no'));
    const { results } = await run(target, [nothingMore('a')]);
    expect(results['a']).toMatchObject({
      outcome: 'failed',
      problems: [expect.stringContaining('no Error')],
    });
  });

  test('a target that hangs in place of refusing is an error', async () => {
    const { results } = await run(refusing(never).target, [nothingMore('a')]);
    expect(results['a']).toMatchObject({ outcome: 'error', error: { origin: 'target' } });
  });

  test('a target that refuses everything proves nothing', async () => {
    const watch = watched(() => Promise.reject(new Error('no config file')), ['refuses-options']);
    const { results } = await run(watch.target, [nothingMore('a'), nothingMore('b')]);
    for (const id of ['a', 'b']) {
      expect(results[id]).toMatchObject({
        outcome: 'error',
        error: {
          origin: 'target',
          message: expect.stringContaining('good options either: no config file') as string,
        },
      });
    }
    expect(watch.started).toEqual(['control']);
  });

  test('there is no server to send to', async () => {
    const uses: Readonly<Record<string, (context: AuditContext) => unknown>> = {
      running: (context) => context.running,
      send: ({ send }) => send({ method: 'GET', path: '/', headers: [] }),
      log: ({ log }) => log(),
    };
    const audits = Object.entries(uses).map(([id, use]) =>
      audit(id, {
        scenario: 'refused',
        check: async (context) => {
          await use(context);
        },
      }),
    );
    const { report } = await run(properly().target, [
      ...audits,
      audit('steps', { scenario: 'refused' }),
    ]);
    for (const { outcome, error } of report.results) {
      expect({ outcome, origin: error?.origin }).toEqual({ outcome: 'error', origin: 'suite' });
    }
    expect(report.results).toHaveLength(4);
  });

  test('it takes a target that can refuse, and JavaScript where the options are no JSON', async () => {
    const { target } = watched(httpStart(okListener));
    const regexp: Scenario = {
      ...refused,
      id: 'regexp',
      setup: { kind: 'refused', options: { origin: /x/ } },
    };
    const report = await runAudits(target, {
      audits: [nothingMore('a'), { ...nothingMore('b'), scenario: 'regexp' }],
      scenarios: [...scenarios, regexp],
    });
    expect(report.results.map(({ missing }) => missing)).toEqual([
      ['refuses-options'],
      ['refuses-options', 'javascript-values'],
    ]);
  });
});

describe('an audit that starts servers itself', () => {
  const starting = (id: string, check: (context: AuditContext) => Promise<void>): Audit =>
    audit(id, { check });
  /** As an audit over a table of options does. */
  const isRefusal = ({ target }: AuditContext): Promise<boolean> =>
    target.start(refused).then(
      async (running) => running.close().then(() => false),
      () => true,
    );

  test('leaves none open', async () => {
    const watch = watched(httpStart(okListener));
    const { results } = await run(watch.target, [
      starting('a', async ({ target }) => {
        await target.start(refused);
        const { close } = await target.start(refused);
        await close();
        await close();
      }),
    ]);
    expect(results['a']?.outcome).toBe('passed');
    expect(watch).toMatchObject({ started: ['one', 'refused', 'refused'], open: 0, closed: 3 });
  });

  test('has as much time as its starts take', async () => {
    const { target } = refusing(async () => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      throw new Error('refused');
    });
    const { results } = await run(target, [
      starting('a', async (context) => {
        for (let count = 0; count < 5; count += 1)
          context.assert(await isRefusal(context), 'it started');
      }),
    ]);
    expect(results['a']).toMatchObject({ outcome: 'passed', problems: [] });
  });

  test('cannot take a start that hangs for a refusal', async () => {
    const { results } = await run(refusing(never).target, [
      starting('a', async (context) => context.assert(await isRefusal(context), 'it started')),
    ]);
    expect(results['a']).toMatchObject({ outcome: 'error', error: { origin: 'target' } });
  });

  test('starts nothing more once it is over', async () => {
    const watch = watched(httpStart(okListener));
    let late: Promise<unknown> = Promise.resolve();
    await run(watch.target, [
      starting('a', async ({ target }) => {
        late = new Promise((resolve) => setTimeout(resolve, 50))
          .then(() => target.start(refused))
          .catch((error: unknown) => error);
      }),
    ]);
    expect(await late).toMatchObject({ name: 'HarnessError' });
    expect(watch).toMatchObject({ started: ['one'], open: 0 });
  });

  test('a server that will not close is a problem of the run', async () => {
    const { target } = watched(async (scenario) => {
      const running = await httpStart(okListener)(scenario);
      return {
        ...running,
        close: async () => {
          await running.close();
          if (isRefused(scenario)) throw new Error('busy');
        },
      };
    });
    const { report } = await run(target, [
      starting('a', async ({ target: own }) => {
        await own.start(refused);
      }),
    ]);
    expect(report.problems).toEqual(['Closing the server of refused failed: busy']);
  });
});
