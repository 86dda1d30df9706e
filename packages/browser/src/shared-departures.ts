/**
 * Departures from the standard that several browsers share, without the evidence of each.
 */
import { type Departure, LARGEST_INT64 } from './profile.js';

type SharedDeparture = Pick<Departure, 'summary' | 'settings'>;

/** `Authorization` under `*`. */
export const WILDCARD_COVERS_AUTHORIZATION: SharedDeparture = {
  summary: '`*` in Access-Control-Allow-Headers covers Authorization; by the standard it does not.',
  settings: { wildcardCoversAuthorization: true },
};

/** Methods that nobody listed. */
export const FLAG_DOES_NOT_ALLOW: SharedDeparture = {
  summary:
    'With an upload listener, a method counts as allowed only if it is listed; by the standard it does where no methods are listed at all.',
  settings: { flagAllowsMethod: false },
};

/** Max-ages as a C++ parser of numbers reads them. */
export const SIGNED_MAX_AGE: SharedDeparture = {
  summary:
    'Access-Control-Max-Age is read as a signed number of 64 bits: negative ones count as 0, a `+` is allowed, numbers beyond are malformed.',
  settings: { maxAge: { grammar: /^[+-]?[0-9]+$/, largest: LARGEST_INT64 } },
};

/** One response for each URL. */
export const RESPONSES: SharedDeparture = {
  summary:
    'The last preflight’s response is kept as a whole and dropped when it does not suffice; by the standard each method and header is kept by itself.',
  settings: {
    cache: {
      keeps: 'responses',
      clearedBy: 'nothing',
    },
  },
};
