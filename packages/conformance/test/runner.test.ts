import { describe, expect, test, vi } from 'vitest';

import type { Audit, AuditContext } from '../src/audit.js';
import type { AuditResult } from '../src/audit-result.js';
import { runAudits, type RunOptions } from '../src/runner.js';
import type { Target } from '../src/target.js';
import { audit, bytesStart, httpStart, okListener, scenarios, watched } from './support/targets.js';

const never = (): Promise<never> => new Promise(() => undefined);

/** Runs audits with short deadlines, and gives the results by id. */
async function run(target: Target, audits: readonly Audit[], options: RunOptions = {}) {
  const report = await runAudits(target, { audits, scenarios, timeoutMs: 300, ...options });
  const results = Object.fromEntries(report.results.map((result) => [result.id, result]));
  const outcomes = report.results.map(({ outcome }) => outcome);
  return { report, results, outcomes };
}

function checking(id: string, check: (context: AuditContext) => Promise<void>, own = {}): Audit {
  return audit(id, { check, ...own });
}

const get = { method: 'GET', path: '/', headers: [] } as const;

describe('outcomes', () => {
  test('passed, failed, skipped and error are told apart, with all that explains them', async () => {
    const { target } = watched(httpStart(okListener), ['streams']);
    const { report } = await run(target, [
      audit('passed'),
      audit('failed', {
        steps: [
          { request: get, expect: { status: 200 } },
          { request: get, expect: { status: 204, fields: { 'X-Path': '/other' } } },
          { request: get, expect: { status: 500 } },
        ],
      }),
      audit('skipped', { requires: ['http2', 'streams', 'log'] }),
      checking('error', () => Promise.reject(new TypeError('a slip'))),
    ]);
    expect(report.target).toBe('a target');
    expect(report.counts).toEqual({
      passed: 1,
      failed: 1,
      known: 0,
      skipped: 1,
      'not-expressible': 0,
      error: 1,
    });
    expect(report.problems).toEqual([]);
    const [passed, failed, skipped, error] = report.results as [
      AuditResult,
      AuditResult,
      AuditResult,
      AuditResult,
    ];
    expect(passed).toEqual({
      id: 'passed',
      title: 'The title of passed',
      level: 'must',
      basis: 'fetch',
      clause: 'https://fetch.spec.whatwg.org/#http-cors-protocol',
      why: 'Because.',
      scenario: 'one',
      outcome: 'passed',
      durationMs: expect.any(Number) as number,
      problems: [],
      exchanges: [],
      exchangesLeftOut: 0,
      missing: [],
    });
    expect(failed.problems).toEqual([
      'the status should be 204, but is 200',
      'X-Path should be "/other", but is "/"',
    ]);
    expect(failed.exchanges).toHaveLength(2);
    expect(failed.exchanges.map(({ isAtFault }) => isAtFault)).toEqual([undefined, true]);
    expect(failed.exchanges[1]).toMatchObject({
      request: get,
      response: { status: 200, body: 'ok' },
    });
    expect(skipped).toMatchObject({ outcome: 'skipped', missing: ['http2', 'log'], exchanges: [] });
    expect(error).toMatchObject({
      outcome: 'error',
      error: { origin: 'suite', message: 'a slip' },
    });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  test('a run keeps the order of the audits, and tells each result as it comes', async () => {
    const told: string[] = [];
    const { target, started } = watched(httpStart(okListener));
    const audits = [
      audit('a'),
      audit('b', { scenario: 'two' }),
      audit('c'),
      audit('d', { scenario: 'two' }),
    ];
    const { report } = await run(target, audits, { onResult: ({ id }) => void told.push(id) });
    expect(report.results.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(told).toEqual(['a', 'c', 'b', 'd']);
    expect(started).toEqual(['one', 'two']);
  });

  test('exchanges of passed audits are kept when asked for', async () => {
    const { target } = watched(httpStart(okListener));
    const { results } = await run(target, [audit('a')], { trace: true });
    expect(results['a']?.exchanges).toHaveLength(1);
  });

  test('of many exchanges the latest are kept, and the one at fault', async () => {
    const { target } = watched(httpStart(okListener));
    const { results } = await run(target, [
      checking('a', async ({ send, expect: judge }) => {
        const first = await send(get);
        for (let count = 0; count < 30; count += 1) await send(get);
        judge(get, first, { status: 500 });
      }),
    ]);
    const { exchanges = [], exchangesLeftOut } = results['a'] ?? {};
    expect(exchanges.length + (exchangesLeftOut ?? 0)).toBe(32);
    expect(exchanges).toHaveLength(20);
    expect(exchanges.at(-1)?.isAtFault).toBe(true);
  });

  test('a whole run without an audit is an error, as is a filter that selects none', async () => {
    const { target, started } = watched(httpStart(okListener));
    const audits = [audit('area/a'), audit('area/b', { level: 'may' })];
    const harness = expect.objectContaining({ name: 'HarnessError' }) as Error;
    await expect(run(target, [])).rejects.toThrow(harness);
    await expect(run(target, audits, { filter: 'area/c' })).rejects.toThrow(harness);
    await expect(run(target, audits, { filter: ['area', 'are'] })).rejects.toThrow(harness);
    await expect(run(target, audits, { filter: () => false })).rejects.toThrow(harness);
    await expect(run(target, audits, { filter: 'area/b', level: 'must' })).rejects.toThrow(harness);
    await expect(run(target, [audit('a'), audit('a')])).rejects.toThrow(/two audits/i);
    expect(started).toEqual([]);
  });

  test.each<[RunOptions, string[]]>([
    [{ filter: 'area/a' }, ['area/a']],
    [{ filter: 'area' }, ['area/a', 'area/b']],
    [{ filter: ['area/b', 'other/'] }, ['area/b', 'other/c']],
    [{ filter: ({ id }) => id.endsWith('c') }, ['other/c']],
    [{ level: 'must' }, ['area/a']],
    [{ level: 'should' }, ['area/a', 'area/b']],
    [{ level: 'may' }, ['area/a', 'area/b', 'other/c']],
    [{ level: 'should', filter: 'area/b' }, ['area/b']],
  ])('%j selects %j', async (options, ids) => {
    const { target } = watched(httpStart(okListener));
    const audits = [
      audit('area/a'),
      audit('area/b', { level: 'should' }),
      audit('other/c', { level: 'may' }),
    ];
    const { report } = await run(target, audits, options);
    expect(report.results.map(({ id }) => id)).toEqual(ids);
  });
});

describe('what a context offers', () => {
  const application = watched(
    httpStart((request, response) => {
      if (request.url === '/log') response.end('{"asked":["o"],"decisions":[],"reports":[]}');
      else if (request.url === '/split')
        response.writeHead(200, ['A-B', 'x', 'A-B', 'y']).end('ok');
      else if (request.url === '/twice') {
        response.setHeader('Access-Control-Allow-Origin', ['*', 'https://a.example']);
        response.end();
      } else if (request.url === '/endless') response.write('x');
      else okListener(request, response);
    }),
  ).target;

  test('ways to send, the log, and the target', async () => {
    const { outcomes, results } = await run(application, [
      checking('a', async (context) => {
        expect((await context.send(get)).body).toBe('ok');
        expect(await context.sendForHead({ ...get, path: '/endless' })).toMatchObject({
          status: 200,
          body: '',
        });
        const replies = await context.sendOnOneConnection([get, { ...get, path: '/2' }]);
        expect(
          replies.map(({ headers }) => headers.find(([name]) => name === 'X-Path')?.[1]),
        ).toEqual(['/', '/2']);
        await context.sendAndAbort(get);
        expect(await context.log()).toEqual({ asked: ['o'], decisions: [], reports: [] });
        expect(context.target.name).toBe('a target');
        expect(context.running.address.protocol).toBe('http/1.1');
        expect(context.refusal).toBeUndefined();
        context.assert(true, 'never seen');
      }),
    ]);
    expect(results['a']?.error).toBeUndefined();
    expect(outcomes).toEqual(['passed']);
  });

  test('a step that asks for the head alone', async () => {
    const { outcomes } = await run(application, [
      audit('a', {
        steps: [{ request: { ...get, path: '/endless' }, expect: { status: 200 }, headOnly: true }],
      }),
    ]);
    expect(outcomes).toEqual(['passed']);
  });

  test('a condition that does not hold fails the audit', async () => {
    const { results } = await run(application, [
      checking('a', async ({ assert }) => assert(Number('1') > 2, 'one should be more than two')),
    ]);
    expect(results['a']).toMatchObject({
      outcome: 'failed',
      problems: ['one should be more than two'],
    });
  });

  test('every reply is guarded, also one that nobody judges', async () => {
    const { results } = await run(application, [
      checking('a', async ({ send }) => {
        await send({ ...get, path: '/twice' });
      }),
      checking('b', async ({ sendOnOneConnection }) => {
        await sendOnOneConnection([get, { ...get, path: '/twice' }]);
      }),
      checking('c', async ({ sendForHead }) => {
        await sendForHead({ ...get, path: '/twice' });
      }),
    ]);
    for (const id of ['a', 'b', 'c']) {
      expect(results[id]).toMatchObject({
        outcome: 'failed',
        problems: [expect.stringContaining('has 2 lines')],
      });
      expect(results[id]?.exchanges.at(-1)).toMatchObject({
        isAtFault: true,
        request: { path: '/twice' },
      });
    }
  });

  test.each([
    ['is missing', httpStart((_request, response) => void response.writeHead(404).end())],
    ['is no JSON', httpStart((_request, response) => void response.end('<html>'))],
  ])('a log that %s is an error of the target', async (_name, start) => {
    const { results } = await run(watched(start).target, [
      checking('a', async ({ log }) => {
        await log();
      }),
    ]);
    expect(results['a']).toMatchObject({ outcome: 'error', error: { origin: 'target' } });
  });
});

describe('servers', () => {
  test('are shared by the audits of a scenario, one at a time, and closed', async () => {
    const watch = watched(httpStart(okListener));
    const audits = ['one', 'two', 'three'].flatMap((scenario) => [
      audit(`${scenario}/a`, { scenario }),
      audit(`${scenario}/b`, { scenario }),
    ]);
    const { outcomes } = await run(watch.target, audits);
    expect(new Set(outcomes)).toEqual(new Set(['passed']));
    expect(watch).toMatchObject({
      started: ['one', 'two', 'three'],
      open: 0,
      mostOpen: 1,
      closed: 3,
    });
  });

  test('are not started for skipped audits', async () => {
    const watch = watched(httpStart(okListener));
    await run(watch.target, [audit('a', { requires: ['http2'] })]);
    expect(watch.started).toEqual([]);
  });

  test('are replaced after an audit that reconfigured or closed them', async () => {
    const policies: unknown[] = [];
    const watch = watched(async (scenario) => ({
      ...(await httpStart(okListener)(scenario)),
      reconfigure: async (policy) => void policies.push(policy),
    }));
    const { outcomes, report } = await run(watch.target, [
      checking('a', async ({ running }) => running.reconfigure?.({ origin: '*' })),
      audit('b'),
      checking('c', async ({ running }) => running.close()),
      audit('d'),
    ]);
    expect(outcomes).toEqual(['passed', 'passed', 'passed', 'passed']);
    expect(report.problems).toEqual([]);
    expect(policies).toEqual([{ origin: '*' }]);
    expect(watch).toMatchObject({ started: ['one', 'one', 'one'], open: 0, closed: 3 });
  });

  test('that cannot reconfigure do not say they can', async () => {
    const { outcomes } = await run(watched(httpStart(okListener)).target, [
      checking('a', async ({ running, assert }) => assert(!('reconfigure' in running), 'it can')),
    ]);
    expect(outcomes).toEqual(['passed']);
  });

  test('that do not start take their scenario with them, and no other', async () => {
    const watch = watched((scenario) =>
      scenario.id === 'one'
        ? Promise.reject(new Error('port in use'))
        : httpStart(okListener)(scenario),
    );
    const { results, outcomes } = await run(watch.target, [
      audit('a'),
      audit('b'),
      audit('c', { scenario: 'two' }),
    ]);
    expect(outcomes).toEqual(['error', 'error', 'passed']);
    expect(results['a']?.error).toEqual({
      origin: 'target',
      message: 'The target did not start: port in use',
    });
    expect(results['b']?.error?.message).toMatch(/given up: .*port in use/);
    expect(watch.started).toEqual(['one', 'two']);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('at once');
      },
    ],
    ['gives nothing', async () => undefined],
    ['gives no close', async () => ({ address: {} })],
    ['gives no address', async () => ({ close: async () => undefined })],
    [
      'gives an unknown protocol',
      async () => ({ address: { protocol: 'gopher' }, close: async () => undefined }),
    ],
    [
      'gives a port that is none',
      async () => ({
        address: { protocol: 'http/1.1', host: '::1', port: 0 },
        close: async () => undefined,
      }),
    ],
  ])('a start that %s is an error of the target', async (_name, start) => {
    const target = {
      name: 'a target',
      capabilities: [],
      start: start as unknown as Target['start'],
    };
    const { results } = await run(target, [audit('a')]);
    expect(results['a']).toMatchObject({ outcome: 'error', error: { origin: 'target' } });
  });

  test('that start too late are closed all the same', async () => {
    const close = vi.fn(async () => undefined);
    const target: Target = {
      name: 'late',
      capabilities: [],
      start: async () => {
        await new Promise((resolve) => setTimeout(resolve, 500));
        return { address: { protocol: 'http/1.1', host: '127.0.0.1', port: 9 }, close };
      },
    };
    const { results } = await run(target, [audit('a'), audit('b')]);
    expect(results['a']?.error).toMatchObject({
      origin: 'target',
      message: expect.stringContaining('300 ms') as string,
    });
    await vi.waitFor(() => expect(close).toHaveBeenCalledTimes(1), 3_000);
  });

  test('that never start: after three scenarios the target is given up', async () => {
    const watch = watched(never);
    const audits = ['one', 'two', 'three', 'four', 'five'].flatMap((scenario) => [
      audit(`${scenario}/a`, { scenario }),
      audit(`${scenario}/b`, { scenario }),
    ]);
    const { outcomes, results } = await run(watch.target, audits, { timeoutMs: 100 });
    expect(new Set(outcomes)).toEqual(new Set(['error']));
    expect(watch.started).toEqual(['one', 'two', 'three']);
    expect(results['five/b']?.error?.message).toMatch(/target was given up/);
  });

  test.each([
    ['never close', never, /Closing the server of one was not over/],
    [
      'fail to close',
      () => Promise.reject(new Error('busy')),
      /Closing the server of one failed: busy/,
    ],
    [
      'throw at closing',
      () => {
        throw new Error('busy');
      },
      /failed: busy/,
    ],
  ])('that %s are a problem of the run, not of an audit', async (_name, close, problem) => {
    const open: (() => Promise<void>)[] = [];
    const { target } = watched(async (scenario) => {
      const running = await httpStart(okListener)(scenario);
      open.push(running.close);
      return { ...running, close };
    });
    const { report, outcomes } = await run(target, [audit('a')]);
    for (const really of open) await really();
    expect(outcomes).toEqual(['passed']);
    expect(report.problems).toEqual([expect.stringMatching(problem)]);
  });
});

describe('servers that misbehave', () => {
  test('hanging: three audits wait, the rest of the scenario does not', async () => {
    const watch = watched((scenario) =>
      scenario.id === 'one'
        ? bytesStart(() => undefined)(scenario)
        : httpStart(okListener)(scenario),
    );
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const { outcomes, results } = await run(
      watch.target,
      [...ids.map((id) => audit(id)), audit('f', { scenario: 'two' })],
      { timeoutMs: 150 },
    );
    expect(outcomes).toEqual(['error', 'error', 'error', 'error', 'error', 'passed']);
    expect(results['a']?.error).toMatchObject({ origin: 'transport', code: 'timeout' });
    expect(results['d']?.error).toMatchObject({
      origin: 'target',
      message: expect.stringMatching(/given up/) as string,
    });
    expect(watch).toMatchObject({ started: ['one', 'one', 'one', 'two'], open: 0 });
  });

  test.each<[string, string, Parameters<typeof bytesStart>[0]]>([
    ['resets', 'reset', (socket) => socket.on('data', () => socket.resetAndDestroy())],
    ['hangs up', 'closed-early', (socket) => socket.on('data', () => socket.end())],
    ['sends garbage', 'malformed', (socket) => socket.end('\0\x01\x02 what?\r\n\r\n')],
    [
      'sends megabytes',
      'too-large',
      (socket) => {
        const more = (): void => {
          if (socket.writable) socket.write('x'.repeat(100_000), more);
        };
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        more();
      },
    ],
    [
      'sends a head without end',
      'too-large',
      (socket) => {
        const more = (): void => {
          if (socket.writable) socket.write('X: y\r\n'.repeat(1_000), more);
        };
        socket.write('HTTP/1.1 200 OK\r\n');
        more();
      },
    ],
  ])(
    'a server that %s: %s, for each audit, on a server of its own',
    async (_name, code, onConnection) => {
      const watch = watched(bytesStart(onConnection));
      const { results, outcomes } = await run(
        watch.target,
        ['a', 'b', 'c', 'd'].map((id) => audit(id)),
        {
          timeoutMs: 5_000,
        },
      );
      expect(outcomes).toEqual(['error', 'error', 'error', 'error']);
      for (const id of ['a', 'b', 'c', 'd']) {
        expect(results[id]).toMatchObject({
          error: { origin: 'transport', code },
          exchanges: [{ error: expect.stringContaining(code) as string }],
        });
      }
      expect(watch).toMatchObject({ open: 0, closed: 4 });
    },
  );

  test('one that dies takes only the audit with it that killed it', async () => {
    const watch = watched(
      httpStart((request, response) => {
        if (request.url === '/kill') request.socket.destroy();
        else okListener(request, response);
      }),
    );
    const { outcomes } = await run(watch.target, [
      audit('a'),
      audit('kill'),
      audit('b'),
      audit('c'),
    ]);
    expect(outcomes).toEqual(['passed', 'error', 'passed', 'passed']);
    expect(watch.started).toEqual(['one', 'one']);
  });

  test('one that is gone after an audit is not the next one’s fault', async () => {
    const watch = watched(async (scenario) => {
      const running = await httpStart((request, response) => {
        okListener(request, response);
        if (request.url === '/last') void running.close();
      })(scenario);
      return running;
    });
    const { report, outcomes } = await run(watch.target, [audit('a'), audit('last'), audit('b')]);
    expect(outcomes).toEqual(['passed', 'passed', 'passed']);
    expect(report.problems).toEqual(['The server of one was gone after the audit last']);
    expect(watch.started).toEqual(['one', 'one']);
  });
});

describe('audits that misbehave', () => {
  test.each<[string, Audit, string]>([
    ['asks nothing', { ...audit('x'), steps: undefined } as unknown as Audit, 'suite'],
    ['names no scenario', audit('x', { scenario: 'nowhere' }), 'suite'],
    [
      'throws',
      checking('x', () => {
        throw new RangeError('a slip');
      }),
      'suite',
    ],
    ['never ends, with no request under way', checking('x', never), 'target'],
    [
      'never ends, with a request under way',
      checking('x', async ({ send }) => {
        void send({ ...get, path: '/hang' }).catch(() => undefined);
        await never();
      }),
      'transport',
    ],
    [
      'asks what cannot be sent',
      audit('x', { steps: [{ request: { ...get, headers: [['X', '\u0100']] }, expect: {} }] }),
      'suite',
    ],
  ])('one that %s is an error, and the next is played', async (_name, broken, origin) => {
    const watch = watched(
      httpStart((request, response) => {
        if (request.url !== '/hang') okListener(request, response);
      }),
    );
    const { results, outcomes } = await run(watch.target, [broken, audit('next')]);
    expect(results['x']).toMatchObject({ outcome: 'error', error: { origin } });
    expect(outcomes).toEqual(['error', 'passed']);
    expect(watch.open).toBe(0);
  });

  test('what is still under way at its end is given up', async () => {
    let outcome: Promise<unknown> = Promise.resolve();
    const { target } = watched(
      httpStart((request, response) => {
        if (request.url !== '/hang') okListener(request, response);
      }),
    );
    await run(
      target,
      [
        checking('a', async ({ send }) => {
          outcome = send({ ...get, path: '/hang' }).catch((error: unknown) => error);
        }),
      ],
      { timeoutMs: 5_000 },
    );
    expect(await outcome).toMatchObject({ code: 'aborted' });
  });

  test('an observer that throws ends the run, with the servers closed', async () => {
    const watch = watched(httpStart(okListener));
    const failing = run(watch.target, [audit('a'), audit('b')], {
      onResult: () => {
        throw new Error('the disk is full');
      },
    });
    await expect(failing).rejects.toThrow('the disk is full');
    expect(watch.open).toBe(0);
  });
});
