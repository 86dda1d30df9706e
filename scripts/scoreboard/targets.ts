/**
 * The targets of the scoreboard: the folders of packages/conformance/targets, and this project's own
 * adapters.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../test/documents.js';
import { OWN_TARGETS } from './own-targets.js';

/** What a target's `target.json` says of it. */
export interface TargetDescription {
  /** The name of its folder; for our own, of the package. */
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly documentation: string;
  /** Commands that must be there. */
  readonly toolchain: readonly string[];
  /** A command that is run once, in its folder. */
  readonly build?: string;
  /** A command that takes part by the documented contract, run in its folder. */
  readonly exec?: string;
  /** A module with a `Target` as its default export, in its folder. */
  readonly module?: string;
  readonly isOurs: boolean;
}

const FOLDER = join(root, 'packages/conformance/targets');

/** Where a target lives. */
export function folderOf({ id }: Pick<TargetDescription, 'id'>): string {
  return join(FOLDER, id);
}

/** All of them, others' first. */
export function targetDescriptions(): readonly TargetDescription[] {
  const folders = readdirSync(FOLDER).filter((id) => existsSync(join(FOLDER, id, 'target.json')));
  return [
    ...[...folders].sort().map((id): TargetDescription => {
      const text = readFileSync(join(FOLDER, id, 'target.json'), 'utf8');
      const described = JSON.parse(text) as Partial<TargetDescription>;
      const { name = id, language = '', documentation = '', toolchain = [] } = described;
      return { ...described, id, name, language, documentation, toolchain, isOurs: false };
    }),
    ...Object.keys(OWN_TARGETS).map(
      (id): TargetDescription => ({
        id,
        name: id,
        language: 'JavaScript',
        documentation: `https://www.npmjs.com/package/${id}`,
        toolchain: ['node'],
        isOurs: true,
      }),
    ),
  ];
}
