import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { type ExecOptions, execTarget } from '../src/exec-target.js';
import { HarnessError } from '../src/harness-error.js';
import { NotExpressibleError } from '../src/not-expressible.js';
import { runAudits } from '../src/runner.js';
import type { RunningTarget, Target } from '../src/target.js';
import { command, expectGone, isAlive } from './support/commands.js';
import { audit, refused, scenario, scenarios } from './support/targets.js';

const start = (target: Target): Promise<RunningTarget> => target.start(scenario('one'));

const failure = (pattern: RegExp): HarnessError =>
  expect.objectContaining({
    name: 'HarnessError',
    origin: 'target',
    message: expect.stringMatching(pattern) as string,
  }) as HarnessError;

async function bodyOf({ address }: RunningTarget, path = '/'): Promise<string> {
  if (address.protocol === 'memory') throw new Error('no address');
  return (await fetch(`http://${address.host}:${address.port}${path}`)).text();
}

const pidOf = async (running: RunningTarget): Promise<number> => Number(await bodyOf(running));

test('a command describes itself, serves each scenario, and is gone after it', async () => {
  const target = await execTarget(command());
  expect(target).toMatchObject({
    name: 'a command 1.0',
    capabilities: ['http1', 'reconfigure', 'refuses-options'],
  });
  const running = await start(target);
  const pid = await pidOf(running);
  expect(isAlive(pid)).toBe(true);
  await running.close();
  await expectGone(pid);
});

test('it gets the scenario as it is, and is started where it should be', async () => {
  const target = await execTarget(
    command(`
      on.start = ({ scenario, version }) => serve((request, response) =>
        response.end(JSON.stringify({ version, scenario, cwd: process.cwd() })));`),
    { cwd: '/' },
  );
  const one = scenario('é \u2028', { maxHeaderSize: 5, onDecision: 'throws' });
  const running = await target.start(one);
  expect(JSON.parse(await bodyOf(running))).toEqual({ version: 1, scenario: one, cwd: '/' });
  await running.close();
});

test.each([
  ['http://127.0.0.1:8081', {}, { protocol: 'http/1.1', host: '127.0.0.1', port: 8081 }],
  ['http://[::1]:8081/', {}, { protocol: 'http/1.1', host: '::1', port: 8081 }],
  ['http://localhost', { protocol: 'h2c' }, { protocol: 'h2c', host: 'localhost', port: 80 }],
])('the address %s %j', async (url, own, address) => {
  const message = JSON.stringify({ type: 'listening', url, ...own });
  const running = await start(await execTarget(command(`on.start = () => say(${message})`)));
  expect(running.address).toEqual(address);
  await running.close();
});

describe('a command that does not describe itself', () => {
  const says = (text: string): string => `on.describe = () => { process.stdout.write(${text}); }`;
  test.each<[string, string, RegExp]>([
    ['is not there', 'exec no-such-command-at-all', /exited with 127 .*standard error.*not found/],
    [
      'ends, and says why',
      command(`console.error('no config\\n'); console.error('bye'); process.exit(3);`),
      /exited with 3 before it answered\. Its standard error ended with: no config \| bye$/,
    ],
    ['is killed', 'kill -KILL $$', /The command was ended by SIGKILL before it answered$/],
    ['says nothing', command(says(`''`)), /did not answer "describe" within 900 ms/],
    ['closes its input', command(`process.stdin.destroy(); setInterval(() => {}, 1e4)`), /within/],
    ['floods', 'yes', /within 900 ms/],
    ['floods with no line end', 'cat /dev/zero', /within 900 ms/],
    ['writes no JSON', command(says(`'{oops\\n'`)), /wrote "\{oops", which is no message: /],
    [
      'writes a line without end',
      command(says(`'{"type":"' + 'x'.repeat(1e5) + '\\n'`)),
      /it is too long/,
    ],
    ['writes a log in JSON', command(says(`'{"level":30}\\n'`)), /"type" should be a text\. Logs/],
    ['writes another type', command(says(`'{"type":"hello"}\\n'`)), /the type "hello" is none/],
    [
      'answers what was not asked',
      command(`on.describe = () => serve()`),
      /answered "describe" with "listening"/,
    ],
    ['has no name', command(says(`'{"type":"description"}\\n'`)), /"name" should be a text/],
    [
      'has no capabilities',
      command(says(`'{"type":"description","name":"x"}\\n'`)),
      /"capabilities" should be a list/,
    ],
    [
      'names an unknown one',
      command(`description.capabilities = ['http2', 'http-1']`),
      /"http-1" is no capability; those .*: raw-bytes, http1/,
    ],
    [
      'knows no such version',
      command(`on.describe = () => say({ type: 'error', reason: 'version 1?' })`),
      /answered "describe" with: version 1\?/,
    ],
    [
      'fails after it',
      command(`on.describe = () => say(description, () => process.exit(1))`),
      /The command exited with 1, and not with 0 at the end of its standard input/,
    ],
  ])('%s', async (_name, shellCommand, message) => {
    const started = performance.now();
    await expect(execTarget(shellCommand, { timeoutMs: 1_000 })).rejects.toThrow(failure(message));
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('is in no folder', async () => {
    const target = execTarget(command(), { cwd: '/no/such/folder' });
    await expect(target).rejects.toThrow(failure(/could not be started/));
  });
});

describe('a scenario that is not started', () => {
  test.each<[string, string, Error | RegExp]>([
    [
      'refused, and done with',
      `say({ type: 'refused', reason: 'never' }, () => process.exit(1))`,
      new Error('never'),
    ],
    ['refused', `say({ type: 'refused', reason: 'no stars' })`, new Error('no stars')],
    [
      'not expressible',
      `say({ type: 'not-expressible', reason: 'maxAge is fixed' })`,
      new NotExpressibleError('maxAge is fixed'),
    ],
    ['an error', `say({ type: 'error', reason: 'what?' })`, /answered "start" with: what\?/],
    ['an address of TLS', `say({ type: 'listening', url: 'https://x' })`, /"https:\/\/x": that/],
    ['no address', `say({ type: 'listening', url: 'here' })`, /listens at "here": that should/],
    ['no URL', `say({ type: 'listening' })`, /"url" should be a text/],
    [
      'a protocol',
      `say({ type: 'listening', url: 'http://x', protocol: 'h3' })`,
      /"protocol" should be "http\/1\.1" or "h2c"/,
    ],
    ['silence', '', /did not answer "start" within 2700 ms/],
    ['an exit', `process.exit(0)`, /exited with 0 before it answered/],
  ])('%s', async (_name, script, expected) => {
    const target = await execTarget(command(`on.start = () => { ${script} }`), {
      timeoutMs: 3_000,
    });
    const error = expected instanceof RegExp ? failure(expected) : expected;
    await expect(start(target)).rejects.toThrow(error);
  });

  test('options that JSON cannot carry are not expressible', async () => {
    const target = await execTarget(command());
    const options = { origin: /x/ };
    const one = scenario('one', { setup: { kind: 'refused', options } });
    await expect(target.start(one)).rejects.toThrow(NotExpressibleError);
    const running = await start(target);
    await expect(running.reconfigure?.({ invalid: options })).rejects.toThrow(NotExpressibleError);
    await running.close();
  });
});

describe('the end', () => {
  const quick: ExecOptions = { graceMs: 300 };
  /** Serves its own process's id and that of a child that ignores SIGTERM and outlives its parent. */
  const withChild = `
    const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1e4)'], { stdio: 'inherit' });
    on.start = () => serve((request, response) => response.end(process.pid + ' ' + child.pid));`;

  test('takes what the command has started with it', async () => {
    const running = await start(await execTarget(command(withChild), quick));
    const pids = (await bodyOf(running)).split(' ').map(Number);
    expect(pids.map(isAlive)).toEqual([true, true]);
    await running.close();
    await Promise.all(pids.map(expectGone));
  });

  test('a command behind a shell that waits is ended with it', async () => {
    const running = await start(await execTarget(`${command(withChild)}; echo done`, quick));
    const pids = (await bodyOf(running)).split(' ').map(Number);
    await running.close();
    await Promise.all(pids.map(expectGone));
  });

  test('SIGTERM ends one that does not mind the end of its input', async () => {
    const running = await start(await execTarget(command('on.end = () => {};'), quick));
    const pid = await pidOf(running);
    await running.close();
    await expectGone(pid);
  });

  test('SIGTERM gives what is behind a shell its time', async () => {
    const tidy = `on.end = () => {}; process.on('SIGTERM', () => setTimeout(() => {
      require('node:fs').writeFileSync(__filename + '.tidied', ''); process.exit(0); }, 100));`;
    const tidying = command(tidy);
    const running = await start(await execTarget(`${tidying}; true`, { graceMs: 2_000 }));
    await running.close();
    expect(existsSync(`${tidying.split('"')[3]}.tidied`)).toBe(true);
  });

  const stubborn = `on.end = () => {}; process.on('SIGTERM', () => console.error('no!'));`;
  test.each([
    ['alone', `exec ${command(stubborn)}`],
    ['behind a shell', `${command(stubborn)}; true`],
  ])('one that ignores that as well is killed, and it is told: %s', async (_name, shellCommand) => {
    const running = await start(await execTarget(shellCommand, quick));
    const pid = await pidOf(running);
    await expect(running.close()).rejects.toThrow(failure(/had to be killed: .*ended with: no!$/));
    await expectGone(pid);
  });

  test('one that died while it served is told, with the end of its standard error', async () => {
    const mortal = `on.start = () => serve(() => { console.error('dying'); process.exit(7); })`;
    const target = await execTarget(command(mortal), quick);
    const report = await runAudits(target, { audits: [audit('a'), audit('b')], scenarios });
    expect(report.results.map(({ outcome, error }) => [outcome, error?.origin])).toEqual([
      ['error', 'transport'],
      ['error', 'transport'],
    ]);
    expect(report.problems).toEqual([
      'Closing the server of one failed: The command exited with 7, and not with 0 at the end of its standard input. Its standard error ended with: dying',
    ]);
  });
});

test('what is no message is told, bounded, and disturbs nothing', async () => {
  const lines: string[] = [];
  const noisy = `
    console.log('starting\\u001b[31m'); console.error('warning'); console.log('x'.repeat(1e6));
    on.start = () => { console.log(' {"type":"refused"}'); serve((request, response) => {
      for (let count = 0; count < 1000; count += 1) say({ type: 'refused', reason: 'a log in JSON' });
      response.end(String(process.pid));
    }); };`;
  const onOutput = (line: string): void => void lines.push(line);
  const running = await start(await execTarget(command(noisy), { onOutput }));
  await pidOf(running);
  await running.close();
  expect(lines).toEqual(expect.arrayContaining(['starting\u001b[31m', 'warning']));
  expect(lines).toContain(`${'x'.repeat(500)}… (65036 more characters)`);
  expect(lines).toContain(' {"type":"refused"}');
  expect(lines.length).toBeLessThan(2 * 200 + 1);
});

describe('another policy', () => {
  test('is put in force in turn, or refused', async () => {
    const swapping = `
      let asked = 0, answered = 0, overtaken = false;
      on.reconfigure = ({ policy }) => {
        asked += 1;
        overtaken ||= asked - answered > 1;
        setImmediate(() => {
          answered += 1;
          if (policy === null) say({ type: 'refused', reason: 'null' });
          else if (policy.origin === '?') say({ type: 'not-expressible', reason: 'origin' });
          else say({ type: 'reconfigured' });
        });
      };
      on.start = () => serve((request, response) => response.end(JSON.stringify({ asked, overtaken })));`;
    const running = await start(await execTarget(command(swapping)));
    const swaps = [
      { origin: '*' },
      { invalid: null },
      { invalid: { origin: '?' } },
      { origin: [] },
    ];
    const swap = running.reconfigure!;
    const outcomes = await Promise.all(
      swaps.map((policy) =>
        swap(policy as never).then(
          () => 'done',
          (error: unknown) => error,
        ),
      ),
    );
    expect(outcomes).toEqual([
      'done',
      new Error('null'),
      new NotExpressibleError('origin'),
      'done',
    ]);
    expect(JSON.parse(await bodyOf(running))).toEqual({ asked: 4, overtaken: false });
    await running.close();
  });

  test('is nothing for a command without that capability', async () => {
    const target = await execTarget(command(`description.capabilities = []`));
    const running = await start(target);
    expect(running.reconfigure).toBeUndefined();
    await running.close();
  });

  test('that is never answered is an error, and the command is ended all the same', async () => {
    const target = await execTarget(command('on.reconfigure = () => {}'), { timeoutMs: 3_000 });
    const running = await start(target);
    const pid = await pidOf(running);
    const swap = running.reconfigure?.({ origin: '*' });
    await expect(swap).rejects.toThrow(failure(/did not answer "reconfigure" within 2700 ms/));
    await running.close();
    await expectGone(pid);
  });
});

test('a run tells apart what passes, fails, is refused and cannot be said', async () => {
  const target = await execTarget(
    command(`
      on.start = ({ scenario: { id, setup } }) => {
        if (setup.kind === 'refused') say({ type: 'refused', reason: 'never' });
        else if (id === 'two') say({ type: 'not-expressible', reason: 'two is too many' });
        else serve((request, response) => response.writeHead(request.url === '/wrong' ? 500 : 200).end());
      };`),
  );
  const report = await runAudits(target, {
    audits: [
      audit('right'),
      audit('wrong'),
      audit('unsaid', { scenario: 'two' }),
      audit('unsaid/again', { scenario: 'two' }),
      audit('refused', { scenario: 'refused', check: () => Promise.resolve() }),
    ],
    scenarios: [...scenarios, refused],
  });
  expect(report.counts).toMatchObject({ passed: 2, failed: 1, 'not-expressible': 2, error: 0 });
  expect(report.results[2]).toMatchObject({ reason: 'two is too many', problems: [] });
  expect(report.problems).toEqual([]);
});
