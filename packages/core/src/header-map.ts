/**
 * Request headers, read: from a plain map in any case, from one whose names are already lower-case,
 * or from a `Headers`.
 *
 * A field that should have one value and has several (two keys that differ in case, a list of
 * values) is malformed, which is not the same as absent: it denies where absence would not.
 */

/** A plain header map, as Node's `request.headers`. */
export type HeaderMap = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The part of the standard `Headers` that is used. */
export interface HeadersLike {
  get(name: string): string | null;
}

/** A field's value: undefined when absent, null when malformed. */
export type FieldValue = string | null | undefined;

/** Reads a field by its lower-case name. */
export type FieldReader = (headers: unknown, name: string) => FieldValue;

/** Picks the reader that fits; whatever cannot hold headers has none. */
export function fieldReaderFor(headers: unknown): FieldReader {
  if (typeof headers !== 'object' || headers === null) return readNothing;
  // A map may hold a header called `get`, but not a function.
  return typeof (headers as { get?: unknown }).get === 'function' ? readHeaders : readAnyCase;
}

/** For maps whose names are known to be lower-case. */
export const readLowerCase: FieldReader = (headers, name) =>
  singleValue((headers as Record<string, unknown>)[name]);

const readAnyCase: FieldReader = (headers, name) => {
  let found: unknown;
  for (const key of Object.keys(headers as object)) {
    if (key.length !== name.length || key.toLowerCase() !== name) continue;
    const value = (headers as Record<string, unknown>)[key];
    if (value === undefined || value === null) continue;
    if (found !== undefined) return null;
    found = value;
  }
  return singleValue(found);
};

const readHeaders: FieldReader = (headers, name) => {
  // A pseudo-header of HTTP/2 is no name to a `Headers`: asking for it throws.
  if (name.startsWith(':')) return undefined;
  const value: unknown = (headers as HeadersLike).get(name);
  return value === null ? undefined : singleValue(value);
};

const readNothing: FieldReader = () => undefined;

/** A field's one value. */
export function singleValue(value: unknown): FieldValue {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.length === 1 && typeof value[0] === 'string') return value[0];
  return null;
}
