/**
 * What a browser makes of a reply, as far as an audit asks for it: a page's fetch is played in the
 * simulated browser of `@cors/browser`, where the reply is what the server answers, once with cookies
 * and once without. What a browser concludes by the standard must be what is expected; and no browser,
 * with its own departures, may let the page do less.
 */
import {
  corsExposedHeaderNames,
  isCorsSafelistedResponseHeaderName,
  type PageRequest,
  preflightCheck,
  preflightMaxAge,
  type Profile,
  PROFILES,
  simulateFetchSync,
  type Transcript,
} from '@cors/browser';

import type { WireRequest, WireResponse } from './audit.js';
import type { ExpectedVerdict } from './expectation.js';
import { type FieldLines, linesOf, trimOptionalWhiteSpace } from './field-syntax.js';

type CredentialsMode = 'include' | 'omit';
type Admitted = NonNullable<ExpectedVerdict['admits']>;

/** Foreign to every page. */
const SERVER = 'https://server.invalid/';

const ENGINES = [PROFILES.chromium, PROFILES.firefox, PROFILES.webkit];

const RANKS: readonly Admitted[] = ['nobody', 'anonymous', 'credentialed'];

/** Makes every header unsafe, so that all names that a preflight asks for are checked. */
const UNSAFE_VALUE = '"';

/** Says in sentences where the browser's conclusion is not the expected one; empty when it is. */
export function verdictProblems(
  request: WireRequest,
  response: WireResponse,
  expected: ExpectedVerdict,
): readonly string[] {
  const problems: string[] = [];
  const admitted = admits(request, response, PROFILES.standard);
  if (expected.admits !== undefined && admitted.to !== expected.admits) {
    problems.push(
      `a browser should admit ${expected.admits}, but it admits ${admitted.to} (${admitted.why})`,
    );
  } else if (RANKS.indexOf(admitted.to) < RANKS.indexOf(expected.admitsAtLeast ?? 'nobody')) {
    problems.push(
      `a browser should admit ${expected.admitsAtLeast}, but it admits ${admitted.to} (${admitted.why})`,
    );
  } else {
    problems.push(...engineProblems(request, response, admitted.to));
  }
  const canRead = readableNames(response, admitted.to);
  for (const name of expected.exposes ?? []) {
    if (!canRead(name)) problems.push(`a page should be able to read ${name}, but cannot`);
  }
  for (const name of expected.hides ?? []) {
    if (canRead(name)) problems.push(`a page should not be able to read ${name}, but can`);
  }
  const { keeps } = expected;
  const kept = preflightMaxAge(response);
  if (keeps !== undefined && kept !== keeps) {
    problems.push(`a browser should keep the preflight ${keeps} s, but keeps it ${kept} s`);
  }
  return problems;
}

/** Where a browser lets a page do less than the standard does. */
function engineProblems(
  request: WireRequest,
  response: WireResponse,
  expected: Admitted,
): readonly string[] {
  return ENGINES.flatMap((profile) => {
    const { to, why } = admits(request, response, profile);
    if (RANKS.indexOf(to) >= RANKS.indexOf(expected)) return [];
    return [`${profile.name} should admit ${expected}, but it admits ${to} (${why})`];
  });
}

/** Whose request passes, and what stops the others. */
function admits(
  request: WireRequest,
  response: WireResponse,
  profile: Profile,
): { readonly to: Admitted; readonly why: string } {
  const credentialed = obstacle(request, response, 'include', profile);
  if (credentialed === null) return { to: 'credentialed', why: 'every check passes' };
  const anonymous = obstacle(request, response, 'omit', profile);
  if (anonymous === null) return { to: 'anonymous', why: `with credentials: ${credentialed}` };
  return { to: 'nobody', why: anonymous };
}

/** What stops the page's fetch, whichever line of `Origin` is meant; `null` for nothing. */
function obstacle(
  request: WireRequest,
  response: WireResponse,
  mode: CredentialsMode,
  profile: Profile,
): string | null {
  const obstacles = originsOf(request).map((origin) =>
    obstacleFor(origin, request, response, mode, profile),
  );
  return obstacles.includes(null) ? null : (obstacles[0] ?? 'there is no Origin');
}

function obstacleFor(
  origin: string,
  request: WireRequest,
  response: WireResponse,
  credentialsMode: CredentialsMode,
  profile: Profile,
): string | null {
  const announced = combined(request.headers, 'access-control-request-method');
  // A redirect is not followed: what is judged is this reply.
  const page: PageRequest = { origin, url: SERVER, credentialsMode, redirectMode: 'manual' };
  if (request.method !== 'OPTIONS' || announced === null) {
    return causeOf(simulateFetchSync(page, () => response, { profile }));
  }
  const headers = namesOf(combined(request.headers, 'access-control-request-headers')).map(
    (name) => [name, UNSAFE_VALUE] as const,
  );
  const allowed = grantTo(origin);
  const transcript = simulateFetchSync(
    { ...page, method: announced, headers },
    ({ method }) => (method === 'OPTIONS' ? response : allowed),
    { profile },
  );
  if (asksAlike(transcript, announced, headers.length)) return causeOf(transcript);
  // No page sends such a preflight, as one for the method put: its checks are all that can be played.
  const asker = { origin, credentialsMode, method: announced, headers };
  const check = preflightCheck(asker, response, profile);
  return check.ok ? null : JSON.stringify({ ...check, ok: undefined });
}

function causeOf({ page, verdict }: Transcript): string | null {
  return page === null ? `${verdict.code}: ${verdict.cause}` : null;
}

/** Whether the page's preflight asks for what the request on the wire asked for. */
function asksAlike({ hops }: Transcript, announced: string, count: number): boolean {
  const sent = hops[0]?.preflight?.request?.headers;
  if (sent === undefined) return false;
  const names = namesOf(combined(sent, 'access-control-request-headers'));
  return combined(sent, 'access-control-request-method') === announced && names.length === count;
}

function namesOf(list: string | null): readonly string[] {
  const names = (list ?? '').split(',').map(trimOptionalWhiteSpace);
  return [...new Set(names.filter((name) => name !== ''))];
}

/** A reply that lets the origin read it, whoever asks. */
function grantTo(origin: string): Pick<WireResponse, 'status' | 'headers'> {
  const headers = [
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Allow-Credentials', 'true'],
  ] as const;
  return { status: 200, headers };
}

/** Which names a page can read beyond the safelisted ones. */
function readableNames(response: WireResponse, admitted: Admitted): (name: string) => boolean {
  if (admitted === 'nobody') return () => false;
  const exposed = corsExposedHeaderNames(response, admitted === 'anonymous' ? 'omit' : 'include');
  return (name) => isCorsSafelistedResponseHeaderName(name, exposed);
}

/** Each `Origin` line by itself and all of them joined: a server may have read either. */
function originsOf(request: WireRequest): readonly string[] {
  const lines = linesOf(request.headers, 'origin').map(trimOptionalWhiteSpace);
  return lines.length > 1 ? [...lines, lines.join(', ')] : lines;
}

/** The value of a field with its lines joined; `null` when it is absent. */
function combined(headers: FieldLines, name: string): string | null {
  const lines = linesOf(headers, name).map(trimOptionalWhiteSpace);
  return lines.length === 0 ? null : lines.join(', ');
}
