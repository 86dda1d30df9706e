/**
 * The command line: what it may say, and what it says. Whatever is wrong with it is a `UsageError` that
 * names the option and what to write instead.
 */
import { Command, CommanderError, Option } from 'commander';

import type { Level } from '../audit.js';
import type { ProbeOptions } from '../probe/probe-options.js';
import { probeOptionsOf } from './probe-usage.js';
import { UsageError } from './usage-error.js';

/** What is judged. */
export type Subject =
  | { readonly kind: 'exec'; readonly command: string }
  | { readonly kind: 'module'; readonly path: string }
  | { readonly kind: 'probe'; readonly probe: ProbeOptions };

/** The forms of a report. */
export type Format = 'text' | 'json' | 'junit' | 'markdown';

/** What the command is to do. */
export interface CommandOptions {
  readonly subject: Subject;
  readonly ids: readonly string[] | undefined;
  readonly level: Level | undefined;
  readonly trace: boolean;
  readonly format: Format;
  /** A file for the report; standard output then gets it as text. */
  readonly output: string | undefined;
  readonly knownFailing: string | undefined;
  readonly timeoutMs: number;
  readonly bail: boolean;
}

/** What a command line comes to: something to do, or something to say. */
export type Usage =
  | { readonly kind: 'run'; readonly options: CommandOptions }
  | { readonly kind: 'say'; readonly text: string };

/** The options as commander has them. */
export interface GivenOptions {
  readonly exec?: string;
  readonly module?: string;
  readonly allowedOrigin?: string;
  readonly deniedOrigin?: string;
  readonly anyOrigin?: true;
  readonly method?: string;
  readonly header?: readonly string[];
  readonly credentials?: true;
  readonly insecure?: true;
  readonly id?: readonly string[];
  readonly level?: Level;
  readonly trace?: true;
  readonly json?: true;
  readonly junit?: true;
  readonly markdown?: true;
  readonly output?: string;
  readonly knownFailing?: string;
  readonly timeout?: string;
  readonly bail?: true;
}

const EXAMPLES = `
Examples:
  A server that runs, of which nothing else is known:
    cors-conformance http://localhost:8080/api --allowed-origin https://app.example.com \\
      --denied-origin https://evil.example --method PUT --header X-Request-Id --credentials
  A public resource:
    cors-conformance https://cdn.example/font.woff2 --allowed-origin https://app.example.com --any-origin
  A library, in any language, by a program that is started for each scenario:
    cors-conformance --exec "node my-server.js"
  The same in JavaScript, in this process, and only what a browser would notice:
    cors-conformance --module ./target.js --level must
  In CI:
    cors-conformance --exec ./server --known-failing known-failing.json --junit --output report.xml

Exit codes:
  0  no audit of the level must failed
  1  one did
  2  the command line is wrong, the target could not be reached or started, or an audit could not be judged
  3  an entry of the known failures is stale
  The first of 1, 2 and 3 that is true is given.`;

/** Reads a command line, without the names of the program. */
export function parseUsage(parameters: readonly string[], version: string): Usage {
  let said = '';
  const program = commandLine(version).exitOverride();
  program.configureOutput({
    writeOut: (text) => {
      said += text;
    },
    writeErr: () => undefined,
  });
  try {
    program.parse(parameters, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'say', text: said };
    throw new UsageError(error.message.replace(/^error: /, ''));
  }
  return { kind: 'run', options: optionsOf(program.args[0], program.opts<GivenOptions>()) };
}

function commandLine(version: string): Command {
  const several = (value: string, before: readonly string[] = []): readonly string[] => [
    ...before,
    value,
  ];
  return new Command('cors-conformance')
    .description('Judges how a server handles CORS, and says what a browser would make of it.')
    .version(version)
    .argument('[url]', 'probe the server that runs there')
    .optionsGroup('What to judge:')
    .option('--exec <command>', 'start this shell command for each scenario')
    .option('--module <file>', 'import a target: the default export of this module')
    .optionsGroup('What to probe for:')
    .option('--allowed-origin <origin>', 'an origin that the server should let in')
    .option('--denied-origin <origin>', 'an origin that it should not let in')
    .option('--any-origin', 'in place of it: the server is open to every origin')
    .option('--method <method>', 'a method that pages may use, as PUT')
    .option('--header <name>', 'a request header that pages may send; may be repeated', several)
    .option('--credentials', 'pages send cookies')
    .option('--insecure', 'take any certificate')
    .optionsGroup('How to run:')
    .option('--id <id>', 'only this audit, or this area; may be repeated', several)
    .addOption(new Option('--level <level>', 'the least level').choices(['must', 'should', 'may']))
    .option('--known-failing <file>', 'audits that are known to fail, with the reasons')
    .option('--timeout <milliseconds>', 'for each start, audit and end (10000; 30000 for a probe)')
    .option('--bail', 'end at the first result that decides the exit code')
    .optionsGroup('What to report:')
    .option('--trace', 'every exchange, and what the command prints beside its messages')
    .option('--json', 'report as JSON')
    .option('--junit', 'report as XML of JUnit')
    .option('--markdown', 'report as Markdown')
    .option('--output <file>', 'write the report there, and as text to standard output')
    .addHelpText('after', EXAMPLES);
}

function optionsOf(url: string | undefined, given: GivenOptions): CommandOptions {
  const subject = subjectOf(url, given);
  return {
    subject,
    ids: given.id,
    level: given.level,
    trace: given.trace === true,
    format: formatOf(given),
    output: given.output,
    knownFailing: given.knownFailing,
    timeoutMs: timeoutOf(given, subject),
    bail: given.bail === true,
  };
}

function subjectOf(url: string | undefined, given: GivenOptions): Subject {
  const { exec, module } = given;
  const named = [url, exec, module].filter((one) => one !== undefined);
  if (named.length !== 1) {
    throw new UsageError(
      `${named.length === 0 ? 'Nothing to judge' : 'More than one thing to judge'}: give one of a URL, --exec and --module`,
    );
  }
  if (url !== undefined) return { kind: 'probe', probe: probeOptionsOf(url, given) };
  const ofProbe = (
    [
      'allowedOrigin',
      'deniedOrigin',
      'anyOrigin',
      'method',
      'header',
      'credentials',
      'insecure',
    ] as const
  ).find((name) => given[name] !== undefined);
  if (ofProbe !== undefined) {
    const flag = `--${ofProbe.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new UsageError(
      `${flag} is for probes of a URL: with --exec and --module each scenario has its own policy`,
    );
  }
  if (exec !== undefined) return { kind: 'exec', command: exec };
  return { kind: 'module', path: module ?? '' };
}

function formatOf(given: GivenOptions): Format {
  const formats = (['json', 'junit', 'markdown'] as const).filter((name) => given[name] === true);
  if (formats.length > 1) {
    throw new UsageError(
      `--${formats.join(' and --')} are two forms of one report: give one of them`,
    );
  }
  return formats[0] ?? 'text';
}

const LONGEST_TIMEOUT = 600_000;

function timeoutOf({ timeout }: GivenOptions, { kind }: Subject): number {
  // A server on a network, each request on a connection of its own.
  if (timeout === undefined) return kind === 'probe' ? 30_000 : 10_000;
  const milliseconds = Number(timeout);
  if (/^\d+$/.test(timeout) && milliseconds >= 1 && milliseconds <= LONGEST_TIMEOUT) {
    return milliseconds;
  }
  throw new UsageError(
    `--timeout ${timeout}: give whole milliseconds from 1 to ${LONGEST_TIMEOUT}, as 10000`,
  );
}
