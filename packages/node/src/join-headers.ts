/**
 * Headers given to `writeHead` where no others were set: the decision's go with them, in one list, as
 * Node takes it. To set each of them first, as `fold-headers.ts` does, takes ten times as long, and
 * Fastify sends every reply on this way. (A list, since a copy of the object takes 2.6 µs: V8 makes a
 * slow object of one with so many long names.)
 *
 * @see https://nodejs.org/api/http.html#responsewriteheadstatuscode-statusmessage-headers
 */
import { type Decision, mergeVary } from '@cors/core';
import type { NodeResponse } from './commitment.js';

/** A field that the decision has a say in. */
const OWN_FIELD = /^(?:access-control-.*|vary)$/i;

/**
 * The headers to give to `writeHead` in place of the given ones, which are only read: two replies may
 * share them. Null where there is more to it: fields were set before, or the given ones hold some that
 * must give way or be merged; lists.
 */
export function joinHeaders(
  response: NodeResponse,
  given: unknown,
  { headers, vary }: Decision,
): unknown[] | null {
  if (Array.isArray(given)) return null;
  if (response.getHeaderNames().length > 0) return null;
  const joined: unknown[] = [];
  for (const name of Object.keys(given as object)) {
    if (mayBeOwn(name) && OWN_FIELD.test(name)) return null;
    joined.push(name, (given as Readonly<Record<string, unknown>>)[name]);
  }
  for (const name in headers) {
    // As `commitDecision` does, and for the same reason in these words.
    if (!Object.prototype.hasOwnProperty.call(headers, name)) continue;
    joined.push(name, headers[name as keyof typeof headers]);
  }
  if (vary.length > 0) joined.push('Vary', mergeVary(undefined, vary));
  return joined;
}

/** By its first letter: the expression takes 30 ns, for each name of each reply. */
function mayBeOwn(name: string): boolean {
  const letter = name.charCodeAt(0) | 0x20;
  return letter === 0x61 || letter === 0x76;
}
