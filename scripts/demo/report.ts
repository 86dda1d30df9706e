/**
 * What the demo prints: exchanges as they went over the wire, and one table of all frameworks.
 */
import process from 'node:process';
import { getHeaderValue } from '@cors/browser';
import type { Answer } from './answers.js';
import type { Played } from './browser.js';

/** Prints a line. */
export function print(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** Prints an exchange, what the engine decided and why, and what the browser concludes. */
export function printAnswer({ played, explanation, wrong }: Answer): void {
  printExchange(played);
  if (explanation !== undefined) {
    const { code, sentence, fix } = explanation;
    print(`   Engine:  ${sentence} [${code}]`);
    if (fix !== '') print(`            ${fix}`);
  }
  print(`   Browser: ${played.conclusion}`);
  for (const each of wrong) print(`   WRONG:   ${each}.`);
  print(wrong.length === 0 ? '   Right.\n' : '');
}

function printExchange({ request, response, because }: Played): void {
  if (because.length > 0) print(`   The browser asks first, because of ${because.join(' and ')}.`);
  print(`\n   > ${request.method} ${request.path} HTTP/1.1`);
  for (const [name, value] of request.headers) print(`   > ${name}: ${value}`);
  if (request.body !== undefined) print(`   >\n   > ${request.body}`);
  print();
  print(`   < HTTP/1.1 ${String(response.status)} ${response.reason}`);
  for (const [name, value] of response.headers) print(`   < ${name}: ${value}`);
  if (response.body !== '') print(`   <\n   < ${response.body}`);
  print();
}

/** A framework's answers, in the order of the requests. */
export interface Column {
  readonly framework: string;
  readonly answers: readonly Answer[];
}

/** Prints one row for each request, with each framework's answer to it. */
export function printTable(columns: readonly Column[]): void {
  const requests = columns[0]?.answers.map(({ played }) => requestOf(played)) ?? [];
  const rows = requests.map((request, index) => [
    request,
    ...columns.map(({ answers }) => answerOf(answers[index])),
  ]);
  const table = [['', ...columns.map(({ framework }) => framework)], ...rows];
  const widths = table[0]?.map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of table) {
    const cells = row.map((cell, column) => cell.padEnd(widths?.[column] ?? 0));
    print(`   ${cells.join('  ').trimEnd()}`);
  }
  print();
}

/** As `PUT from app.example.com`, or `preflight for PUT from …`. */
function requestOf({ request: { method, headers } }: Played): string {
  const announced = getHeaderValue('Access-Control-Request-Method', headers);
  const origin = getHeaderValue('Origin', headers)?.replace('https://', '') ?? 'nobody';
  return `${announced === null ? method : `preflight for ${announced}`} from ${origin}`;
}

/** As `204 granted, passes`. */
function answerOf(answer: Answer | undefined): string {
  if (answer === undefined) return 'no answer';
  const { status, headers } = answer.played.response;
  const granted = getHeaderValue('Access-Control-Allow-Origin', headers) !== null;
  const mark = answer.wrong.length === 0 ? '' : ' WRONG';
  return `${String(status)} ${granted ? 'granted' : 'no grant'}, ${answer.played.passed ? 'passes' : 'blocked'}${mark}`;
}
