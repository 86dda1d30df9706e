import { execFile } from 'node:child_process';
import process from 'node:process';
import { promisify } from 'node:util';

import { beforeAll, describe, expect, it } from 'vitest';

import { readMarkdown, readText, root } from './documents.js';

const shown = readMarkdown(readText('docs/handshake.md'))
  .fences.filter(({ language }) => language === 'http')
  .map(({ code }) => code);

/** Each exchange that the command prints, without the scenes' titles. */
let printed: readonly string[];
beforeAll(async () => {
  const script = ['--conditions=@cors/source', '--import', 'tsx', 'scripts/handshake/main.ts'];
  const { stdout } = await promisify(execFile)(process.execPath, script, { cwd: root });
  printed = stdout.split(/^# .*$/m).flatMap((scene) => {
    const exchanges = scene.trim();
    return exchanges === '' ? [] : exchanges.split('\n\n');
  });
}, 60_000);

describe('the exchanges of the page', () => {
  it('are those that `pnpm handshake` prints, in its order', () => {
    expect(printed).toHaveLength(10);
    expect(shown).toEqual(printed);
  });

  it('are whole: request, reply, and what the browser makes of it', () => {
    for (const text of shown) {
      expect(text).toMatch(/^> Origin: /m);
      expect(text).toMatch(/^< HTTP\/1\.1 \d{3} /m);
      expect(text).toMatch(/^The browser: .*\.$/m);
      expect(text).not.toMatch(/^< (?:Date|Connection|Keep-Alive):/im);
    }
  });
});
