/**
 * The failure of an audit: the server answered, and the answer is wrong.
 */
import type { WireRequest, WireResponse } from './audit.js';

/** Raised where a demand is not met. */
export class AuditFailure extends Error {
  override readonly name: string = 'AuditFailure';
  /** What is not as it should be, in sentences. */
  readonly problems: readonly string[];
  /** The exchange that shows it. */
  readonly exchange: { readonly request: WireRequest; readonly response: WireResponse } | undefined;

  constructor(
    problems: readonly string[],
    exchange?: { readonly request: WireRequest; readonly response: WireResponse },
  ) {
    super(problems.join('; '));
    this.problems = problems;
    this.exchange = exchange;
  }
}
