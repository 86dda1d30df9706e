import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import getReleasePlan from '@changesets/get-release-plan';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

interface Manifest {
  name: string;
  version: string;
}

const manifests = readdirSync(join(root, 'packages'))
  .map((folder) => join(root, 'packages', folder, 'package.json'))
  .filter((file) => existsSync(file))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')) as Manifest);

// What `changeset status` checks, but without asking git for a branch to compare with.
it('can be made from the changesets: they are well-formed and name packages that exist', async () => {
  const plan = await getReleasePlan(root);
  const known = manifests.map(({ name }) => name);
  expect(plan.changesets.flatMap(({ releases }) => releases.map(({ name }) => name))).toSatisfy(
    (names: string[]) => names.every((name) => known.includes(name)),
  );
});

it('moves every package to one version, or none', async () => {
  // A private example moves along without a release of its own: its type is none.
  const releases = (await getReleasePlan(root)).releases.filter(({ type }) => type !== 'none');
  expect(new Set(manifests.map(({ version }) => version)).size).toBe(1);
  expect(new Set(releases.map(({ newVersion }) => newVersion)).size).toBeLessThanOrEqual(1);
  expect([0, manifests.length]).toContain(releases.length);
});
