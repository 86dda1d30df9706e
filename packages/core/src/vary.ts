/**
 * `Vary`, merged: whatever stands there stays.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5
 */

/**
 * The value that `Vary` must have so that it holds the names too.
 *
 * @param existing - What the reply has: a value, several lines, or nothing.
 * @param names - Field names to merge in.
 * @returns The new value, or null when the one that stands there will do: it holds the names, or `*`.
 *
 * @example
 * ```ts
 * import { mergeVary } from '@cors/core';
 *
 * mergeVary('Accept-Encoding', ['Origin']); // 'Accept-Encoding, Origin'
 * mergeVary('*', ['Origin']); // null
 * ```
 */
export function mergeVary(existing: unknown, names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const value = fieldText(existing);
  if (value === '') return names.length === 1 ? (names[0] as string) : names.join(', ');
  const present = new Set(value.split(',').map((name) => name.trim().toLowerCase()));
  if (present.has('*')) return null;
  const missing = names.filter((name) => !present.has(name.toLowerCase()));
  return missing.length === 0 ? null : `${value}, ${missing.join(', ')}`;
}

/** A field's lines as one value; `''` when absent. Frameworks hold strings, numbers or lists. */
export function fieldText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return Array.isArray(value) ? value.map(fieldText).join(', ') : '';
}
