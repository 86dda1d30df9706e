// From `@koa/cors`, in Koa.
import { createServer } from 'node:http';
import { createCors } from '@cors/core';
import { cors as ourCors, type KoaCorsOptions } from '@cors/koa';
import theirCors, { type Options as TheirOptions } from '@koa/cors';
import Koa from 'koa';

import * as kinds from './kinds.js';
import { type Configuration, type Kind, type Migration, migration } from './migration.js';
import { BODY, failure, PATHS } from './probes.js';

const forCookies = {
  origin: 'https://app.example.com',
  methods: ['PUT'],
  allowedHeaders: ['Content-Type'],
};
const withCookies = createCors({ ...forCookies, credentials: true });
const withoutCookies = createCors(forCookies);

const KINDS = {
  'options-are-an-object-with-an-origin': { refuses: ['options-not-an-object', 'origin-missing'] },
  'any-origin-with-credentials-is-refused': { refuses: ['origin-any-with-credentials'] },
  'the-options-have-other-names': { refuses: ['option-unknown'] },
  'credentials-are-true-or-false': { refuses: ['option-not-boolean'] },
  'several-origins-need-no-function': {
    explains: kinds.regularExpressionsBecomePatterns.explains,
  },
  'any-origin-is-a-star': {
    explains: (difference) =>
      kinds.anyOriginIsAStar.explains(difference) ||
      (difference.what === 'vary' &&
        difference.theirs === 'origin' &&
        difference.ours === '' &&
        difference.replies.ours.fields.get('access-control-allow-origin') === '*'),
  },
  'origins-are-checked': {
    refuses: ['origin-path', 'origin-insecure', 'origin-several-in-one-string'],
    explains: kinds.isDeadOrigin,
  },
  'max-age-is-a-number-up-to-a-day': kinds.maxAgeIsAtMostADay,
  'predicates-return-true-or-false': kinds.predicatesReturnTrueOrFalse,
  'no-method-is-allowed-unasked': kinds.noMethodIsAllowedUnasked,
  'request-headers-are-not-echoed': kinds.requestHeadersAreNotEchoed,
  'nothing-is-sent-to-other-origins': kinds.nothingIsSentToOtherOrigins,
  'nothing-is-sent-without-an-origin': kinds.nothingIsSentWithoutAnOrigin,
  'null-is-not-granted': kinds.nullIsNotGranted,
  'a-denied-preflight-is-answered-403': kinds.aDeniedPreflightIsAnswered403,
  'plain-options-carry-the-headers': {
    explains: ({ situation, what, theirs, replies }) =>
      situation === 'plain-options' &&
      what.startsWith('access-control-') &&
      theirs === '' &&
      replies.ours.handled,
  },
  'vary-survives-the-handler': kinds.varySurvivesTheHandler,
  'error-replies-carry-the-headers': {
    explains: (difference) =>
      kinds.errorRepliesCarryTheHeaders.explains(difference) ||
      (difference.situation === 'actual-denied' &&
        difference.replies.ours.status === 500 &&
        difference.replies.ours.handled &&
        difference.what === 'vary'),
  },
  'isolation-is-not-part-of-cors': {
    explains: ({ situation, what, ours }) =>
      situation !== 'preflight-denied' &&
      /^cross-origin-(?:opener|embedder)/.test(what) &&
      ours === '',
  },
  'private-networks-ask-no-header': {
    explains: ({ situation, what }) =>
      situation === 'preflight-granted' && what === 'access-control-allow-private-network',
  },
  'handlers-do-not-overrule-the-policy': kinds.handlersDoNotOverruleThePolicy,
} satisfies Record<string, Kind>;

type Before = TheirOptions | undefined;
type After = KoaCorsOptions;

const configurations: readonly Configuration<keyof typeof KINDS, Before, After>[] = [
  {
    name: 'no options',
    before: undefined,
    after: {
      origin: '*',
      methods: ['PUT', 'DELETE', 'PATCH'],
      allowedHeaders: ['*', 'Authorization'],
    },
    differences: [
      'options-are-an-object-with-an-origin',
      'any-origin-is-a-star',
      'request-headers-are-not-echoed',
      'plain-options-carry-the-headers',
    ],
  },
  {
    name: 'no options, and pages that only read',
    before: undefined,
    after: { origin: '*' },
    differences: [
      'options-are-an-object-with-an-origin',
      'any-origin-is-a-star',
      'no-method-is-allowed-unasked',
      'request-headers-are-not-echoed',
      'plain-options-carry-the-headers',
    ],
  },
  {
    name: 'any origin, and methods',
    before: { origin: '*', allowMethods: ['GET', 'PUT', 'DELETE'] },
    after: { origin: '*', methods: ['PUT', 'DELETE'], allowedHeaders: ['Content-Type'] },
    differences: [
      'the-options-have-other-names',
      'any-origin-is-a-star',
      'request-headers-are-not-echoed',
      'plain-options-carry-the-headers',
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
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-carry-the-headers',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'one origin with credentials',
    before: { origin: 'https://app.example.com', credentials: true },
    after: {
      origin: 'https://app.example.com',
      credentials: true,
      methods: ['PUT', 'DELETE', 'PATCH'],
      allowedHeaders: '*',
    },
    differences: [
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-carry-the-headers',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'everything listed',
    before: {
      origin: 'https://app.example.com',
      credentials: true,
      allowMethods: ['GET', 'PUT', 'DELETE'],
      allowHeaders: ['Content-Type', 'Authorization'],
      exposeHeaders: ['X-Total-Count'],
      maxAge: 600,
    },
    after: {
      origin: 'https://app.example.com',
      credentials: true,
      methods: ['GET', 'PUT', 'DELETE'],
      allowedHeaders: ['Content-Type', 'Authorization'],
      exposedHeaders: ['X-Total-Count'],
      maxAge: 600,
    },
    differences: [
      'the-options-have-other-names',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-carry-the-headers',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'several origins, by a function',
    before: {
      origin: (ctx) => {
        const allowed = ['https://app.example.com', 'https://admin.example.com'];
        return allowed.includes(ctx.get('Origin')) ? ctx.get('Origin') : '';
      },
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
      'a-denied-preflight-is-answered-403',
      'plain-options-carry-the-headers',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'several origins, by a function, with credentials',
    before: {
      origin: (ctx) => {
        const allowed = ['https://app.example.com', 'http://localhost:5173'];
        return allowed.includes(ctx.get('Origin')) ? ctx.get('Origin') : '';
      },
      credentials: true,
      exposeHeaders: ['X-Total-Count'],
    },
    after: {
      origin: ['https://app.example.com', 'http://localhost:5173'],
      credentials: true,
      methods: ['PUT', 'DELETE', 'PATCH'],
      allowedHeaders: '*',
      exposedHeaders: ['X-Total-Count'],
    },
    differences: [
      'the-options-have-other-names',
      'request-headers-are-not-echoed',
      'a-denied-preflight-is-answered-403',
      'plain-options-carry-the-headers',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'several origins, the first one for the rest',
    before: {
      origin: (ctx) => {
        const allowed = ['https://app.example.com', 'https://admin.example.com'];
        return allowed.find((origin) => origin === ctx.get('Origin')) ?? allowed[0] ?? '';
      },
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
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-carry-the-headers',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'subdomains, by a function',
    before: {
      origin: (ctx) =>
        ctx.get('Origin').endsWith('.preview.example.com') ? ctx.get('Origin') : '',
      allowHeaders: ['X-A'],
    },
    after: {
      origin: 'https://*.preview.example.com',
      methods: ['PUT', 'DELETE', 'PATCH'],
      allowedHeaders: ['X-A'],
    },
    differences: [
      'the-options-have-other-names',
      'a-denied-preflight-is-answered-403',
      'vary-survives-the-handler',
      'error-replies-carry-the-headers',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'the local machine, any port, by a function',
    before: {
      origin: (ctx) =>
        /^http:\/\/localhost:\d+$/.test(ctx.get('Origin')) ? ctx.get('Origin') : '',
      allowMethods: ['PUT'],
      allowHeaders: ['Content-Type'],
    },
    after: { origin: 'http://localhost:*', methods: ['PUT'], allowedHeaders: ['Content-Type'] },
    differences: [
      'the-options-have-other-names',
      'a-denied-preflight-is-answered-403',
      'vary-survives-the-handler',
      'error-replies-carry-the-headers',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a function that begins alike',
    before: {
      origin: (ctx) =>
        ctx.get('Origin').startsWith('https://app.example.com') ? ctx.get('Origin') : '',
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
      'a-denied-preflight-is-answered-403',
      'plain-options-carry-the-headers',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'whoever asks, by a function',
    before: { origin: (ctx) => ctx.get('Origin') },
    after: {
      origin: '*',
      methods: ['PUT', 'DELETE', 'PATCH'],
      allowedHeaders: ['*', 'Authorization'],
    },
    differences: [
      'any-origin-is-a-star',
      'request-headers-are-not-echoed',
      'plain-options-carry-the-headers',
    ],
  },
  {
    name: 'a function that names a star',
    before: { origin: () => '*', allowHeaders: ['Content-Type'], allowMethods: ['PUT'] },
    after: { origin: '*', methods: ['PUT'], allowedHeaders: ['Content-Type'] },
    differences: [
      'the-options-have-other-names',
      'any-origin-is-a-star',
      'plain-options-carry-the-headers',
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
    name: 'credentials by a function',
    before: {
      origin: 'https://app.example.com',
      credentials: (ctx) => ctx.path !== '/missing',
      allowMethods: ['PUT'],
      allowHeaders: ['Content-Type'],
    },
    after: {
      policy: (ctx) => (ctx.path === '/missing' ? withoutCookies : withCookies),
    },
    differences: [
      'the-options-have-other-names',
      'credentials-are-true-or-false',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-carry-the-headers',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a function that answers later',
    before: {
      origin: async (ctx) => {
        const origin = ctx.get('Origin');
        return Promise.resolve(origin === 'https://app.example.com' ? origin : '');
      },
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
      'a-denied-preflight-is-answered-403',
      'plain-options-carry-the-headers',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a function, copied as it is',
    before: {
      origin: (ctx) => (ctx.get('Origin') === 'https://app.example.com' ? ctx.get('Origin') : ''),
    },
    after: {
      origin: ((origin: string) => (origin === 'https://app.example.com' ? origin : '')) as never,
    },
    differences: ['predicates-return-true-or-false', 'a-denied-preflight-is-answered-403'],
  },
  {
    name: 'lists in strings',
    before: {
      origin: 'https://app.example.com',
      allowMethods: 'GET,PUT,DELETE',
      allowHeaders: 'Content-Type,Authorization',
      exposeHeaders: 'X-Total-Count,ETag',
    },
    after: {
      origin: 'https://app.example.com',
      methods: ['GET', 'PUT', 'DELETE'],
      allowedHeaders: ['Content-Type', 'Authorization'],
      exposedHeaders: ['X-Total-Count', 'ETag'],
    },
    differences: [
      'the-options-have-other-names',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-carry-the-headers',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'exposed headers',
    before: { origin: '*', exposeHeaders: ['X-Total-Count'], allowHeaders: ['Content-Type'] },
    after: {
      origin: '*',
      methods: ['PUT', 'DELETE', 'PATCH'],
      allowedHeaders: ['Content-Type'],
      exposedHeaders: ['X-Total-Count'],
    },
    differences: [
      'the-options-have-other-names',
      'any-origin-is-a-star',
      'plain-options-carry-the-headers',
    ],
  },
  {
    name: 'no cache of preflights',
    before: { origin: '*', allowMethods: ['PUT'], allowHeaders: ['Content-Type'], maxAge: 0 },
    after: { origin: '*', methods: ['PUT'], allowedHeaders: ['Content-Type'], maxAge: 0 },
    differences: [
      'the-options-have-other-names',
      'any-origin-is-a-star',
      'max-age-is-a-number-up-to-a-day',
      'plain-options-carry-the-headers',
    ],
  },
  {
    name: 'preflights for ten minutes, in a string',
    before: { origin: '*', allowMethods: ['PUT'], allowHeaders: ['Content-Type'], maxAge: '600' },
    after: { origin: '*', methods: ['PUT'], allowedHeaders: ['Content-Type'], maxAge: 600 },
    differences: [
      'the-options-have-other-names',
      'any-origin-is-a-star',
      'max-age-is-a-number-up-to-a-day',
      'plain-options-carry-the-headers',
    ],
  },
  {
    name: 'preflights for a week',
    before: { origin: '*', allowMethods: ['PUT'], allowHeaders: ['Content-Type'], maxAge: 604800 },
    after: { origin: '*', methods: ['PUT'], allowedHeaders: ['Content-Type'], maxAge: 86400 },
    differences: [
      'the-options-have-other-names',
      'any-origin-is-a-star',
      'max-age-is-a-number-up-to-a-day',
      'plain-options-carry-the-headers',
    ],
  },
  {
    name: 'nothing on errors',
    before: {
      origin: 'https://app.example.com',
      allowMethods: ['PUT'],
      allowHeaders: ['Content-Type'],
      keepHeadersOnError: false,
    },
    after: {
      origin: 'https://app.example.com',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'the-options-have-other-names',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-carry-the-headers',
      'vary-survives-the-handler',
      'error-replies-carry-the-headers',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a context that is isolated',
    before: {
      origin: 'https://app.example.com',
      allowMethods: ['PUT'],
      allowHeaders: ['Content-Type'],
      secureContext: true,
    },
    after: {
      origin: 'https://app.example.com',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'the-options-have-other-names',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-carry-the-headers',
      'vary-survives-the-handler',
      'isolation-is-not-part-of-cors',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'private networks',
    before: {
      origin: 'https://app.example.com',
      allowMethods: ['PUT'],
      allowHeaders: ['Content-Type'],
      privateNetworkAccess: true,
    },
    after: {
      origin: 'https://app.example.com',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'the-options-have-other-names',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-carry-the-headers',
      'vary-survives-the-handler',
      'private-networks-ask-no-header',
      'handlers-do-not-overrule-the-policy',
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
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-carry-the-headers',
      'vary-survives-the-handler',
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
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'plain-options-carry-the-headers',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
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
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
];

function makeServer(middleware: Koa.Middleware, onHandled: () => void) {
  const app = new Koa();
  app.silent = true;
  app.use(middleware);
  app.use((ctx) => {
    const { method, path } = ctx;
    if (method === 'OPTIONS' && path !== PATHS.index) return;
    if (path === PATHS.missing) return;
    onHandled();
    if (path === PATHS.fails) throw failure();
    if (path === PATHS.vary) ctx.set('Vary', 'Accept');
    if (path === PATHS.overrule) ctx.set('Access-Control-Allow-Origin', '*');
    ctx.body = BODY;
  });
  return createServer((request, response) => void app.callback()(request, response));
}

export const fromKoaCors: Migration = migration({
  peer: '@koa/cors',
  page: 'docs/migrate-from-koa-cors.md',
  file: 'scripts/test/migration/koa-cors.ts',
  kinds: KINDS,
  configurations,
  theirs: (options: Before, onHandled) => makeServer(theirCors(options), onHandled),
  ours: (options: After, onHandled) => makeServer(ourCors(options), onHandled),
});
