/**
 * The command line: sub-commands, their options, their help.
 */
import { PROFILES, type ProfileName } from '@cors/browser';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';

import { check, type CheckFlags } from './check.js';
import { type ExitCode } from './exit-code.js';
import { explain, type ExplainFlags } from './explain.js';
import { PEERS } from '../peer.js';
import { lint, type LintFlags } from './lint.js';
import { why, type WhyFlags } from './why.js';

/** Reads what was piped into the command. */
export type ReadInput = () => Promise<string>;

/** The command line; `done` gets the exit code of the sub-command that ran. */
export function program(
  version: string,
  readInput: ReadInput,
  done: (code: ExitCode) => void,
): Command {
  const command = new Command('cors')
    .description(
      'Why a browser blocks a request, what to change, and what is wrong with CORS options.',
    )
    .version(version, '-V, --version', 'print the version')
    .showHelpAfterError('(cors --help has examples)')
    .exitOverride()
    .addHelpText('after', EXAMPLES);
  command.addCommand(checkCommand(done));
  command.addCommand(whyCommand(readInput, done));
  command.addCommand(explainCommand(done));
  command.addCommand(lintCommand(done));
  return command;
}

const EXAMPLES = `
Examples:
  $ cors check https://api.example.com/notes --origin https://app.example.com
  $ cors check https://api.example.com/notes --origin https://app.example.com \\
      -X PUT -H 'Content-Type: application/json' --credentials
  $ pbpaste | cors why
  $ cors explain cors-options.ts --origin https://app.example.com -X PUT
  $ cors lint cors-options.json

Exit codes: 0 allowed, 1 blocked, 2 wrong usage or nothing to judge, 3 the server could not be reached.`;

function checkCommand(done: (code: ExitCode) => void): Command {
  return requestOptions(subcommand('check'))
    .description(
      'Ask a server what a browser would ask it, for a page of an origin. What may change something (any method but GET, HEAD and OPTIONS) is preflighted only.',
    )
    .argument('[url]', 'what the page asks for')
    .option('--send', 'send requests that may change something, too')
    .addOption(timeoutOption())
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ cors check https://api.example.com/notes --origin https://app.example.com
  $ cors check http://localhost:3000/notes --origin http://localhost:5173 -X DELETE
  $ cors check --curl "$(pbpaste)"
  $ cors check --fetch 'fetch("https://api.example.com/notes", { method: "PUT" })' \\
      --origin https://app.example.com --browser firefox`,
    )
    .action(async (url: string | undefined, flags: CheckFlags) => done(await check(url, flags)));
}

function whyCommand(readInput: ReadInput, done: (code: ExitCode) => void): Command {
  return subcommand('why')
    .description('Explain a line of the console of Chromium, Firefox or Safari.')
    .argument('[message...]', 'the line; read from the standard input when absent')
    .option('--origin <origin>', 'the page’s, where the line does not name it (Firefox)')
    .option('--live', 'ask the server for it once more')
    .option('-X, --method <method>', 'with --live: the method of the request')
    .option('-H, --header <line>', 'with --live: a header that the script sets', collect, [])
    .option('--credentials', 'with --live: the request is made with credentials')
    .addOption(timeoutOption())
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ cors why          (then paste the line, and end with Ctrl+D)
  $ pbpaste | cors why --live
  $ cors why "Access to fetch at 'https://api.example.com/' from origin 'https://app.example.com' has been blocked by CORS policy: …"`,
    )
    .action(async (words: readonly string[], flags: WhyFlags) => {
      const text = words.length === 0 ? await readInput() : words.join(' ');
      done(await why(text, flags));
    });
}

function explainCommand(done: (code: ExitCode) => void): Command {
  return requestOptions(subcommand('explain'))
    .description(
      'Say what options decide about a page’s request, and what a browser concludes. Nothing is sent.',
    )
    .argument('<file>', 'options: JSON, or JavaScript or TypeScript that exports them')
    .option('--url <url>', 'what the page asks for', 'https://api.example.com/')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ cors explain cors-options.json --origin https://app.example.com
  $ cors explain src/cors-options.ts --origin https://app.example.com -X PUT \\
      -H 'Content-Type: application/json' --credentials`,
    )
    .action(async (file: string, flags: ExplainFlags) => done(await explain(file, flags)));
}

function lintCommand(done: (code: ExitCode) => void): Command {
  return subcommand('lint')
    .description(
      'Say what is wrong with options, and what could be better. A script is run to read them.',
    )
    .argument('<file>', 'options: JSON, or JavaScript or TypeScript that exports them')
    .addOption(
      new Option('--from <package>', 'convert the options of another package').choices(
        Object.keys(PEERS),
      ),
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ cors lint cors-options.json
  $ cors lint src/cors-options.ts --json
  $ cors lint before.js --from @koa/cors

The file exports the options by default, or as corsOptions.`,
    )
    .action(async (file: string, flags: LintFlags) => done(await lint(file, flags)));
}

function subcommand(name: string): Command {
  return new Command(name).exitOverride().showHelpAfterError(`(cors ${name} --help has examples)`);
}

/** What says which request is meant. */
function requestOptions(command: Command): Command {
  return command
    .option('--origin <origin>', 'the page’s, as https://app.example.com; or null')
    .option('-X, --method <method>', 'the method; GET when absent, POST with --data')
    .option('-H, --header <line>', "a header that the script sets, as 'Name: value'", collect, [])
    .option('-d, --data <body>', 'the body')
    .option('--credentials', "as with credentials: 'include'")
    .option('--curl <command>', 'the request, as Copy as cURL has it')
    .option('--fetch <call>', 'the request, as Copy as fetch has it, or as it stands in the script')
    .addOption(
      new Option('--browser <name>', 'the browser that is played')
        .choices(Object.keys(PROFILES))
        .default('chromium' satisfies ProfileName),
    );
}

function timeoutOption(): Option {
  return new Option('--timeout <seconds>', 'how long a reply may take')
    .default(10)
    .argParser((text) => {
      const seconds = Number(text);
      if (seconds > 0 && seconds <= 600) return seconds;
      throw new InvalidArgumentError('It must be seconds, more than 0 and at most 600.');
    });
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** Whether commander has printed all that there is to say. */
export function isTold(error: unknown): error is CommanderError {
  return error instanceof CommanderError;
}
