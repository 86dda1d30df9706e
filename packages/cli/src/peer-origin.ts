/**
 * What `origin` comes to in another package, which is not always what it looks like.
 */
import type { PeerReading } from './peer-reading.js';

/** Whom their package lets in. */
export type OriginMeaning =
  /** Any origin, by `*`. */
  | { readonly kind: 'any' }
  /** Any origin, each sent back to itself; by an accident where somebody meant something else. */
  | { readonly kind: 'reflected'; readonly isAccident: boolean }
  /** Some; `isFixed`: one, which is sent to everybody whoever asks. */
  | {
      readonly kind: 'listed';
      readonly members: readonly (string | RegExp)[];
      readonly isFixed: boolean;
    }
  | { readonly kind: 'nobody' }
  /** There are no headers at all. */
  | { readonly kind: 'off' }
  /** Every request fails, or no browser takes what is sent. */
  | { readonly kind: 'broken'; readonly why: string }
  | { readonly kind: 'function'; readonly function: OriginFunction };

/** A function that was given. */
export type OriginFunction = (...parameters: unknown[]) => unknown;

/** Whom their package lets in. */
export function originMeaning(reading: PeerReading): OriginMeaning {
  const { peer, given } = reading;
  const value = given.origin;
  if (typeof value === 'function') return { kind: 'function', function: value as OriginFunction };
  switch (peer.name) {
    case 'cors':
    case '@fastify/cors':
      return ofExpressOrFastify(reading, value);
    case '@koa/cors':
      return ofKoa(reading, value);
    case 'hono':
      return ofHono(reading, value);
  }
}

function ofExpressOrFastify({ peer, given }: PeerReading, value: unknown): OriginMeaning {
  const isFastify = peer.name === '@fastify/cors';
  if (!('origin' in given) || value === '*') return { kind: 'any' };
  if (value === true) return { kind: 'reflected', isAccident: false };
  if (value === false) return { kind: 'off' };
  if (!value) {
    return isFastify
      ? { kind: 'broken', why: 'it is neither an origin nor false, so every request fails' }
      : { kind: 'off' };
  }
  if (typeof value === 'string') return { kind: 'listed', members: [value], isFixed: true };
  const members = Array.isArray(value) ? (value as readonly unknown[]).flat(9) : [value];
  if (isFastify && members.includes('*')) return { kind: 'any' };
  const isKnown = (member: unknown): member is string | RegExp =>
    typeof member === 'string' || member instanceof RegExp;
  // Anything else is only looked at for being there.
  if (members.some((member) => !isKnown(member) && Boolean(member))) {
    return { kind: 'reflected', isAccident: true };
  }
  return listed(members.filter(isKnown));
}

function ofKoa({ credentials }: PeerReading, value: unknown): OriginMeaning {
  if (!value || value === '*') {
    return credentials ? { kind: 'reflected', isAccident: true } : { kind: 'any' };
  }
  return typeof value === 'string'
    ? { kind: 'listed', members: [value], isFixed: true }
    : {
        kind: 'broken',
        why: 'it is sent as it is, as text or on several lines, and no browser takes that',
      };
}

function ofHono({ given }: PeerReading, value: unknown): OriginMeaning {
  if (!('origin' in given) || value === '*') return { kind: 'any' };
  if (typeof value === 'string') return { kind: 'listed', members: [value], isFixed: false };
  if (!Array.isArray(value)) {
    return {
      kind: 'broken',
      why: 'it is neither text, a list nor a function, so every request fails',
    };
  }
  return listed((value as readonly unknown[]).filter((member) => typeof member === 'string'));
}

function listed(members: readonly (string | RegExp)[]): OriginMeaning {
  return members.length === 0 ? { kind: 'nobody' } : { kind: 'listed', members, isFixed: false };
}
