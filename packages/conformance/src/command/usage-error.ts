/** Raised where the command line asks for what cannot be done. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}
