// From `hono/cors`, in Hono.
import { createServer } from 'node:http';
import { createCors } from '@cors/core';
import { cors as ourCors, type HonoCorsOptions } from '@cors/hono';
import { getRequestListener } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { cors as theirCors } from 'hono/cors';

import * as kinds from './kinds.js';
import { type Configuration, type Kind, type Migration, migration } from './migration.js';
import { BODY, failure, PATHS } from './probes.js';

const readers = createCors({ origin: 'https://app.example.com', allowedHeaders: ['Content-Type'] });
const writers = createCors({
  origin: 'https://app.example.com',
  methods: ['PUT'],
  allowedHeaders: ['Content-Type'],
});

const KINDS = {
  'options-are-an-object-with-an-origin': { refuses: ['options-not-an-object', 'origin-missing'] },
  'any-origin-with-credentials-is-refused': { refuses: ['origin-any-with-credentials'] },
  'the-options-have-other-names': { refuses: ['option-unknown'] },
  'several-origins-need-no-function': {
    explains: kinds.regularExpressionsBecomePatterns.explains,
  },
  'any-origin-is-a-star': kinds.anyOriginIsAStar,
  'origins-are-checked': {
    refuses: ['origin-path', 'origin-insecure', 'origin-several-in-one-string', 'origin-empty'],
    // An origin that is equal to none grants nothing at all.
    explains: ({ situation, what, theirs, ours, probe }) =>
      situation !== 'plain-options' &&
      what === 'access-control-allow-origin' &&
      theirs === '' &&
      'origin' in probe.headers &&
      (ours === '*' || ours === probe.headers['origin']),
  },
  'max-age-is-at-most-a-day': kinds.maxAgeIsAtMostADay,
  'predicates-return-true-or-false': kinds.predicatesReturnTrueOrFalse,
  'no-method-is-allowed-unasked': kinds.noMethodIsAllowedUnasked,
  'request-headers-are-not-echoed': kinds.requestHeadersAreNotEchoed,
  'nothing-is-sent-to-other-origins': kinds.nothingIsSentToOtherOrigins,
  'nothing-is-sent-without-an-origin': kinds.nothingIsSentWithoutAnOrigin,
  'null-is-not-granted': kinds.nullIsNotGranted,
  'a-denied-preflight-is-answered-403': kinds.aDeniedPreflightIsAnswered403,
  'plain-options-are-no-preflights': kinds.plainOptionsAreNoPreflights,
  'preflights-expose-nothing': kinds.preflightsExposeNothing,
  'handlers-do-not-overrule-the-policy': kinds.handlersDoNotOverruleThePolicy,
} satisfies Record<string, Kind>;

type Before = Parameters<typeof theirCors>[0];
type After = HonoCorsOptions;

const configurations: readonly Configuration<keyof typeof KINDS, Before, After>[] = [
  {
    name: 'no options',
    before: undefined,
    after: {
      origin: '*',
      methods: ['PUT', 'DELETE', 'PATCH', 'QUERY'],
      allowedHeaders: ['*', 'Authorization'],
    },
    differences: [
      'options-are-an-object-with-an-origin',
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
    ],
  },
  {
    name: 'no options, and pages that only read',
    before: undefined,
    after: { origin: '*' },
    differences: [
      'options-are-an-object-with-an-origin',
      'no-method-is-allowed-unasked',
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
    ],
  },
  {
    name: 'any origin, and methods',
    before: { origin: '*', allowMethods: ['GET', 'PUT', 'DELETE'] },
    after: { origin: '*', methods: ['PUT', 'DELETE'], allowedHeaders: ['Content-Type'] },
    differences: [
      'the-options-have-other-names',
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
    ],
  },
  {
    name: 'one origin',
    before: { origin: 'https://app.example.com' },
    after: {
      origin: 'https://app.example.com',
      methods: ['PUT', 'DELETE', 'PATCH'],
      allowedHeaders: '*',
    },
    differences: [
      'no-method-is-allowed-unasked',
      'request-headers-are-not-echoed',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'one origin with credentials',
    before: { origin: 'https://app.example.com', credentials: true },
    after: {
      origin: 'https://app.example.com',
      credentials: true,
      methods: ['PUT', 'DELETE', 'PATCH', 'QUERY'],
      allowedHeaders: '*',
    },
    differences: [
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'several origins',
    before: { origin: ['https://app.example.com', 'https://admin.example.com'] },
    after: {
      origin: ['https://app.example.com', 'https://admin.example.com'],
      methods: ['PUT', 'DELETE', 'PATCH'],
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'no-method-is-allowed-unasked',
      'request-headers-are-not-echoed',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'several origins with credentials',
    before: {
      origin: ['https://app.example.com', 'http://localhost:5173'],
      credentials: true,
      allowHeaders: ['Content-Type'],
      allowMethods: ['PUT'],
    },
    after: {
      origin: ['https://app.example.com', 'http://localhost:5173'],
      credentials: true,
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'the-options-have-other-names',
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'everything listed',
    before: {
      origin: ['https://app.example.com'],
      credentials: true,
      allowMethods: ['GET', 'PUT', 'DELETE'],
      allowHeaders: ['Content-Type', 'Authorization'],
      exposeHeaders: ['X-Total-Count'],
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
      'the-options-have-other-names',
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'preflights-expose-nothing',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'subdomains, by a function',
    before: {
      origin: (origin) => (origin.endsWith('.preview.example.com') ? origin : null),
      allowHeaders: ['X-A'],
    },
    after: {
      origin: 'https://*.preview.example.com',
      methods: ['PUT', 'DELETE', 'PATCH'],
      allowedHeaders: ['X-A'],
    },
    differences: [
      'the-options-have-other-names',
      'no-method-is-allowed-unasked',
      'request-headers-are-not-echoed',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'subdomains, and an origin for the rest',
    before: {
      origin: (origin) =>
        origin.endsWith('.preview.example.com') ? origin : 'https://app.example.com',
      allowMethods: ['PUT'],
      allowHeaders: ['Content-Type'],
    },
    after: {
      origin: ['https://*.preview.example.com', 'https://app.example.com'],
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'the-options-have-other-names',
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'the local machine, any port, by a function',
    before: {
      origin: (origin) => (/^http:\/\/localhost:\d+$/.test(origin) ? origin : null),
      allowMethods: ['PUT'],
      allowHeaders: ['Content-Type'],
    },
    after: { origin: 'http://localhost:*', methods: ['PUT'], allowedHeaders: ['Content-Type'] },
    differences: [
      'the-options-have-other-names',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a function that begins alike',
    before: {
      origin: (origin) => (origin.startsWith('https://app.example.com') ? origin : null),
      allowMethods: ['PUT'],
      allowHeaders: ['Content-Type'],
    },
    after: {
      origin: 'https://app.example.com',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'the-options-have-other-names',
      'several-origins-need-no-function',
      'request-headers-are-not-echoed',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'whoever asks, by a function',
    before: { origin: (origin) => origin },
    after: {
      origin: '*',
      methods: ['PUT', 'DELETE', 'PATCH', 'QUERY'],
      allowedHeaders: ['*', 'Authorization'],
    },
    differences: [
      'any-origin-is-a-star',
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
    ],
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
    name: 'nobody, by an empty list',
    before: { origin: [], allowMethods: ['PUT'], allowHeaders: ['Content-Type'] },
    after: { origin: () => false },
    differences: [
      'the-options-have-other-names',
      'origins-are-checked',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a function that answers later',
    before: {
      origin: async (origin) =>
        Promise.resolve(origin === 'https://app.example.com' ? origin : null),
      credentials: true,
      allowMethods: ['PUT'],
      allowHeaders: ['Content-Type'],
    },
    after: {
      origin: async (origin) => Promise.resolve(origin === 'https://app.example.com'),
      credentials: true,
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'the-options-have-other-names',
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a function of the context',
    before: {
      origin: (origin, c) => (c.req.header('Host') === 'api.example.com' ? origin : null),
      allowMethods: ['PUT'],
      allowHeaders: ['Content-Type'],
    },
    after: {
      origin: (_, c) => c.req.header('Host') === 'api.example.com',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'the-options-have-other-names',
      'request-headers-are-not-echoed',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a function, copied as it is',
    before: { origin: (origin) => (origin === 'https://app.example.com' ? origin : null) },
    after: {
      origin: ((origin: string) => (origin === 'https://app.example.com' ? origin : null)) as never,
    },
    differences: [
      'predicates-return-true-or-false',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
    ],
  },
  {
    name: 'methods by a function',
    before: {
      origin: 'https://app.example.com',
      allowMethods: (_, c) => (c.req.path === '/' ? ['PUT'] : ['GET']),
      allowHeaders: ['Content-Type'],
    },
    after: { policy: (c) => (c.req.path === '/' ? writers : readers) },
    differences: [
      'the-options-have-other-names',
      'request-headers-are-not-echoed',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'every method, by a star',
    before: { origin: '*', allowMethods: ['*'], allowHeaders: ['*'] },
    after: { origin: '*', methods: '*', allowedHeaders: '*' },
    differences: [
      'the-options-have-other-names',
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
    ],
  },
  {
    name: 'exposed headers',
    before: { origin: '*', exposeHeaders: ['X-Total-Count'], allowHeaders: ['Content-Type'] },
    after: {
      origin: '*',
      methods: ['PUT', 'DELETE', 'PATCH', 'QUERY'],
      allowedHeaders: ['Content-Type'],
      exposedHeaders: ['X-Total-Count'],
    },
    differences: [
      'the-options-have-other-names',
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
      'preflights-expose-nothing',
    ],
  },
  {
    name: 'exposed headers, for one origin',
    before: {
      origin: 'https://app.example.com',
      exposeHeaders: ['X-Total-Count'],
      allowMethods: ['GET'],
      allowHeaders: ['Content-Type'],
    },
    after: {
      origin: 'https://app.example.com',
      allowedHeaders: ['Content-Type'],
      exposedHeaders: ['X-Total-Count'],
    },
    differences: [
      'the-options-have-other-names',
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'preflights-expose-nothing',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'no cache of preflights',
    before: { origin: '*', allowMethods: ['PUT'], allowHeaders: ['Content-Type'], maxAge: 0 },
    after: { origin: '*', methods: ['PUT'], allowedHeaders: ['Content-Type'], maxAge: 0 },
    differences: [
      'the-options-have-other-names',
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
    ],
  },
  {
    name: 'preflights for ten minutes',
    before: { origin: '*', allowMethods: ['PUT'], allowHeaders: ['Content-Type'], maxAge: 600 },
    after: { origin: '*', methods: ['PUT'], allowedHeaders: ['Content-Type'], maxAge: 600 },
    differences: [
      'the-options-have-other-names',
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
    ],
  },
  {
    name: 'preflights for a week',
    before: { origin: '*', allowMethods: ['PUT'], allowHeaders: ['Content-Type'], maxAge: 604800 },
    after: { origin: '*', methods: ['PUT'], allowedHeaders: ['Content-Type'], maxAge: 86400 },
    differences: [
      'the-options-have-other-names',
      'max-age-is-at-most-a-day',
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
    ],
  },
  {
    name: 'two origins in a string',
    before: {
      origin: 'https://app.example.com,https://admin.example.com',
      allowMethods: ['PUT'],
      allowHeaders: ['Content-Type'],
    },
    after: {
      origin: ['https://app.example.com', 'https://admin.example.com'],
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'the-options-have-other-names',
      'origins-are-checked',
      'request-headers-are-not-echoed',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a slash at the end',
    before: {
      origin: 'https://app.example.com/',
      allowMethods: ['PUT'],
      allowHeaders: ['Content-Type'],
    },
    after: {
      origin: 'https://app.example.com',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'the-options-have-other-names',
      'origins-are-checked',
      'request-headers-are-not-echoed',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a star in a list',
    before: { origin: ['*'], allowMethods: ['PUT'], allowHeaders: ['Content-Type'] },
    after: { origin: '*', methods: ['PUT'], allowedHeaders: ['Content-Type'] },
    differences: [
      'the-options-have-other-names',
      'any-origin-is-a-star',
      'origins-are-checked',
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
    ],
  },
  {
    name: 'an origin on plain HTTP, with credentials',
    before: {
      origin: 'http://intranet.example.com',
      credentials: true,
      allowMethods: ['PUT'],
      allowHeaders: ['Content-Type'],
    },
    after: {
      origin: 'http://intranet.example.com',
      credentials: true,
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
      dangerouslyAllowInsecureOrigins: true,
    },
    differences: [
      'the-options-have-other-names',
      'origins-are-checked',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'handlers-do-not-overrule-the-policy',
    ],
  },
];

function makeServer(middleware: MiddlewareHandler, onHandled: () => void) {
  const app = new Hono();
  app.use('*', middleware);
  app.on(['GET', 'POST', 'PUT', 'OPTIONS'], PATHS.index, (c) => {
    onHandled();
    return c.text(BODY);
  });
  app.get(PATHS.vary, (c) => {
    onHandled();
    c.header('Vary', 'Accept');
    return c.text(BODY);
  });
  app.get(PATHS.overrule, (c) => {
    onHandled();
    c.header('Access-Control-Allow-Origin', '*');
    return c.text(BODY);
  });
  app.get(PATHS.fails, () => {
    onHandled();
    throw failure();
  });
  // The other applications of the test want their own `Request` and `Response`.
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return createServer((request, response) => void listener(request, response));
}

export const fromHonoCors: Migration = migration({
  peer: 'hono/cors',
  page: 'docs/migrate-from-hono-cors.md',
  file: 'scripts/test/migration/hono-cors.ts',
  kinds: KINDS,
  configurations,
  theirs: (options: Before, onHandled) => makeServer(theirCors(options), onHandled),
  ours: (options: After, onHandled) => makeServer(ourCors(options), onHandled),
});
