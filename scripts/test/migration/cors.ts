// From `cors`, in Express.
import { createServer } from 'node:http';
import { createCors } from '@cors/core';
import { cors as ourCors, type ExpressCorsOptions } from '@cors/express';
import theirCors, { type CorsOptions, type CorsOptionsDelegate, type CorsRequest } from 'cors';
import express, { type RequestHandler } from 'express';

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
    refuses: ['origin-path', 'origin-insecure'],
    explains: kinds.isDeadOrigin,
  },
  'lists-are-lists': { refuses: ['list-type', 'list-several-in-one-string'] },
  'max-age-is-at-most-a-day': kinds.maxAgeIsAtMostADay,
  'predicates-return-true-or-false': kinds.predicatesReturnTrueOrFalse,
  'a-denied-origin-is-no-error': kinds.aDeniedOriginIsNoError,
  'no-method-is-allowed-unasked': kinds.noMethodIsAllowedUnasked,
  'request-headers-are-not-echoed': kinds.requestHeadersAreNotEchoed,
  'nothing-is-sent-to-other-origins': kinds.nothingIsSentToOtherOrigins,
  'nothing-is-sent-without-an-origin': kinds.nothingIsSentWithoutAnOrigin,
  'null-is-not-granted': kinds.nullIsNotGranted,
  'a-denied-preflight-is-answered-403': kinds.aDeniedPreflightIsAnswered403,
  'plain-options-are-no-preflights': kinds.plainOptionsAreNoPreflights,
  'preflights-expose-nothing': kinds.preflightsExposeNothing,
  'a-204-has-no-content-length': kinds.a204HasNoContentLength,
  'vary-survives-the-handler': kinds.varySurvivesTheHandler,
  'vary-is-never-left-out': kinds.varyIsNeverLeftOut,
  'handlers-do-not-overrule-the-policy': kinds.handlersDoNotOverruleThePolicy,
} satisfies Record<string, Kind>;

type Before = CorsOptions | CorsOptionsDelegate | undefined;
type After = ExpressCorsOptions;

const configurations: readonly Configuration<keyof typeof KINDS, Before, After>[] = [
  {
    name: 'no options',
    before: undefined,
    after: {
      origin: '*',
      methods: ['PUT', 'PATCH', 'DELETE'],
      allowedHeaders: ['*', 'Authorization'],
    },
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
      'no-method-is-allowed-unasked',
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
    ],
  },
  {
    name: 'any origin, said',
    before: { origin: '*' },
    after: { origin: '*', methods: ['PUT', 'DELETE'], allowedHeaders: ['Content-Type'] },
    differences: [
      'no-method-is-allowed-unasked',
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
    ],
  },
  {
    name: 'one origin',
    before: { origin: 'https://app.example.com' },
    after: {
      origin: 'https://app.example.com',
      methods: ['PUT', 'PATCH', 'DELETE'],
      allowedHeaders: '*',
    },
    differences: [
      'request-headers-are-not-echoed',
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
    name: 'one origin with credentials',
    before: { origin: 'https://app.example.com', credentials: true },
    after: {
      origin: 'https://app.example.com',
      credentials: true,
      methods: ['PUT', 'PATCH', 'DELETE'],
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
    name: 'several origins',
    before: { origin: ['https://app.example.com', 'https://admin.example.com'] },
    after: {
      origin: ['https://app.example.com', 'https://admin.example.com'],
      methods: ['PUT', 'PATCH', 'DELETE'],
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
    before: {
      origin: ['https://app.example.com', 'http://localhost:5173'],
      credentials: true,
    },
    after: {
      origin: ['https://app.example.com', 'http://localhost:5173'],
      credentials: true,
      methods: ['PUT', 'PATCH', 'DELETE'],
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
    after: {
      origin: 'https://*.preview.example.com',
      methods: ['PUT', 'PATCH', 'DELETE'],
      allowedHeaders: ['X-A'],
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
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    after: {
      origin: ['https://app.example.com', 'https://*.preview.example.com'],
      methods: ['PUT'],
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
    before: { origin: /localhost/, methods: ['PUT'], allowedHeaders: ['Content-Type'] },
    after: { origin: 'http://localhost:*', methods: ['PUT'], allowedHeaders: ['Content-Type'] },
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
    after: {
      origin: '*',
      methods: ['PUT', 'PATCH', 'DELETE'],
      allowedHeaders: ['*', 'Authorization'],
    },
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
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    after: {
      origin: (origin) => origin === 'https://app.example.com',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'vary-is-never-left-out',
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
    differences: [
      'predicates-return-true-or-false',
      'a-denied-preflight-is-answered-403',
      'vary-is-never-left-out',
    ],
  },
  {
    name: 'a function that denies with an error',
    before: {
      origin: (origin, callback) => {
        if (origin === 'https://app.example.com') callback(null, true);
        else callback(new Error('Not allowed by CORS'));
      },
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    after: {
      origin: (origin) => origin === 'https://app.example.com',
      methods: ['PUT'],
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
      origin: (origin, callback) => {
        setImmediate(() => callback(null, origin === 'https://app.example.com'));
      },
      credentials: true,
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    after: {
      origin: async (origin) => Promise.resolve(origin === 'https://app.example.com'),
      credentials: true,
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'a-denied-preflight-is-answered-403',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'vary-is-never-left-out',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a function that names the origins',
    before: {
      origin: (_, callback) => callback(null, ['https://app.example.com']),
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    after: {
      origin: (origin) => ['https://app.example.com'].includes(origin),
      methods: ['PUT'],
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
    before: (request: CorsRequest, callback) =>
      callback(null, { origin: request.headers.host === 'api.example.com' && '*' }),
    after: {
      policy: (request) => request.headers.host === 'api.example.com' && forAll,
    },
    differences: [
      'options-are-an-object-with-an-origin',
      'no-method-is-allowed-unasked',
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
      'a-204-has-no-content-length',
      'vary-survives-the-handler',
      'vary-is-never-left-out',
    ],
  },
  {
    name: 'lists in strings',
    before: {
      origin: 'https://app.example.com',
      methods: 'GET,PUT,DELETE',
      allowedHeaders: 'Content-Type,Authorization',
      exposedHeaders: 'X-Total-Count,ETag',
    },
    after: {
      origin: 'https://app.example.com',
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
    name: 'exposed headers',
    before: { origin: '*', methods: ['GET'], exposedHeaders: ['X-Total-Count'] },
    after: { origin: '*', allowedHeaders: '*', exposedHeaders: ['X-Total-Count'] },
    differences: [
      'request-headers-are-not-echoed',
      'plain-options-are-no-preflights',
      'preflights-expose-nothing',
      'a-204-has-no-content-length',
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
    name: 'status 200, for old clients',
    before: {
      origin: ['https://app.example.com'],
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
      optionsSuccessStatus: 200,
    },
    after: {
      origin: ['https://app.example.com'],
      methods: ['PUT'],
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
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a slash at the end',
    before: {
      origin: 'https://app.example.com/',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    after: {
      origin: 'https://app.example.com',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
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
  {
    name: 'an origin on plain HTTP, with credentials',
    before: {
      origin: ['https://app.example.com', 'http://intranet.example.com'],
      credentials: true,
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    after: {
      origin: ['https://app.example.com', 'http://intranet.example.com'],
      credentials: true,
      methods: ['PUT'],
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

function makeServer(middleware: RequestHandler, onHandled: () => void) {
  const app = express();
  // Without a line in the log for each error.
  app.set('env', 'test');
  app.use(middleware);
  app.all(PATHS.index, (_, response) => {
    onHandled();
    response.send(BODY);
  });
  app.get(PATHS.vary, (_, response) => {
    onHandled();
    response.setHeader('Vary', 'Accept');
    response.send(BODY);
  });
  app.get(PATHS.overrule, (_, response) => {
    onHandled();
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.send(BODY);
  });
  app.get(PATHS.fails, () => {
    onHandled();
    throw failure();
  });
  return createServer(app);
}

export const fromCors: Migration = migration({
  peer: 'cors',
  page: 'docs/migrate-from-cors.md',
  file: 'scripts/test/migration/cors.ts',
  kinds: KINDS,
  configurations,
  theirs: (options: Before, onHandled) => makeServer(theirCors(options), onHandled),
  ours: (options: After, onHandled) => makeServer(ourCors(options), onHandled),
});
