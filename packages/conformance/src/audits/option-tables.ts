/**
 * Builders of tables of options.
 */

/** Each pattern alone, with credentials. */
export function withCredentials(...patterns: readonly string[]): readonly unknown[] {
  return patterns.map((pattern) => ({ origin: [pattern], credentials: true }));
}

/** An origin that is right, with each value of one option. */
export function withOption(name: string, ...values: readonly unknown[]): readonly unknown[] {
  return values.map((value) => ({ origin: ['https://a.example'], [name]: value }));
}
