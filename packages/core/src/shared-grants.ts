/**
 * What is granted to one origin is the same for each of its requests: it is decided once, and shared. To make
 * a decision, and to freeze it, takes as long as to find the origin among those that are listed.
 *
 * Kept is what was decided of exact origins alone, so that nobody fills the memory with names that a
 * pattern matches; and of the first of them that a server meets, not of each in a list of a million.
 */
import { type Decision, type DecisionReason, grant } from './decision.js';
import { actualHeaders, type GrantedFields, preflightHeaders } from './granted-headers.js';
import { MAX_ORIGIN_LENGTH } from './serialized-origin.js';

/** At half a kilobyte each. */
const MOST_KEPT = 10_000;

/** All that can be decided of an origin that is granted. */
export interface Grants {
  readonly actual: Decision;
  /** Null where it depends on what is announced. */
  readonly preflight: Decision | null;
}

/** The grants of a policy, by origin. Filled as they are met. */
export interface SharedGrants {
  readonly find: (origin: string) => Grants | undefined;
  /** Makes and keeps those of an exact origin, as long as there is room. */
  readonly keep: (origin: string) => void;
}

/** @param make - Makes the grants of an origin. */
export function shareGrants(make: (origin: string) => Grants): SharedGrants {
  const kept = new Map<string, Grants>();
  return Object.freeze({
    find: (origin: string) =>
      // An empty map, too, would first have the string hashed.
      kept.size > 0 && origin.length <= MAX_ORIGIN_LENGTH ? kept.get(origin) : undefined,
    keep: (origin: string) => {
      if (kept.size >= MOST_KEPT) return;
      // A string of its own: one that was cut from a block of headers would keep all of that alive.
      const own = Array.from(origin).join('');
      kept.set(own, make(own));
    },
  });
}

/**
 * Makes all that can be decided of a granted origin.
 *
 * @param preflightStatus - What answers a preflight; null leaves that to the application.
 * @param echoes - Whether a preflight is granted what it announces.
 */
export function grantsOf(
  origin: string,
  reason: DecisionReason,
  fields: GrantedFields,
  vary: readonly string[],
  preflightStatus: number | null,
  echoes: boolean,
): Grants {
  const { methods, allowedHeaders } = fields;
  const headers = preflightHeaders(origin, fields, methods, allowedHeaders);
  return Object.freeze({
    actual: grant('actual', reason, actualHeaders(origin, fields), vary, null),
    preflight: echoes ? null : grant('preflight', reason, headers, vary, preflightStatus),
  });
}
