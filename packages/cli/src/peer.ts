/**
 * The packages whose options can be converted: what they call things, and what they do where nothing is said.
 */

/** A package whose options can be converted. */
export type PeerName = 'cors' | '@fastify/cors' | '@koa/cors' | 'hono';

/** The lists among the options. */
export type ListName = 'methods' | 'allowedHeaders' | 'exposedHeaders';

/** Our names of what they have, too. */
export type SharedName =
  | 'origin'
  | 'credentials'
  | ListName
  | 'maxAge'
  | 'preflightContinue'
  | 'optionsSuccessStatus';

/** What is known of a package. */
export interface Peer {
  readonly name: PeerName;
  /** The page about it, and where it is read. */
  readonly page: string;
  /** Its names, and ours for the same. */
  readonly names: Readonly<Record<string, SharedName>>;
  /** Its options that have no counterpart. */
  readonly gone: readonly string[];
  /** What it allows where no methods are given. */
  readonly methods: readonly string[];
  /** Whether it takes names with commas between them for a list. */
  readonly splitsText: boolean;
}

const SAME_NAMES = {
  origin: 'origin',
  credentials: 'credentials',
  methods: 'methods',
  allowedHeaders: 'allowedHeaders',
  exposedHeaders: 'exposedHeaders',
  maxAge: 'maxAge',
  preflightContinue: 'preflightContinue',
  optionsSuccessStatus: 'optionsSuccessStatus',
} as const;

const OTHER_NAMES = {
  origin: 'origin',
  credentials: 'credentials',
  allowMethods: 'methods',
  allowHeaders: 'allowedHeaders',
  exposeHeaders: 'exposedHeaders',
  maxAge: 'maxAge',
} as const;

/** All of them. */
export const PEERS: Readonly<Record<PeerName, Peer>> = {
  cors: {
    name: 'cors',
    page: 'docs/migrate-from-cors.md',
    names: { ...SAME_NAMES, headers: 'allowedHeaders' },
    gone: [],
    methods: ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE'],
    splitsText: true,
  },
  '@fastify/cors': {
    name: '@fastify/cors',
    page: 'docs/migrate-from-fastify-cors.md',
    names: SAME_NAMES,
    gone: [
      'hook',
      'preflight',
      'strictPreflight',
      'cacheControl',
      'delegator',
      'hideOptionsRoute',
      'logLevel',
    ],
    methods: ['GET', 'HEAD', 'POST'],
    splitsText: true,
  },
  '@koa/cors': {
    name: '@koa/cors',
    page: 'docs/migrate-from-koa-cors.md',
    names: OTHER_NAMES,
    gone: ['keepHeadersOnError', 'secureContext', 'privateNetworkAccess'],
    methods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH'],
    splitsText: true,
  },
  hono: {
    name: 'hono',
    page: 'docs/migrate-from-hono-cors.md',
    names: OTHER_NAMES,
    gone: [],
    methods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH', 'QUERY'],
    splitsText: false,
  },
};
