/**
 * Headers given to `writeHead`, folded into those that were set before, as Node itself would: given
 * ones replace set ones. Repeats in a list all leave; in an object, with its names in several cases, they do
 * where nothing was set before, and else the last one does.
 *
 * Node cannot be left to do it once a header was set: a flat list with two `Set-Cookie` then loses
 * one, and pairs throw. The caller's object is only read, since two replies may share it.
 *
 * @see https://nodejs.org/api/http.html#responsewriteheadstatuscode-statusmessage-headers
 */
import type { NodeResponse } from './commitment.js';

/** A field's value in any of the forms that Node takes. */
type FieldValue = number | string | readonly string[];

/** The values that fields had before, by name; undefined for a field that was not set. */
export type FieldsBefore = Map<string, FieldValue | undefined>;

/**
 * Sets the given headers on the response.
 *
 * @param headers - An object, a flat list of names and values, a list of pairs, or nothing.
 * @param before - Filled with what the fields were, also when a header is refused half-way.
 * @returns False for a list that Node refuses: the caller leaves the refusal to Node.
 */
export function foldHeaders(
  response: NodeResponse,
  headers: unknown,
  before: FieldsBefore,
): boolean {
  if (headers === undefined || headers === null) return true;
  const pairs = pairsOf(headers);
  if (pairs === null) return false;
  // HTTP/2 has one spelling of a name, and always takes the last of two in an object.
  const mayRepeat =
    Array.isArray(headers) || !('stream' in response || response.getHeaderNames().length > 0);
  const grouped = new Map<string, { readonly name: string; values: readonly FieldValue[] }>();
  for (const [name, value] of pairs) {
    // As one of several it would be sent as text: Node does not look into a list.
    if ((value as unknown) === undefined) response.setHeader(name, value);
    const key = name.toLowerCase();
    const values = Array.isArray(value) ? (value as readonly FieldValue[]) : [value];
    const group = grouped.get(key);
    if (group === undefined) grouped.set(key, { name, values });
    else group.values = mayRepeat ? [...group.values, ...values] : values;
  }
  for (const { name, values } of grouped.values()) {
    before.set(name, response.getHeader(name));
    response.setHeader(name, (values.length === 1 ? values[0] : values) as FieldValue);
  }
  return true;
}

/**
 * Puts back what `foldHeaders` replaced. For a `writeHead` that threw: the error's reply must not
 * carry the length of the reply that failed, nor its cookies.
 */
export function restoreFields(response: NodeResponse, before: FieldsBefore): void {
  if (response.headersSent) return;
  for (const [name, value] of before) {
    if (value === undefined) response.removeHeader(name);
    else response.setHeader(name, value);
  }
}

/** Given headers as pairs; null for a list that Node refuses. */
function pairsOf(headers: unknown): (readonly [string, FieldValue])[] | null {
  if (!Array.isArray(headers)) {
    return Object.entries(headers as Record<string, FieldValue>).filter(([name]) => name !== '');
  }
  if (Array.isArray(headers[0])) {
    return (headers as [unknown, FieldValue][]).map(([name, value]) => [String(name), value]);
  }
  return pairsOfFlatList(headers);
}

/** A flat list as pairs; null when a value is missing. */
function pairsOfFlatList(list: readonly unknown[]): [string, FieldValue][] | null {
  if (list.length % 2 !== 0) return null;
  const pairs: [string, FieldValue][] = [];
  for (let index = 0; index < list.length; index += 2) {
    pairs.push([String(list[index]), list[index + 1] as FieldValue]);
  }
  return pairs;
}
