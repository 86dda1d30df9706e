/**
 * Every vector that a page can express, as an exchange; and the others, with the reason.
 */
import type { Exchange } from '../exchange.js';
import { cacheExchange, maxAgeExchange } from './cache-vectors.js';
import { redirectExchange, serializationExchange } from './redirect-vectors.js';
import { needsPreflightExchange, safelistExchanges } from './request-vectors.js';
import { corsCheckExchange, exposedExchange, preflightCheckExchange } from './response-vectors.js';
import { readVectors } from './vector-files.js';

/** Why a page cannot ask what a vector asks. */
export interface Inexpressible {
  readonly id: string;
  readonly reason: string;
}

// Each file's vectors are of the kind that its converter takes.
const CONVERTERS: Readonly<
  Record<string, (vector: never, id: string) => readonly Exchange[] | string>
> = {
  'cors-check': corsCheckExchange,
  'exposed-headers': exposedExchange,
  'preflight-check': preflightCheckExchange,
  'safelisted-request-header': safelistExchanges,
  'needs-preflight': needsPreflightExchange,
  'max-age': maxAgeExchange,
  'preflight-cache': cacheExchange,
  redirects: redirectExchange,
  'origin-serialization': serializationExchange,
};

/** The exchanges, whose ids are `vector-` and the vector's, and what is left. */
export function vectorExchanges(): {
  readonly exchanges: readonly Exchange[];
  readonly inexpressible: readonly Inexpressible[];
} {
  const exchanges: Exchange[] = [];
  const inexpressible: Inexpressible[] = [];
  for (const [name, convert] of Object.entries(CONVERTERS)) {
    for (const vector of readVectors(name)) {
      const made = convert(vector as never, `vector-${vector.id}`);
      if (typeof made === 'string') inexpressible.push({ id: vector.id, reason: made });
      else exchanges.push(...made);
    }
  }
  return { exchanges, inexpressible };
}
