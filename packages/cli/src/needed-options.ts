/**
 * The options with which our engine lets a request pass, and no more: all at once, since a browser names
 * one lack at a time, and the next only when that one is mended.
 */
import { isCorsSafelistedMethod, type Transcript } from '@cors/browser';
import { validateCorsOptions } from '@cors/core';

/** Options of `cors`, with what the request needs. */
export interface NeededOptions {
  readonly origin: string;
  readonly credentials?: true;
  readonly methods?: readonly string[];
  readonly allowedHeaders?: readonly string[];
}

/** Null where there are none to recommend: for an origin that only a dangerous option lets in. */
export function neededOptions({ request, hops }: Transcript): NeededOptions | null {
  const { origin, credentialsMode, headers = [] } = request;
  // After a redirect to another origin it is `null`, for which the redirect has to go.
  const sent = hops.flatMap((hop) => hop.request?.headers ?? []);
  if (sent.some(([name, value]) => name === 'Origin' && value !== origin)) return null;
  const asked = hops.find(({ preflight }) => preflight !== null)?.preflight?.request?.headers ?? [];
  const field = (name: string): string => asked.find(([each]) => each === name)?.[1] ?? '';
  const method = field('Access-Control-Request-Method');
  const names = field('Access-Control-Request-Headers')
    .split(',')
    .filter((name) => name !== '');
  // As the page writes them: browsers send them in lower case.
  const written = new Map(
    [['Content-Type'] as const, ...headers].map(([name]) => [name.toLowerCase(), name]),
  );
  const needed: NeededOptions = {
    origin,
    ...(credentialsMode === 'include' && { credentials: true }),
    ...(method !== '' && !isCorsSafelistedMethod(method) && { methods: [method] }),
    ...(names.length > 0 && { allowedHeaders: names.map((name) => written.get(name) ?? name) }),
  };
  return validateCorsOptions(needed).length === 0 ? needed : null;
}
