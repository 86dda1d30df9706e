import { describe, expect, test } from 'vitest';

import { type CommandOptions, parseUsage } from '../src/command/usage.js';
import { UsageError } from '../src/command/usage-error.js';

const parse = (line: string): ReturnType<typeof parseUsage> =>
  parseUsage(
    line.split(' ').filter((part) => part !== ''),
    '1.2.3',
  );

function optionsOf(line: string): CommandOptions {
  const usage = parse(line);
  if (usage.kind === 'say') throw new Error(usage.text);
  return usage.options;
}

const PROBE = 'http://localhost:8080/api --allowed-origin https://app.example.com';

test('a probe with all that can be said of it', () => {
  const line = `${PROBE} --denied-origin https://evil.example --method PUT --header X-A --header x-b --credentials --insecure`;
  expect(optionsOf(line)).toEqual({
    subject: {
      kind: 'probe',
      probe: {
        url: 'http://localhost:8080/api',
        allowedOrigin: 'https://app.example.com',
        deniedOrigin: 'https://evil.example',
        method: 'PUT',
        headers: ['X-A', 'x-b'],
        credentials: true,
        insecure: true,
      },
    },
    ids: undefined,
    level: undefined,
    trace: false,
    format: 'text',
    output: undefined,
    knownFailing: undefined,
    timeoutMs: 30_000,
    bail: false,
  });
});

test('a probe with the least that must be said', () => {
  expect(optionsOf(`${PROBE} --any-origin`).subject).toEqual({
    kind: 'probe',
    probe: {
      url: 'http://localhost:8080/api',
      allowedOrigin: 'https://app.example.com',
      headers: [],
      credentials: false,
      insecure: false,
    },
  });
});

test.each<[string, Partial<CommandOptions>]>([
  ['--exec ./server', { subject: { kind: 'exec', command: './server' }, timeoutMs: 10_000 }],
  ['--module ./target.js', { subject: { kind: 'module', path: './target.js' } }],
  ['--exec x --id vary --id origins/null-is-denied', { ids: ['vary', 'origins/null-is-denied'] }],
  ['--exec x --level should', { level: 'should' }],
  ['--exec x --trace --bail', { trace: true, bail: true }],
  ['--exec x --json', { format: 'json' }],
  ['--exec x --junit --output report.xml', { format: 'junit', output: 'report.xml' }],
  ['--exec x --markdown', { format: 'markdown' }],
  ['--exec x --known-failing known.json', { knownFailing: 'known.json' }],
  ['--exec x --timeout 1', { timeoutMs: 1 }],
  ['--exec x --timeout 600000', { timeoutMs: 600_000 }],
])('%s', (line, expected) => {
  expect(optionsOf(line)).toMatchObject(expected);
});

test.each([
  ['http://[::1]:8080', 'http://localhost:5173'],
  ['https://api.example.com/a?b=c', 'capacitor://localhost'],
  ['https://api.example.com/', 'chrome-extension://abcdefghijklmnopabcdefghijklmnop'],
])('%s may be probed for %s', (url, origin) => {
  const { subject } = optionsOf(
    `${url} --allowed-origin ${origin} --denied-origin https://x.example`,
  );
  expect(subject).toMatchObject({ probe: { url: new URL(url).href, allowedOrigin: origin } });
});

describe('what cannot be done says what to write instead', () => {
  const denied = '--denied-origin https://evil.example';
  test.each<[string, RegExp]>([
    ['', /Nothing to judge: give one of a URL, --exec and --module/],
    ['--exec x --module y', /More than one thing to judge/],
    [`${PROBE} --any-origin --exec x`, /More than one thing/],
    ['localhost:8080', /localhost:8080 is no address: give one as http:\/\/localhost:8080\/api/],
    ['ftp://x/ --any-origin', /is no address/],
    ['http://user:secret@x/', /user name or password/],
    [`http://x/ ${denied}`, /--allowed-origin is missing: give an origin/],
    [PROBE, /--denied-origin is missing: .* or --any-origin/],
    [`${PROBE} ${denied} --any-origin`, /--any-origin and --denied-origin contradict/],
    [`${PROBE} --any-origin --credentials`, /--any-origin and --credentials contradict/],
    [`${PROBE} --denied-origin https://app.example.com`, /is the allowed one: give another/],
    [
      `http://x/ ${denied} --allowed-origin https://app.example.com/`,
      /--allowed-origin https:\/\/app\.example\.com\/ is no origin .*: write https:\/\/app\.example\.com$/,
    ],
    [`http://x/ ${denied} --allowed-origin https://A.example:443`, /write https:\/\/a\.example$/],
    [
      `http://x/ ${denied} --allowed-origin capacitor://localhost/x`,
      /write capacitor:\/\/localhost$/,
    ],
    [`http://x/ ${denied} --allowed-origin a.example`, /write as https:\/\/app\.example\.com/],
    [`http://x/ ${denied} --allowed-origin null`, /is no origin/],
    [`${PROBE} --denied-origin *`, /--denied-origin \* is no origin/],
    [`${PROBE} ${denied} --method CONNECT`, /--method CONNECT is none that a page can use/],
    [`${PROBE} ${denied} --method P/T`, /--method P\/T is none/],
    [`${PROBE} ${denied} --header Cookie`, /--header Cookie is none that a page can set/],
    [`${PROBE} ${denied} --header X-A:1`, /give a name without its value/],
    ['--exec x --credentials', /--credentials is for probes of a URL/],
    ['--exec x --allowed-origin https://a.example', /--allowed-origin is for probes/],
    ['--exec x --any-origin', /--any-origin is for probes/],
    ['--exec x --json --junit', /--json and --junit are two forms of one report/],
    ['--exec x --timeout 0', /--timeout 0: give whole milliseconds from 1 to 600000/],
    ['--exec x --timeout 600001', /--timeout 600001/],
    ['--exec x --timeout 10s', /--timeout 10s/],
    ['--exec x --level most', /--level <level>' argument 'most' is invalid.*must, should, may/],
    ['--exec x --jsn', /unknown option '--jsn'.*Did you mean --json/s],
    ['--exec', /--exec <command>' argument missing/],
    ['http://x/ http://y/ --any-origin', /too many arguments/],
  ])('%s', (line, message) => {
    expect(() => parse(line)).toThrow(UsageError);
    expect(() => parse(line)).toThrow(message);
  });
});

test('the version and the help are said', () => {
  expect(parse('--version')).toEqual({ kind: 'say', text: '1.2.3\n' });
  const usage = parse('--help');
  const text = usage.kind === 'say' ? usage.text : '';
  expect(text).toContain('Usage: cors-conformance [options] [url]');
  expect(text).toContain('cors-conformance --exec "node my-server.js"');
  expect(text).toMatch(/Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}3 /);
});
