// Two replies to one request → where they differ, and in which situation.
import type { Probe, Reply } from './probes.js';

/** What our policy makes of the request. */
type Situation =
  | 'plain-options'
  | 'preflight-granted'
  | 'preflight-denied'
  | 'no-origin'
  | 'actual-granted'
  | 'actual-denied';

/** One thing in which two replies differ. */
export interface Difference {
  readonly probe: Probe;
  readonly situation: Situation;
  /** `status`, `handled`, `body`, or a field's name in lower case. */
  readonly what: string;
  /** As text; `''` for a field that is absent. */
  readonly theirs: string;
  readonly ours: string;
  /** The whole replies, for what only both tell. */
  readonly replies: { readonly theirs: Reply; readonly ours: Reply };
}

/** Everything in which two replies differ. */
export function compare(probe: Probe, theirs: Reply, ours: Reply): readonly Difference[] {
  const [before, after] = [partsOf(theirs), partsOf(ours)];
  const situation = situationOf(probe, ours);
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((what) => ({
      probe,
      situation,
      what,
      theirs: before.get(what) ?? '',
      ours: after.get(what) ?? '',
      replies: { theirs, ours },
    }))
    .filter((difference) => difference.theirs !== difference.ours);
}

/** A difference as a failing test shows it. */
export function describeDifference({ probe, situation, what, theirs, ours }: Difference): string {
  return `${probe.name} (${situation}): ${what}: '${theirs}' → '${ours}'`;
}

function partsOf({ status, handled, body, fields }: Reply): ReadonlyMap<string, string> {
  return new Map([
    ['status', String(status)],
    ['handled', String(handled)],
    ['body', body],
    ...fields,
  ]);
}

function situationOf({ method, headers }: Probe, ours: Reply): Situation {
  const granted = ours.fields.has('access-control-allow-origin');
  if (method === 'OPTIONS') {
    if (!('access-control-request-method' in headers)) return 'plain-options';
    return granted ? 'preflight-granted' : 'preflight-denied';
  }
  if (!('origin' in headers)) return 'no-origin';
  return granted ? 'actual-granted' : 'actual-denied';
}
