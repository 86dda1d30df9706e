// What is asked of both servers, and their replies as a browser reads them.
import { isCorsSafelistedMethod } from '@cors/browser';

import { exchange } from '../../demo/exchange.js';

/** The application on both sides: these paths, and nothing that knows of CORS but one. */
export const PATHS = {
  /** 200; to OPTIONS as well. */
  index: '/',
  /** Sets `Vary: Accept`, in place of whatever `Vary` there was. */
  vary: '/vary',
  /** Sets `Access-Control-Allow-Origin: *` by itself. */
  overrule: '/overrule',
  /** Throws. */
  fails: '/fails',
  /** Is not there: 404. */
  missing: '/missing',
} as const;

/** What the application answers where it answers by itself. */
export const BODY = 'the application';

/** What it throws. Some frameworks reply with the stack, which is not to be compared. */
export function failure(): Error {
  return Object.assign(new Error('It fails.'), { stack: 'It fails.' });
}

/** A request of a page, or of something that is none. */
export interface Probe {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back: the fields by their lower-case names, as a browser reads them. */
export interface Reply {
  readonly status: number;
  /** Whether a handler of the application ran. */
  readonly handled: boolean;
  readonly body: string;
  readonly fields: ReadonlyMap<string, string>;
}

const APP = 'https://app.example.com';

function actual(name: string, origin: string | null, path: string = PATHS.index): Probe {
  return { name, method: 'GET', path, headers: origin === null ? {} : { origin } };
}

function preflight(
  name: string,
  origin: string,
  method: string,
  asked?: string,
  path: string = PATHS.index,
): Probe {
  const headers = {
    origin,
    'access-control-request-method': method,
    ...(asked !== undefined && { 'access-control-request-headers': asked }),
  };
  return { name, method: 'OPTIONS', path, headers };
}

/** Sent to both sides of every configuration. */
export const PROBES: readonly Probe[] = [
  actual('GET without Origin', null),
  actual('GET from the application', APP),
  {
    ...actual('POST with a cookie', APP),
    method: 'POST',
    headers: { origin: APP, cookie: 'a=b', 'content-length': '0' },
  },
  {
    ...actual('POST of an unknown type', APP),
    method: 'POST',
    headers: { origin: APP, 'content-type': 'application/x-unknown', 'content-length': '1' },
    body: '?',
  },
  actual('GET from another site', 'https://other.example'),
  actual('GET from null', 'null'),
  actual('GET from a subdomain', 'https://pr-1.preview.example.com'),
  actual('GET from a look-alike', 'https://app.example.com.attacker.example'),
  actual('GET from the local machine', 'http://localhost:5173'),
  actual('GET of a page that sets Vary', APP, PATHS.vary),
  actual('GET of a page that sets Allow-Origin', APP, PATHS.overrule),
  actual('GET of an unknown page', APP, PATHS.missing),
  actual('GET of a page that fails', APP, PATHS.fails),
  preflight('preflight of PUT with JSON', APP, 'PUT', 'content-type'),
  preflight('preflight with Authorization', APP, 'GET', 'authorization'),
  preflight('preflight of another method and header', APP, 'PURGE', 'x-other'),
  preflight('preflight of DELETE for an unknown page', APP, 'DELETE', undefined, PATHS.missing),
  {
    name: 'preflight from a public network',
    method: 'OPTIONS',
    path: PATHS.index,
    headers: {
      origin: APP,
      'access-control-request-method': 'GET',
      'access-control-request-private-network': 'true',
    },
  },
  preflight('preflight from a subdomain', 'https://pr-1.preview.example.com', 'PUT', 'x-a'),
  preflight('preflight from another site', 'https://other.example', 'PUT', 'content-type'),
  preflight('preflight from null', 'null', 'PUT'),
  { name: 'OPTIONS without Origin', method: 'OPTIONS', path: PATHS.index, headers: {} },
  {
    name: 'OPTIONS that asks for nothing',
    method: 'OPTIONS',
    path: PATHS.index,
    headers: { origin: APP },
  },
];

/** What differs from one reply to the next whoever makes it, or is the connection's. */
const NOT_COMPARED = new Set(['connection', 'date', 'keep-alive', 'transfer-encoding']);

/** Sends a probe. `handledSince` says whether a handler ran since it was last asked. */
export async function send(
  port: number,
  probe: Probe,
  handledSince: () => boolean,
): Promise<Reply> {
  const headers = Object.entries({ host: 'api.example.com', ...probe.headers });
  handledSince();
  const { method, path, body } = probe;
  const { response } = await exchange(port, { method, path, headers, body });
  const lines = new Map<string, string>();
  for (const [name, value] of response.headers) {
    const key = name.toLowerCase();
    const earlier = lines.get(key);
    lines.set(key, earlier === undefined ? value : `${earlier}, ${value}`);
  }
  const fields = new Map<string, string>();
  for (const [name, value] of lines) {
    const read = readField(name, value);
    if (!NOT_COMPARED.has(name) && read !== '') fields.set(name, read);
  }
  return { status: response.status, handled: handledSince(), body: response.body, fields };
}

/** Lists have no order, names no case, and what needs no grant is none: `''` says nothing. */
function readField(name: string, value: string): string {
  const members = value.split(',').map((member) => member.trim());
  switch (name) {
    case 'access-control-allow-methods':
      return listOf(members.filter((method) => !isCorsSafelistedMethod(method)));
    case 'access-control-allow-headers':
    case 'access-control-expose-headers':
    case 'vary':
      return listOf(members.map((member) => member.toLowerCase()));
    case 'content-type':
      return value.replace(/;\s*/g, '; ');
    default:
      return value;
  }
}

function listOf(members: readonly string[]): string {
  return [...new Set(members)]
    .filter((member) => member !== '')
    .sort()
    .join(', ');
}
