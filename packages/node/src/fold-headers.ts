/**
 * Headers given to `writeHead`, folded into those that were set before, as Node itself would: given
 * ones replace set ones, and repeats among the given ones all leave.
 *
 * Node cannot be left to do it once a header was set: a flat list with two `Set-Cookie` then loses
 * one, and pairs throw. The caller's object is only read, since two replies may share it.
 *
 * @see https://nodejs.org/api/http.html#responsewriteheadstatuscode-statusmessage-headers
 */
import type { OutgoingHttpHeaders } from 'node:http';
import type { NodeResponse } from './commit-on-head.js';

/** A field's value in any of the forms that Node takes. */
type FieldValue = number | string | readonly string[];

/**
 * Sets the given headers on the response.
 *
 * @param headers - An object, a flat list of names and values, a list of pairs, or nothing.
 * @returns False for a list that Node refuses: the caller leaves the refusal to Node.
 */
export function foldHeaders(response: NodeResponse, headers: unknown): boolean {
  if (headers === undefined || headers === null) return true;
  if (!Array.isArray(headers)) {
    for (const [name, value] of Object.entries(headers as OutgoingHttpHeaders)) {
      if (name !== '') response.setHeader(name, value as FieldValue);
    }
    return true;
  }
  const pairs = Array.isArray(headers[0]) ? (headers as [string, FieldValue][]) : pairsOf(headers);
  if (pairs === null) return false;
  const grouped = new Map<string, { readonly name: string; readonly values: FieldValue[] }>();
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    const values = Array.isArray(value) ? (value as FieldValue[]) : [value];
    const group = grouped.get(key);
    if (group === undefined) grouped.set(key, { name, values: [...values] });
    else group.values.push(...values);
  }
  for (const { name, values } of grouped.values()) {
    response.setHeader(name, (values.length === 1 ? values[0] : values) as FieldValue);
  }
  return true;
}

/** A flat list as pairs; null when a value is missing. */
function pairsOf(list: readonly unknown[]): [string, FieldValue][] | null {
  if (list.length % 2 !== 0) return null;
  const pairs: [string, FieldValue][] = [];
  for (let index = 0; index < list.length; index += 2) {
    pairs.push([list[index] as string, list[index + 1] as FieldValue]);
  }
  return pairs;
}
