/** What each package may weigh, in bytes, minified and compressed by gzip. `pnpm bench size` measures it. */

export interface Budget {
  /** The package's own code. */
  readonly alone: number;
  /** With all that it depends on, but for the framework. */
  readonly withDependencies: number;
  /** Why it is so much. */
  readonly reason: string;
}

/** The list of public suffixes in `tldts` is 48 kB of whatever includes it. */
export const BUDGETS: Readonly<Record<string, Budget>> = {
  core: {
    alone: 19_500,
    withDependencies: 68_000,
    reason:
      'most of its own code tells what is wrong with options and how to put it right; 2.3 kB are the ancestors of public suffixes; `tldts` is the list of them',
  },
  node: {
    alone: 2_000,
    withDependencies: 68_000,
    reason: 'an adapter is thin; the rest is the core',
  },
  express: {
    alone: 2_000,
    withDependencies: 68_000,
    reason: 'an adapter is thin; the rest is the core',
  },
  koa: {
    alone: 2_000,
    withDependencies: 68_000,
    reason: 'an adapter is thin; the rest is the core',
  },
  fetch: {
    alone: 2_000,
    withDependencies: 68_000,
    reason: 'an adapter is thin; the rest is the core',
  },
  hono: {
    alone: 2_000,
    withDependencies: 68_000,
    reason: 'an adapter is thin; the rest is the core',
  },
  h3: {
    alone: 2_000,
    withDependencies: 70_000,
    reason: 'an adapter is thin; the rest is the core',
  },
  fastify: {
    alone: 2_000,
    withDependencies: 88_000,
    reason: '`find-my-way`, which tells what route a preflight announces, is 19 kB beside the core',
  },
  browser: {
    alone: 25_000,
    withDependencies: 76_000,
    reason:
      'the whole fetch and the words of each verdict; two thirds of all are `tldts`, which `redirectTaint` needs',
  },
  cli: {
    alone: 14_000,
    withDependencies: 125_000,
    reason:
      "a command: a parser of JavaScript and a loader of TypeScript, to read the options of others; it runs on the developer's machine",
  },
  conformance: {
    alone: 65_000,
    withDependencies: 87_000,
    reason: 'the audits as data, of the suite and of a probe; a tool for tests',
  },
};
