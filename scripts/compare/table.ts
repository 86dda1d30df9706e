/**
 * The answers as a table in Markdown.
 */
import { questions } from './questions.js';
import { ours, peers } from './servers.js';

/** Asks every package every question. */
export async function comparisonTable(): Promise<string> {
  const names = [...peers.map(({ name }) => `\`${name}\``), '`@cors/*`'];
  const rows: string[][] = [];
  for (const { text, ask } of questions) {
    const row = [text];
    for (const peer of peers) row.push((await ask(peer)) ? 'yes' : 'no');
    const answers = await Promise.all(ours.map(ask));
    // One column for all of ours: they must agree.
    row.push(answers.every(Boolean) ? 'yes' : answers.some(Boolean) ? 'in part' : 'no');
    rows.push(row);
  }
  return [
    `| | ${names.join(' | ')} |`,
    `|---|${names.map(() => '---|').join('')}`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}
