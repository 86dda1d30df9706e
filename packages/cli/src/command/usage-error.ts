/**
 * What is wrong with how the command was called: told in two sentences, without a stack.
 */

/** Thrown where the command was not given what it needs. */
export class UsageError extends Error {
  /** What to write instead. */
  readonly fix: string;

  constructor(problem: string, fix: string) {
    super(problem);
    this.name = 'UsageError';
    this.fix = fix;
  }
}
