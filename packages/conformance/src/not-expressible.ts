/**
 * What a library has no way to say: the target was asked for a policy that cannot be written down for
 * it. That is no failure of the server, and no pass either; it is counted apart.
 */

/**
 * A target's `start` (or `reconfigure`) rejects with it where its library cannot express the policy. The
 * message is one sentence that names the option.
 */
export class NotExpressibleError extends Error {
  override readonly name: string = 'NotExpressibleError';
  /** How it is recognised: another copy of this package has another class. */
  readonly code = 'ERR_NOT_EXPRESSIBLE';
}

/** Whether an error says that a policy cannot be expressed. */
export function isNotExpressible(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ERR_NOT_EXPRESSIBLE';
}
