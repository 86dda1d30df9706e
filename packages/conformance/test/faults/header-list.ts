/** The names in `Access-Control-Request-Headers`, read with bounds that a fault may loosen. */
import type { DecideFault } from './engine-fault.js';
import {
  asking,
  changed,
  fieldOf,
  grantTo,
  originOf,
  redeciding,
  withHeaders,
} from './questions.js';

/** What is right, and what a fault changes of it. */
export interface HeaderListBounds {
  readonly mostNames: number;
  readonly mostBytes: number;
  readonly mostEmpty: number;
  readonly longest: number;
  /** Whether a name may stand in the reply. */
  readonly isName: (name: string) => boolean;
  /** The name as it is echoed; `null` leaves it out. */
  readonly echo: (name: string) => string | null;
  readonly trim: (member: string) => string;
  readonly distinct: boolean;
  /** Whether what is no name refuses the whole list, or is only left out itself. */
  readonly whole: boolean;
}

const RIGHT: HeaderListBounds = {
  mostNames: 64,
  mostBytes: 1024,
  mostEmpty: 16,
  longest: 4096,
  isName: (name) => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name),
  echo: (name) => name.toLowerCase(),
  trim: (member) => member.replace(/^[ \t]+/, '').replace(/[ \t]+$/, ''),
  distinct: true,
  whole: true,
};

/** Echoes the names within other bounds than the engine's. */
export function echoing(loosened: Partial<HeaderListBounds>): DecideFault {
  const bounds = { ...RIGHT, ...loosened };
  return redeciding((decision, question, { policy }) => {
    const isEchoed = policy.credentials === true && policy.allowedHeaders === '*';
    const origin = originOf(question);
    if (decision.kind !== 'preflight' || !isEchoed || origin === null) return decision;
    if (!decision.allowed && decision.reason !== 'headers-refused') return decision;
    const names = read(fieldOf(question, 'access-control-request-headers'), bounds);
    if (names === null) {
      const { vary } = decision;
      return changed(decision, {
        allowed: false,
        reason: 'headers-refused',
        headers: {},
        vary,
        respond: 403,
      });
    }
    const bare = asking(question, { 'access-control-request-headers': undefined });
    return withHeaders(grantTo(origin, bare, policy), {
      'Access-Control-Allow-Headers': names === '' ? undefined : names,
    });
  });
}

function read(value: string, bounds: HeaderListBounds): string | null {
  if (value.length > bounds.longest) return null;
  const members = value.split(',').map(bounds.trim);
  const asked = members.filter((member) => member !== '');
  const names = asked.filter(bounds.isName);
  if (members.length - asked.length > bounds.mostEmpty && value !== '') return null;
  if (bounds.whole && names.length < asked.length) return null;
  if (asked.join().length > bounds.mostBytes) return null;
  const echoed = names.flatMap((name) => bounds.echo(name) ?? []);
  const distinct = [...new Set(echoed)];
  if (distinct.length > bounds.mostNames) return null;
  return (bounds.distinct ? distinct : echoed).join();
}
