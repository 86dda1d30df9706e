/**
 * What a browser makes of a reply, as far as an audit asks for it. The algorithms are those of
 * `@cors/browser`; here is only what they are asked about: two requests of a page, one with cookies
 * and one without.
 */
import {
  corsCheck,
  corsExposedHeaderNames,
  isCorsSafelistedResponseHeaderName,
  preflightCheck,
  preflightMaxAge,
} from '@cors/browser';

import type { WireRequest, WireResponse } from './audit.js';
import type { ExpectedVerdict } from './expectation.js';
import { type FieldLines, linesOf, trimOptionalWhiteSpace } from './field-syntax.js';

type CredentialsMode = 'include' | 'omit';
type Admitted = NonNullable<ExpectedVerdict['admits']>;

/** Makes every header unsafe, so that all names that a preflight asks for are checked. */
const UNSAFE_VALUE = '"';

/** Says in sentences where the browser's conclusion is not the expected one; empty when it is. */
export function verdictProblems(
  request: WireRequest,
  response: WireResponse,
  expected: ExpectedVerdict,
): readonly string[] {
  const problems: string[] = [];
  const admitted = admits(request, response);
  if (expected.admits !== undefined && admitted.to !== expected.admits) {
    problems.push(
      `a browser should admit ${expected.admits}, but it admits ${admitted.to} (${admitted.why})`,
    );
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

/** Whose request passes, and what stops the others. */
function admits(
  request: WireRequest,
  response: WireResponse,
): { readonly to: Admitted; readonly why: string } {
  const credentialed = obstacle(request, response, 'include');
  if (credentialed === null) return { to: 'credentialed', why: 'every check passes' };
  const anonymous = obstacle(request, response, 'omit');
  if (anonymous === null) return { to: 'anonymous', why: `with credentials: ${credentialed}` };
  return { to: 'nobody', why: anonymous };
}

/** The first check that the reply fails, whichever line of `Origin` is meant; `null` for none. */
function obstacle(
  request: WireRequest,
  response: WireResponse,
  mode: CredentialsMode,
): string | null {
  const obstacles = originsOf(request).map((origin) =>
    obstacleFor(origin, request, response, mode),
  );
  return obstacles.includes(null) ? null : (obstacles[0] ?? 'there is no Origin');
}

function obstacleFor(
  origin: string,
  request: WireRequest,
  response: WireResponse,
  credentialsMode: CredentialsMode,
): string | null {
  const method = combined(request.headers, 'access-control-request-method');
  const asker = { origin, credentialsMode };
  if (request.method !== 'OPTIONS' || method === null) return said(corsCheck(asker, response));
  const names = (combined(request.headers, 'access-control-request-headers') ?? '')
    .split(',')
    .map(trimOptionalWhiteSpace)
    .filter((name) => name !== '');
  const headers = names.map((name) => [name, UNSAFE_VALUE] as const);
  return said(preflightCheck({ ...asker, method, headers }, response));
}

/** A check's outcome with its particulars, as text; `null` for success. */
function said(
  check: ReturnType<typeof corsCheck> | ReturnType<typeof preflightCheck>,
): string | null {
  return check.ok ? null : JSON.stringify({ ...check, ok: undefined });
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
