/**
 * Runs of tests, one after another over sources that change: vitest is started once, and each run
 * takes up what has changed.
 */
import { basename } from 'node:path';
import { inspect } from 'node:util';
import {
  createVitest,
  type Reporter,
  type TestCase,
  type TestModule,
  type TestSpecification,
  type Vitest,
} from 'vitest/node';

const TIMEOUT_MS = 300_000;

/** What fails in a run: vitest's own result still has the failures of earlier ones, where this one broke off. */
class Failures implements Reporter {
  readonly names: string[] = [];

  onTestCaseResult(test: TestCase): void {
    if (test.result().state === 'failed') this.names.push(test.fullName);
  }

  onTestModuleEnd(module: TestModule): void {
    // A file that could not be loaded.
    for (const { message } of module.errors()) this.names.push(message);
  }
}

/** Some test files, to be run many times. */
export class TestRuns {
  readonly #vitest: Vitest;
  /** The package's own, then those that take longer. */
  readonly #stages: readonly TestSpecification[][];
  readonly #failures: Failures;

  private constructor(vitest: Vitest, stages: readonly TestSpecification[][], failures: Failures) {
    this.#vitest = vitest;
    this.#stages = stages;
    this.#failures = failures;
  }

  /**
   * Finds the test files.
   *
   * @param root - Of the repository.
   * @param project - Of vitest: each package is one.
   * @param isWarm - Whether one thread runs all files, which is fast, and in which they share modules.
   * @param more - Files of the scripts, by a part of their paths, for what the package's do not notice.
   */
  static async open(
    root: string,
    project: string,
    isWarm: boolean,
    more: readonly string[],
  ): Promise<TestRuns> {
    const failures = new Failures();
    const vitest = await createVitest(
      'test',
      {
        root,
        config: 'vitest.workspace.ts',
        project: more.length === 0 ? [project] : [project, 'scripts'],
        reporters: [failures],
        // One failing test is enough to know.
        bail: 1,
        // A thread starts faster than a process.
        ...(isWarm ? { isolate: false, pool: 'threads', maxWorkers: 1 } : {}),
        watch: true,
      },
      // Who changes a file says so.
      { server: { watch: null } },
    );
    await vitest.standalone();
    const files = await vitest.globTestSpecifications([`packages/${project}/test/`, ...more]);
    // The tests of types do not run what they are about.
    const run = files.filter(({ pool }) => pool !== 'typescript');
    const isOwn = (file: TestSpecification): boolean => file.project.name === project;
    const stages = [run.filter(isOwn), run.filter((file) => !isOwn(file))];
    return new TestRuns(vitest, stages, failures);
  }

  /**
   * The tests that fail, by their full names; of several, those up to the first.
   *
   * @param source - What has changed: a test that is named like it comes first.
   */
  async failing(source = ''): Promise<readonly string[]> {
    const isNear = ({ moduleId }: TestSpecification): boolean =>
      basename(source, '.ts').includes(basename(moduleId, '.test.ts'));
    const stages = [
      this.#stages.flat().filter(isNear),
      ...this.#stages.map((files) => files.filter((file) => !isNear(file))),
    ];
    for (const files of stages) {
      const failing = files.length === 0 ? [] : await this.#failingOf(files);
      if (failing.length > 0) return failing;
    }
    return [];
  }

  async #failingOf(files: TestSpecification[]): Promise<readonly string[]> {
    this.#failures.names.length = 0;
    const { unhandledErrors } = await withinTime(this.#vitest.runTestSpecifications(files));
    return [...this.#failures.names, ...unhandledErrors.map(nameOf)];
  }

  /** Tells that a source has changed. */
  changed(path: string): void {
    this.#vitest.invalidateFile(path);
  }

  async close(): Promise<void> {
    await this.#vitest.close();
  }
}

/** A source that runs in circles stops its tests from ending. */
async function withinTime<Result>(run: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The tests do not end.')), TIMEOUT_MS);
  });
  try {
    return await Promise.race([run, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** What was thrown may be anything, of which not all can be a text. */
function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? String(thrown) : inspect(thrown);
}
