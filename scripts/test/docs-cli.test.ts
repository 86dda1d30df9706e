// docs/cli.md, held to what the command does.
import type { AdviceCode } from '@cors/cli';
import { describe, expect, it } from 'vitest';

import { cors } from '../../packages/cli/test/run.js';
import { readText } from './documents.js';

const page = readText('docs/cli.md');

// The compiler holds this list to the type, in both directions.
const adviceCodes: Record<AdviceCode, true> = {
  'max-age-missing': true,
  'max-age-zero': true,
  'origin-covered': true,
  'origin-local': true,
  'method-needs-no-listing': true,
  'methods-any': true,
  'header-needs-no-listing': true,
  'headers-any': true,
  'exposed-needs-no-listing': true,
  'exposed-any': true,
  'flag-unlocks-nothing': true,
  'preflight-continue': true,
};

it('has every code of advice, and no other', () => {
  const rows = Array.from(page.matchAll(/^\| `([a-z-]+)` \|/gm), ([, code]) => code);
  expect(rows).toEqual(Object.keys(adviceCodes));
});

it('has every exit code', () => {
  expect(Array.from(page.matchAll(/^\| (\d) \|/gm), ([, code]) => code)).toEqual([
    '0',
    '1',
    '2',
    '3',
  ]);
});

it('shows what `cors why` prints', async () => {
  const message =
    "Access to fetch at 'https://api.example.com/notes' from origin 'https://app.example.com' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: It does not have HTTP ok status.";
  const { stdout } = await cors(['why', message]);
  expect(page).toContain(`<!-- why: what \`cors why\` prints -->\n\n\`\`\`text\n${stdout}\`\`\`\n`);
});

describe('the options of each sub-command', () => {
  const COMMANDS = ['check', 'why', 'explain', 'lint'];
  const helpOf = async (name: string): Promise<string> => (await cors([name, '--help'])).stdout;

  it.each(COMMANDS)('%s: are on the page', async (name) => {
    const options = Array.from((await helpOf(name)).matchAll(/^ {2}(-\w)?(?:, )?(--[\w-]+)?/gm));
    const named = options.map(([, short, long]) =>
      [short, long].filter((each) => each !== undefined),
    );
    expect(named.length).toBeGreaterThan(1);
    for (const names of named.filter((each) => each.length > 0 && !each.includes('--help'))) {
      expect(
        names.some((each) => new RegExp(`${each}\\b`).test(page)),
        names.join(', '),
      ).toBe(true);
    }
  });

  it('of the page exist', async () => {
    const flags = new Set(page.match(/(?<![\w-])--[a-z][\w-]*/g));
    const all = (await Promise.all(COMMANDS.map(helpOf))).join('\n');
    // Of npm, and of the command as a whole.
    const others = ['--save-dev', '--help'];
    expect([...flags].filter((flag) => !all.includes(flag) && !others.includes(flag))).toEqual([]);
  });
});
