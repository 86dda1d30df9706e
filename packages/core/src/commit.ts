/**
 * A decision → the head of a reply. The engine is the one authority over six response fields: what
 * the decision grants is set, the rest of the six is removed, whoever set it, so that exactly one
 * answer leaves. `Vary` is merged. No other field is touched.
 *
 * To be done at the last moment before the head is written, so that nothing set later can undo it.
 *
 * @see https://fetch.spec.whatwg.org/#http-responses
 */
import { allowsCredentials, type CorsResponseField, type Decision, ownField } from './decision.js';
import { isUnexposableHeaderName } from './header-name.js';
import { isToken } from './token.js';
import { fieldText, mergeVary } from './vary.js';

/** How to reach the header fields of a framework's response. Names are passed as the standard writes them. */
export interface ResponseFields<Response> {
  /** The field's value in any form; undefined or null when absent. */
  readonly get: (response: Response, name: string) => unknown;
  readonly set: (response: Response, name: string, value: string) => void;
  readonly remove: (response: Response, name: string) => void;
  /**
   * The names of the fields that are set, in lower case, for frameworks that can tell them at once:
   * then fields that are not there need not be looked up one by one.
   */
  readonly names?: (response: Response) => readonly string[];
}

/** Where the names cannot be told, each field has to be looked for. */
const EVERY_FIELD: readonly string[] = ['access-control-', 'vary'];
const EXPOSE_HEADERS = 'Access-Control-Expose-Headers';

/** The fields that the engine owns: whatever else is on a reply is the application's. */
export const CORS_RESPONSE_FIELDS: readonly CorsResponseField[] = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Max-Age',
  EXPOSE_HEADERS,
];

/**
 * Applies a decision to the header fields of a reply.
 *
 * @param decision - From `Cors.decide`.
 * @param response - The framework's response, passed on to `fields`.
 * @param fields - How to reach its header fields.
 * @returns The name of a field that somebody else had set and that had to give way, or null. A
 * handler's `Access-Control-Expose-Headers` on a granted reply does not: it joins the policy's.
 *
 * @example
 * ```ts
 * import { commitDecision, createCors } from '@cors/core';
 *
 * const cors = createCors({ origin: 'https://app.example.com' });
 * const reply = new Map<string, string>([['Vary', 'Accept']]);
 * const headers = { origin: 'https://app.example.com' };
 * commitDecision(cors.decide({ method: 'GET', headers }), reply, {
 *   get: (map, name) => map.get(name),
 *   set: (map, name, value) => void map.set(name, value),
 *   remove: (map, name) => void map.delete(name),
 * });
 * console.log(reply.get('Vary')); // Accept, Origin
 * ```
 */
export function commitDecision<Response>(
  decision: Decision,
  response: Response,
  fields: ResponseFields<Response>,
): CorsResponseField | null {
  const { headers, vary, reason } = decision;
  const names = fields.names?.(response) ?? EVERY_FIELD;
  let replaced: CorsResponseField | null = null;
  if (reason !== 'no-policy') {
    if (names.some(isCorsField)) {
      replaced = replaceFields(decision, response, fields);
    } else {
      for (const name in headers) {
        // What a polluted `Object.prototype` holds is enumerated as well. (V8 knows the answer to this in a
        // loop, and takes 10 ns for each `Object.hasOwn`.)
        if (!Object.prototype.hasOwnProperty.call(headers, name)) continue;
        const field = name as CorsResponseField;
        fields.set(response, field, headers[field] as string);
      }
    }
  }
  if (vary.length > 0) {
    const existing = names.includes('vary') ? fields.get(response, 'Vary') : undefined;
    const merged = mergeVary(existing, vary);
    if (merged !== null) fields.set(response, 'Vary', merged);
  }
  return replaced;
}

function isCorsField(lowerCaseName: string): boolean {
  return lowerCaseName.startsWith('access-control-');
}

/** Sets what the decision grants and removes the rest of the six, whoever set it. */
function replaceFields<Response>(
  decision: Decision,
  response: Response,
  fields: ResponseFields<Response>,
): CorsResponseField | null {
  let replaced: CorsResponseField | null = null;
  for (const field of CORS_RESPONSE_FIELDS) {
    const existing = fields.get(response, field);
    const present = existing !== undefined && existing !== null;
    let value = ownField(decision.headers, field);
    if (field === EXPOSE_HEADERS) {
      // A handler may expose names of its own (pagination, tus); on a denied reply they just go.
      if (present && decision.allowed) value = exposeAlso(decision, existing);
    } else if (present && existing !== value) {
      replaced ??= field;
    }
    if (value !== undefined) fields.set(response, field, value);
    else if (present) fields.remove(response, field);
  }
  return replaced;
}

/** The policy's exposed names, and the handler's as far as they can have an effect. */
function exposeAlso(decision: Decision, existing: unknown): string | undefined {
  const names = new Map<string, string>();
  const policy = ownField(decision.headers, EXPOSE_HEADERS) ?? '';
  const isCredentialed = allowsCredentials(decision.headers);
  for (const member of `${policy},${fieldText(existing)}`.split(',')) {
    const name = member.trim();
    // With credentials `*` names a header called `*`.
    if (!isToken(name) || isUnexposableHeaderName(name) || (name === '*' && isCredentialed))
      continue;
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return names.size === 0 ? undefined : [...names.values()].join(',');
}
