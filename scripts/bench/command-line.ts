/** What was asked for. */
import { parseArgs } from 'node:util';
import { type Part, PARTS } from './group.js';

export const USAGE = `pnpm bench [part…] [--only=WORD] [--processes=9] [--json=FILE] [--write] [--guard]

  part         ${PARTS.join(', ')}; all of them when none is named
  --only       only what has this word in its name, as: pnpm bench adapters --only=koa
  --processes  samples of each kind; fewer are for a quick look
  --json       where the results are kept, and completed
  --write      docs/performance.md, from the results
  --guard      compare with the results that are kept, and fail where something grew: as CI does`;

export interface Asked {
  readonly parts: readonly Part[];
  readonly only: string;
  readonly processes: number;
  readonly json: string;
  readonly isWrite: boolean;
  readonly isGuard: boolean;
}

/** @throws an `Error` for what is no part, no flag or no number. */
export function readCommandLine(parameters: readonly string[], json: string): Asked {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: {
      only: { type: 'string', default: '' },
      processes: { type: 'string', default: '9' },
      json: { type: 'string', default: json },
      write: { type: 'boolean', default: false },
      guard: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.find((part) => !(PARTS as readonly string[]).includes(part));
  if (unknown !== undefined) throw new Error(`There is no part ${unknown}.\n\n${USAGE}`);
  const processes = Number(values.processes);
  if (!Number.isInteger(processes) || processes < 1) {
    throw new Error(`--processes=${values.processes} is no number of processes.\n\n${USAGE}`);
  }
  return {
    parts: positionals.length === 0 ? PARTS : (positionals as Part[]),
    only: values.only,
    processes,
    json: values.json,
    isWrite: values.write,
    isGuard: values.guard,
  };
}
