/**
 * Referrer policy after a redirect: a response may set another one, which the `Origin` header of what
 * follows depends on.
 *
 * @see https://w3c.github.io/webappsec-referrer-policy/#set-requests-referrer-policy-on-redirect
 */
import { byteLowercase } from './byte-sequence.js';
import { getHeaderValue } from './header-list.js';
import type { ReferrerPolicy } from './origin-header.js';
import type { FetchResponse } from './response.js';

const POLICIES: ReadonlySet<string> = new Set<ReferrerPolicy>([
  'no-referrer',
  'no-referrer-when-downgrade',
  'origin',
  'origin-when-cross-origin',
  'same-origin',
  'strict-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
]);

/** The policy that holds after a response: the last one that it names and that there is. */
export function referrerPolicyAfter(
  policy: ReferrerPolicy | undefined,
  { headers }: FetchResponse,
): ReferrerPolicy | undefined {
  const named = (getHeaderValue('Referrer-Policy', headers) ?? '')
    .split(',')
    .map((name) => byteLowercase(name.trim()))
    .filter(isPolicy);
  return named.at(-1) ?? policy;
}

function isPolicy(name: string): name is ReferrerPolicy {
  return POLICIES.has(name);
}
