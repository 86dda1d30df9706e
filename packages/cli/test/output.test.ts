import { describe, expect, it } from 'vitest';

import { isColoured, line, rendered } from '../src/command/output.js';

describe('colours', () => {
  it.each([
    ['on a terminal', true, {}, true],
    ['in a pipe or a file', undefined, {}, false],
    ['on a terminal, under NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['on a terminal, under an empty NO_COLOR', true, { NO_COLOR: '' }, true],
    ['on a terminal that has none', true, { TERM: 'dumb' }, false],
    ['in a pipe, whatever is asked for', undefined, { FORCE_COLOR: '1' }, false],
  ])('%s', (_, isTTY, environment, expected) => {
    expect(isColoured({ isTTY }, environment)).toBe(expected);
  });

  it('mark a line, and what stands in it cannot', () => {
    const lines = [line('a \u001b[32mb', 'red'), line('c')];
    expect(rendered(lines, true)).toBe('\u001b[31ma \\x1b[32mb\u001b[39m\nc\n');
    expect(rendered(lines, false)).toBe('a \\x1b[32mb\nc\n');
  });
});
