/**
 * What the command line says of a server that is to be probed. Origins are held to the form in which
 * browsers send them: any other would be denied, and the server would be blamed for it.
 */
import { isForbiddenMethod, isForbiddenRequestHeader, isMethod } from '@cors/browser';

import { isToken } from '../field-syntax.js';
import type { ProbeOptions } from '../probe/probe-options.js';
import type { GivenOptions } from './usage.js';
import { UsageError } from './usage-error.js';

/** The options of a probe. */
export function probeOptionsOf(address: string, given: GivenOptions): ProbeOptions {
  const url = urlOf(address);
  if (given.allowedOrigin === undefined) {
    throw new UsageError(
      '--allowed-origin is missing: give an origin that the server should let in, as https://app.example.com',
    );
  }
  const allowedOrigin = originOf('--allowed-origin', given.allowedOrigin);
  if (given.deniedOrigin === undefined && given.anyOrigin !== true) {
    throw new UsageError(
      '--denied-origin is missing: give an origin that the server should not let in, as https://evil.example, or --any-origin if it is open to all',
    );
  }
  if (given.anyOrigin === true && given.deniedOrigin !== undefined) {
    throw new UsageError(
      '--any-origin and --denied-origin contradict each other: give one of them',
    );
  }
  if (given.anyOrigin === true && given.credentials === true) {
    throw new UsageError(
      '--any-origin and --credentials contradict each other: no server may let every origin in with cookies',
    );
  }
  const deniedOrigin =
    given.deniedOrigin === undefined ? undefined : originOf('--denied-origin', given.deniedOrigin);
  if (deniedOrigin === allowedOrigin) {
    throw new UsageError(
      '--denied-origin is the allowed one: give another, as https://evil.example',
    );
  }
  return {
    url,
    allowedOrigin,
    ...(deniedOrigin !== undefined && { deniedOrigin }),
    ...(given.method !== undefined && { method: methodOf(given.method) }),
    headers: (given.header ?? []).map(headerOf),
    credentials: given.credentials === true,
    insecure: given.insecure === true,
  };
}

function urlOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new UsageError(`${address} is no address: give one as http://localhost:8080/api`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError('The address has a user name or password: no page can ask for such a one');
  }
  url.hash = '';
  return url.href;
}

function originOf(option: string, value: string): string {
  const serialized = serializedOrigin(value);
  if (serialized === value) return value;
  const hint = serialized === undefined ? 'as https://app.example.com' : serialized;
  throw new UsageError(`${option} ${value} is no origin as browsers send it: write ${hint}`);
}

/** What a browser would send; nothing where that cannot be told. */
function serializedOrigin(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined;
  const { origin } = new URL(value);
  if (origin !== 'null') return origin;
  // The URL parser knows no origin of other schemes, as capacitor://localhost; browsers do.
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s]+/.exec(value)?.[0];
}

function methodOf(method: string): string {
  if (isMethod(method) && !isForbiddenMethod(method)) return method;
  throw new UsageError(`--method ${method} is none that a page can use: give one as PUT`);
}

function headerOf(name: string): string {
  // The value decides for a few names only, and those are allowed with this one.
  if (isToken(name) && !isForbiddenRequestHeader(name, 'x')) return name;
  throw new UsageError(
    `--header ${name} is none that a page can set: give a name without its value, as X-Request-Id`,
  );
}
