// From `@fastify/cors`, in Fastify.
import { createCors } from '@cors/core';
import ourCors, { type FastifyCorsOptions, type RouteCorsOptions } from '@cors/fastify';
import theirCors, {
  type FastifyCorsOptions as TheirOptions,
  type FastifyCorsOptionsDelegate,
} from '@fastify/cors';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';

import * as kinds from './kinds.js';
import { type Configuration, type Kind, type Migration, migration } from './migration.js';
import { BODY, failure, PATHS } from './probes.js';

const forAll = createCors({ origin: '*' });

const KINDS = {
  'options-are-an-object-with-an-origin': { refuses: ['options-not-an-object', 'origin-missing'] },
  'any-origin-with-credentials-is-refused': { refuses: ['origin-any-with-credentials'] },
  'true-and-false-are-no-origins': { refuses: ['origin-type'] },
  'any-origin-is-a-star': kinds.anyOriginIsAStar,
  'regular-expressions-become-patterns': kinds.regularExpressionsBecomePatterns,
  'origins-are-checked': {
    refuses: ['origin-path', 'origin-insecure', 'origin-any-among-others'],
    explains: kinds.isDeadOrigin,
  },
  'lists-are-lists': { refuses: ['list-type', 'list-several-in-one-string'] },
  'options-that-are-gone': {
    refuses: ['option-unknown'],
    explains: ({ situation, what, ours }) =>
      situation === 'preflight-granted' && what === 'cache-control' && ours === '',
  },
  'max-age-is-at-most-a-day': kinds.maxAgeIsAtMostADay,
  'predicates-return-true-or-false': kinds.predicatesReturnTrueOrFalse,
  'a-denied-origin-is-no-error': kinds.aDeniedOriginIsNoError,
  'request-headers-are-not-echoed': kinds.requestHeadersAreNotEchoed,
  'nothing-is-sent-to-other-origins': kinds.nothingIsSentToOtherOrigins,
  'nothing-is-sent-without-an-origin': kinds.nothingIsSentWithoutAnOrigin,
  'null-is-not-granted': kinds.nullIsNotGranted,
  'a-denied-preflight-is-answered-403': kinds.aDeniedPreflightIsAnswered403,
  'plain-options-are-no-preflights': kinds.plainOptionsAreNoPreflights,
  'a-preflight-has-the-policy-of-its-request': {
    explains: ({ situation, what, theirs, ours, replies }) =>
      situation === 'preflight-granted'
        ? what === 'access-control-allow-origin' &&
          ours === '*' &&
          replies.theirs.fields.get('vary') === undefined &&
          theirs !== ''
        : situation === 'preflight-denied' && replies.ours.handled && !replies.theirs.handled,
  },
  'no-options-route-is-added': {
    explains: ({ situation, replies }) =>
      situation === 'preflight-granted' &&
      replies.theirs.status < 300 &&
      replies.ours.status === 404,
  },
  'preflights-expose-nothing': kinds.preflightsExposeNothing,
  'a-204-has-no-content-length': kinds.a204HasNoContentLength,
  'vary-survives-the-handler': kinds.varySurvivesTheHandler,
  'vary-is-never-left-out': kinds.varyIsNeverLeftOut,
  'error-replies-carry-the-headers': kinds.errorRepliesCarryTheHeaders,
  'handlers-do-not-overrule-the-policy': kinds.handlersDoNotOverruleThePolicy,
} satisfies Record<string, Kind>;

/** Options of the plugin, or with those of the route `/`, its `config.cors`. */
type Before =
  | TheirOptions
  | FastifyCorsOptionsDelegate
  | undefined
  | { readonly plugin: TheirOptions; readonly route: TheirOptions | false };
type After =
  | FastifyCorsOptions
  | { readonly plugin: FastifyCorsOptions; readonly route: RouteCorsOptions };

const configurations: readonly Configuration<keyof typeof KINDS, Before, After>[] = [
  {
    name: 'no options',
    before: undefined,
    after: { origin: '*', allowedHeaders: ['*', 'Authorization'] },
    differences: [
      'options-are-an-object-with-an-origin',
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
    ],
  },
  {
    name: 'no options, and pages that only read',
    before: undefined,
    after: { origin: '*' },
    differences: [
      'options-are-an-object-with-an-origin',
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
    ],
  },
  {
    name: 'any origin, and methods',
    before: { origin: '*', methods: ['GET', 'PUT', 'DELETE'] },
    after: { origin: '*', methods: ['PUT', 'DELETE'], allowedHeaders: ['Content-Type'] },
    differences: [
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
    ],
  },
  {
    name: 'one origin',
    before: { origin: 'https://app.example.com' },
    after: { origin: 'https://app.example.com', allowedHeaders: '*' },
    differences: [
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'vary-is-never-left-out',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'one origin with credentials',
    before: { origin: 'https://app.example.com', credentials: true },
    after: { origin: 'https://app.example.com', credentials: true, allowedHeaders: '*' },
    differences: [
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'vary-is-never-left-out',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'several origins',
    before: {
      origin: ['https://app.example.com', 'https://admin.example.com'],
      methods: ['GET', 'POST', 'PUT'],
    },
    after: {
      origin: ['https://app.example.com', 'https://admin.example.com'],
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'request-headers-are-not-echoed',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'several origins with credentials',
    before: { origin: ['https://app.example.com', 'http://localhost:5173'], credentials: true },
    after: {
      origin: ['https://app.example.com', 'http://localhost:5173'],
      credentials: true,
      allowedHeaders: '*',
    },
    differences: [
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'everything listed',
    before: {
      origin: ['https://app.example.com'],
      credentials: true,
      methods: ['GET', 'PUT', 'DELETE'],
      allowedHeaders: ['Content-Type', 'Authorization'],
      exposedHeaders: ['X-Total-Count'],
      maxAge: 600,
    },
    after: {
      origin: ['https://app.example.com'],
      credentials: true,
      methods: ['GET', 'PUT', 'DELETE'],
      allowedHeaders: ['Content-Type', 'Authorization'],
      exposedHeaders: ['X-Total-Count'],
      maxAge: 600,
    },
    differences: [
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'preflights-expose-nothing',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'subdomains, by a regular expression',
    before: { origin: /^https:\/\/.+\.preview\.example\.com$/, allowedHeaders: ['X-A'] },
    after: { origin: 'https://*.preview.example.com', allowedHeaders: ['X-A'] },
    differences: [
      'regular-expressions-become-patterns',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a regular expression that is open at its end',
    before: { origin: /https:\/\/app\.example\.com/, credentials: true, methods: ['PUT'] },
    after: {
      origin: 'https://app.example.com',
      credentials: true,
      methods: ['PUT'],
      allowedHeaders: '*',
    },
    differences: [
      'regular-expressions-become-patterns',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'origins and regular expressions',
    before: {
      origin: ['https://app.example.com', /\.preview\.example\.com$/],
      allowedHeaders: ['Content-Type'],
    },
    after: {
      origin: ['https://app.example.com', 'https://*.preview.example.com'],
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'regular-expressions-become-patterns',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'the local machine, any port',
    before: { origin: /localhost/, allowedHeaders: ['Content-Type'] },
    after: { origin: 'http://localhost:*', allowedHeaders: ['Content-Type'] },
    differences: [
      'regular-expressions-become-patterns',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'whoever asks',
    before: { origin: true },
    after: { origin: '*', allowedHeaders: ['*', 'Authorization'] },
    differences: [
      'true-and-false-are-no-origins',
      'any-origin-is-a-star',
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
    ],
  },
  {
    name: 'whoever asks, with credentials',
    before: { origin: true, credentials: true },
    after: null,
    differences: ['true-and-false-are-no-origins'],
  },
  {
    name: 'credentials, and no origin',
    before: { credentials: true },
    after: null,
    differences: ['options-are-an-object-with-an-origin'],
  },
  {
    name: 'any origin with credentials',
    before: { origin: '*', credentials: true },
    after: null,
    differences: ['any-origin-with-credentials-is-refused'],
  },
  {
    name: 'any origin, in a list',
    before: { origin: ['https://app.example.com', '*'], allowedHeaders: ['Content-Type'] },
    after: { origin: '*', allowedHeaders: ['Content-Type'] },
    differences: [
      'origins-are-checked',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
    ],
  },
  {
    name: 'switched off',
    before: { origin: false },
    after: { policy: () => false },
    differences: [
      'true-and-false-are-no-origins',
      'vary-survives-the-handler',
      'vary-is-never-left-out',
    ],
  },
  {
    name: 'a function',
    before: {
      origin: (origin, callback) => callback(null, origin === 'https://app.example.com'),
      allowedHeaders: ['Content-Type'],
    },
    after: {
      origin: (origin) => origin === 'https://app.example.com',
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a function, copied with its callback',
    before: {
      origin: (origin, callback) => callback(null, origin === 'https://app.example.com'),
    },
    after: {
      origin: ((origin: string, callback: (error: null, allow: boolean) => void) =>
        callback(null, origin === 'https://app.example.com')) as never,
    },
    differences: ['predicates-return-true-or-false', 'a-denied-preflight-is-answered-403'],
  },
  {
    name: 'a function that denies with an error',
    before: {
      origin: (origin, callback) => {
        if (origin === 'https://app.example.com') callback(null, true);
        else callback(new Error('Not allowed'), false);
      },
      allowedHeaders: ['Content-Type'],
    },
    after: {
      origin: (origin) => origin === 'https://app.example.com',
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'a-denied-origin-is-no-error',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a function that answers later',
    before: {
      origin: async (origin: string | undefined) =>
        Promise.resolve(origin === 'https://app.example.com'),
      credentials: true,
      allowedHeaders: ['Content-Type'],
    },
    after: {
      origin: async (origin) => Promise.resolve(origin === 'https://app.example.com'),
      credentials: true,
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'options by the request',
    before: async (request: FastifyRequest) =>
      Promise.resolve({ origin: request.hostname === 'api.example.com' && '*' }),
    after: { policy: (request) => request.hostname === 'api.example.com' && forAll },
    differences: [
      'options-are-an-object-with-an-origin',
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'vary-is-never-left-out',
    ],
  },
  {
    name: 'options by the request, as an option',
    before: {
      delegator: (request, callback) =>
        callback(null, { origin: request.hostname === 'api.example.com' && '*' }),
    },
    after: { policy: (request) => request.hostname === 'api.example.com' && forAll },
    differences: [
      'options-are-an-object-with-an-origin',
      'options-that-are-gone',
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
    ],
  },
  {
    name: 'lists in strings',
    before: {
      origin: ['https://app.example.com'],
      methods: 'GET,PUT,DELETE',
      allowedHeaders: 'Content-Type,Authorization',
      exposedHeaders: 'X-Total-Count,ETag',
    },
    after: {
      origin: ['https://app.example.com'],
      methods: ['GET', 'PUT', 'DELETE'],
      allowedHeaders: ['Content-Type', 'Authorization'],
      exposedHeaders: ['X-Total-Count', 'ETag'],
    },
    differences: [
      'lists-are-lists',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'preflights-expose-nothing',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'no cache of preflights',
    before: { origin: '*', methods: ['PUT'], allowedHeaders: ['Content-Type'], maxAge: 0 },
    after: { origin: '*', methods: ['PUT'], allowedHeaders: ['Content-Type'], maxAge: 0 },
    differences: ['plain-options-are-no-preflights', 'a-204-has-no-content-length'],
  },
  {
    name: 'preflights for a week',
    before: { origin: '*', methods: ['PUT'], allowedHeaders: ['Content-Type'], maxAge: 604800 },
    after: { origin: '*', methods: ['PUT'], allowedHeaders: ['Content-Type'], maxAge: 86400 },
    differences: [
      'max-age-is-at-most-a-day',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
    ],
  },
  {
    name: 'preflights in shared caches',
    before: { origin: '*', allowedHeaders: ['Content-Type'], cacheControl: 600 },
    after: { origin: '*', allowedHeaders: ['Content-Type'] },
    differences: [
      'options-that-are-gone',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
    ],
  },
  {
    name: 'status 200, for old clients',
    before: {
      origin: ['https://app.example.com'],
      allowedHeaders: ['Content-Type'],
      optionsSuccessStatus: 200,
    },
    after: {
      origin: ['https://app.example.com'],
      allowedHeaders: ['Content-Type'],
      optionsSuccessStatus: 200,
    },
    differences: [
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'preflights that go on',
    before: {
      origin: ['https://app.example.com'],
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
      preflightContinue: true,
    },
    after: {
      origin: ['https://app.example.com'],
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
      preflightContinue: true,
    },
    differences: [
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'no-options-route-is-added',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'preflights left alone',
    before: { origin: '*', preflight: false },
    after: { origin: '*', preflightContinue: true },
    differences: ['options-that-are-gone'],
  },
  {
    name: 'OPTIONS of any kind',
    before: { origin: '*', allowedHeaders: ['Content-Type'], strictPreflight: false },
    after: { origin: '*', allowedHeaders: ['Content-Type'] },
    differences: [
      'options-that-are-gone',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
    ],
  },
  {
    name: 'a later hook',
    before: { origin: '*', allowedHeaders: ['Content-Type'], hook: 'preHandler' },
    after: { origin: '*', allowedHeaders: ['Content-Type'] },
    differences: [
      'options-that-are-gone',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
      'error-replies-carry-the-headers',
    ],
  },
  {
    name: 'options for a route',
    before: {
      plugin: { origin: 'https://app.example.com', allowedHeaders: ['Content-Type'] },
      route: { origin: '*' },
    },
    after: {
      plugin: { origin: 'https://app.example.com', allowedHeaders: ['Content-Type'] },
      route: { origin: '*', allowedHeaders: ['Content-Type'] },
    },
    differences: [
      'plain-options-are-no-preflights',
      'a-preflight-has-the-policy-of-its-request',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'vary-is-never-left-out',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a route without CORS',
    before: {
      plugin: { origin: ['https://app.example.com'], allowedHeaders: ['Content-Type'] },
      route: false,
    },
    after: {
      plugin: { origin: ['https://app.example.com'], allowedHeaders: ['Content-Type'] },
      route: false,
    },
    differences: [
      'plain-options-are-no-preflights',
      'a-preflight-has-the-policy-of-its-request',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a slash at the end',
    before: { origin: 'https://app.example.com/', allowedHeaders: ['Content-Type'] },
    after: { origin: 'https://app.example.com', allowedHeaders: ['Content-Type'] },
    differences: [
      'origins-are-checked',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'vary-is-never-left-out',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'an origin on plain HTTP, with credentials',
    before: {
      origin: ['https://app.example.com', 'http://intranet.example.com'],
      credentials: true,
      allowedHeaders: ['Content-Type'],
    },
    after: {
      origin: ['https://app.example.com', 'http://intranet.example.com'],
      credentials: true,
      allowedHeaders: ['Content-Type'],
      dangerouslyAllowInsecureOrigins: true,
    },
    differences: [
      'origins-are-checked',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
];

async function makeServer(
  register: (app: FastifyInstance) => PromiseLike<unknown>,
  route: unknown,
  onHandled: () => void,
) {
  const app = fastify();
  await register(app);
  app.route({
    method: ['GET', 'POST', 'PUT'],
    url: PATHS.index,
    ...(route !== undefined && { config: { cors: route as RouteCorsOptions } }),
    handler: () => {
      onHandled();
      return BODY;
    },
  });
  app.options(PATHS.index, () => {
    onHandled();
    return BODY;
  });
  app.get(PATHS.vary, (_, reply) => {
    onHandled();
    void reply.header('Vary', 'Accept').send(BODY);
  });
  app.get(PATHS.overrule, (_, reply) => {
    onHandled();
    void reply.header('Access-Control-Allow-Origin', '*').send(BODY);
  });
  app.get(PATHS.fails, () => {
    onHandled();
    throw failure();
  });
  await app.ready();
  return app.server;
}

/** The plugin's own, and the route's. */
function split(options: Before | After): readonly [unknown, unknown] {
  return typeof options === 'object' && 'plugin' in options && 'route' in options
    ? [options.plugin, options.route]
    : [options, undefined];
}

export const fromFastifyCors: Migration = migration({
  peer: '@fastify/cors',
  page: 'docs/migrate-from-fastify-cors.md',
  file: 'scripts/test/migration/fastify-cors.ts',
  kinds: KINDS,
  configurations,
  theirs: (options: Before, onHandled) => {
    const [plugin, route] = split(options);
    return makeServer((app) => app.register(theirCors, plugin as TheirOptions), route, onHandled);
  },
  ours: (options: After, onHandled) => {
    const [plugin, route] = split(options);
    const own = plugin as FastifyCorsOptions;
    return makeServer((app) => app.register(ourCors, own), route, onHandled);
  },
});
