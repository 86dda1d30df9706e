// From `handleCors` of h3.
import { createServer } from 'node:http';
import { cors as ourCors, type H3CorsOptions } from '@cors/h3';
import { type CorsOptions, H3, handleCors, type Middleware, toNodeHandler } from 'h3';

import * as kinds from './kinds.js';
import { type Configuration, type Kind, type Migration, migration } from './migration.js';
import { BODY, failure, PATHS } from './probes.js';

const KINDS = {
  'options-are-an-object-with-an-origin': { refuses: ['origin-missing'] },
  'any-origin-with-credentials-is-refused': { refuses: ['origin-any-with-credentials'] },
  'the-options-have-other-names': { refuses: ['option-unknown'] },
  'any-origin-is-a-star': kinds.anyOriginIsAStar,
  'regular-expressions-become-patterns': kinds.regularExpressionsBecomePatterns,
  'origins-are-checked': {
    refuses: ['origin-path', 'origin-insecure', 'origin-several-in-one-string', 'origin-empty'],
    // An origin that is equal to none grants nothing at all.
    explains: ({ situation, what, theirs, ours, probe }) =>
      situation !== 'plain-options' &&
      what === 'access-control-allow-origin' &&
      theirs === '' &&
      ours === probe.headers['origin'],
  },
  'max-age-is-a-number-up-to-a-day': kinds.maxAgeIsAtMostADay,
  'nothing-is-exposed-unasked': {
    refuses: ['exposed-any-with-credentials'],
    explains: ({ situation, what, theirs, ours, replies }) =>
      (situation === 'actual-granted' ||
        (situation === 'no-origin' && replies.ours.fields.has('access-control-allow-origin'))) &&
      what === 'access-control-expose-headers' &&
      theirs === '*' &&
      ours === '',
  },
  'no-method-is-allowed-unasked': {
    explains: ({ situation, what, theirs }) =>
      situation === 'preflight-granted' &&
      what === 'access-control-allow-methods' &&
      theirs === '*',
  },
  'request-headers-are-not-echoed': kinds.requestHeadersAreNotEchoed,
  'nothing-is-sent-to-other-origins': kinds.nothingIsSentToOtherOrigins,
  'nothing-is-sent-without-an-origin': kinds.nothingIsSentWithoutAnOrigin,
  'null-is-not-granted': { ...kinds.nullIsNotGranted, refuses: ['origin-null'] },
  'a-denied-preflight-is-answered-403': kinds.aDeniedPreflightIsAnswered403,
  'vary-survives-the-handler': kinds.varySurvivesTheHandler,
  'an-empty-reply-has-a-length': {
    explains: ({ what, theirs, ours, situation }) =>
      what === 'content-length' &&
      theirs === '' &&
      ours === '0' &&
      situation === 'preflight-granted',
  },
  'handlers-do-not-overrule-the-policy': kinds.handlersDoNotOverruleThePolicy,
} satisfies Record<string, Kind>;

const configurations: readonly Configuration<keyof typeof KINDS, CorsOptions, H3CorsOptions>[] = [
  {
    name: 'no options',
    before: {},
    after: {
      origin: '*',
      methods: '*',
      allowedHeaders: ['*', 'Authorization'],
      exposedHeaders: '*',
    },
    differences: ['options-are-an-object-with-an-origin', 'request-headers-are-not-echoed'],
  },
  {
    name: 'no options, and pages that only read',
    before: {},
    after: { origin: '*' },
    differences: [
      'options-are-an-object-with-an-origin',
      'nothing-is-exposed-unasked',
      'no-method-is-allowed-unasked',
      'request-headers-are-not-echoed',
    ],
  },
  {
    name: 'any origin, and methods',
    before: { origin: '*', methods: ['GET', 'PUT', 'DELETE'], allowHeaders: ['Content-Type'] },
    after: {
      origin: '*',
      methods: ['PUT', 'DELETE'],
      allowedHeaders: ['Content-Type'],
      exposedHeaders: '*',
    },
    differences: ['the-options-have-other-names', 'request-headers-are-not-echoed'],
  },
  {
    name: 'one origin',
    before: { origin: ['https://app.example.com'] },
    after: {
      origin: 'https://app.example.com',
      methods: '*',
      allowedHeaders: '*',
      exposedHeaders: '*',
    },
    differences: [
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'one origin with credentials',
    before: { origin: ['https://app.example.com'], credentials: true },
    after: {
      origin: 'https://app.example.com',
      credentials: true,
      methods: '*',
      allowedHeaders: '*',
    },
    differences: [
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'several origins',
    before: {
      origin: ['https://app.example.com', 'https://admin.example.com'],
      methods: ['PUT'],
    },
    after: {
      origin: ['https://app.example.com', 'https://admin.example.com'],
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'nothing-is-exposed-unasked',
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'several origins with credentials',
    before: {
      origin: ['https://app.example.com', 'http://localhost:5173'],
      credentials: true,
      methods: ['PUT'],
    },
    after: {
      origin: ['https://app.example.com', 'http://localhost:5173'],
      credentials: true,
      methods: ['PUT'],
      allowedHeaders: '*',
    },
    differences: [
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
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
      allowHeaders: ['Content-Type', 'Authorization'],
      exposeHeaders: ['X-Total-Count'],
      maxAge: '600',
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
      'max-age-is-a-number-up-to-a-day',
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'subdomains, by a regular expression',
    before: {
      origin: [/^https:\/\/.+\.preview\.example\.com$/],
      allowHeaders: ['X-A'],
      exposeHeaders: [],
    },
    after: { origin: 'https://*.preview.example.com', methods: '*', allowedHeaders: ['X-A'] },
    differences: [
      'the-options-have-other-names',
      'regular-expressions-become-patterns',
      'request-headers-are-not-echoed',
      'a-denied-preflight-is-answered-403',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a regular expression that is open at its end',
    before: { origin: [/https:\/\/app\.example\.com/], credentials: true, methods: ['PUT'] },
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
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'origins and regular expressions',
    before: {
      origin: ['https://app.example.com', /\.preview\.example\.com$/],
      methods: ['PUT'],
      allowHeaders: ['Content-Type'],
    },
    after: {
      origin: ['https://app.example.com', 'https://*.preview.example.com'],
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
      exposedHeaders: '*',
    },
    differences: [
      'the-options-have-other-names',
      'regular-expressions-become-patterns',
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'the local machine, any port',
    before: { origin: [/localhost/], methods: ['PUT'], allowHeaders: ['Content-Type'] },
    after: {
      origin: 'http://localhost:*',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
      exposedHeaders: '*',
    },
    differences: [
      'the-options-have-other-names',
      'regular-expressions-become-patterns',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
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
    name: 'whoever asks, by a function',
    before: { origin: () => true, methods: ['PUT'], allowHeaders: ['Content-Type'] },
    after: {
      origin: '*',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
      exposedHeaders: '*',
    },
    differences: [
      'the-options-have-other-names',
      'any-origin-is-a-star',
      'request-headers-are-not-echoed',
    ],
  },
  {
    name: 'whoever asks, by a function, with credentials',
    before: {
      origin: () => true,
      credentials: true,
      methods: ['PUT'],
      allowHeaders: ['Content-Type'],
    },
    after: {
      origin: 'https://app.example.com',
      credentials: true,
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'the-options-have-other-names',
      'regular-expressions-become-patterns',
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a function',
    before: {
      origin: (origin) => origin === 'https://app.example.com',
      methods: ['PUT'],
      allowHeaders: ['Content-Type'],
      exposeHeaders: [],
    },
    after: {
      origin: (origin) => origin === 'https://app.example.com',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
    },
    differences: [
      'the-options-have-other-names',
      'request-headers-are-not-echoed',
      'a-denied-preflight-is-answered-403',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'a function that begins alike',
    before: {
      origin: (origin) => origin.startsWith('https://app.example.com'),
      methods: ['PUT'],
      allowHeaders: ['Content-Type'],
    },
    after: {
      origin: 'https://app.example.com',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
      exposedHeaders: '*',
    },
    differences: [
      'the-options-have-other-names',
      'regular-expressions-become-patterns',
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'null',
    before: { origin: 'null', methods: ['PUT'], allowHeaders: ['Content-Type'] },
    after: {
      origin: 'null',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
      exposedHeaders: '*',
      dangerouslyAllowNullOrigin: true,
    },
    differences: [
      'the-options-have-other-names',
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'exposed headers',
    before: {
      origin: '*',
      methods: ['PUT'],
      allowHeaders: ['Content-Type'],
      exposeHeaders: ['X-Total-Count'],
    },
    after: {
      origin: '*',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
      exposedHeaders: ['X-Total-Count'],
    },
    differences: ['the-options-have-other-names', 'request-headers-are-not-echoed'],
  },
  {
    name: 'every exposed header, with credentials',
    before: {
      origin: ['https://app.example.com'],
      credentials: true,
      methods: ['PUT'],
      allowHeaders: ['Content-Type'],
      exposeHeaders: '*',
    },
    after: {
      origin: ['https://app.example.com'],
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
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'no cache of preflights',
    before: { origin: '*', methods: ['PUT'], allowHeaders: ['Content-Type'], maxAge: '0' },
    after: {
      origin: '*',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
      exposedHeaders: '*',
      maxAge: 0,
    },
    differences: [
      'the-options-have-other-names',
      'max-age-is-a-number-up-to-a-day',
      'request-headers-are-not-echoed',
    ],
  },
  {
    name: 'preflights for ten minutes',
    before: { origin: '*', methods: ['PUT'], allowHeaders: ['Content-Type'], maxAge: '600' },
    after: {
      origin: '*',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
      exposedHeaders: '*',
      maxAge: 600,
    },
    differences: [
      'the-options-have-other-names',
      'max-age-is-a-number-up-to-a-day',
      'request-headers-are-not-echoed',
    ],
  },
  {
    name: 'preflights for a week',
    before: { origin: '*', methods: ['PUT'], allowHeaders: ['Content-Type'], maxAge: '604800' },
    after: {
      origin: '*',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
      exposedHeaders: '*',
      maxAge: 86400,
    },
    differences: [
      'the-options-have-other-names',
      'max-age-is-a-number-up-to-a-day',
      'request-headers-are-not-echoed',
    ],
  },
  {
    name: 'no age, said',
    before: {
      origin: ['https://app.example.com'],
      methods: ['PUT'],
      allowHeaders: ['Content-Type'],
      maxAge: false,
    },
    after: {
      origin: ['https://app.example.com'],
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
      exposedHeaders: '*',
    },
    differences: [
      'the-options-have-other-names',
      'max-age-is-a-number-up-to-a-day',
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'status 200, for old clients',
    before: {
      origin: ['https://app.example.com'],
      methods: ['PUT'],
      allowHeaders: ['Content-Type'],
      preflight: { statusCode: 200 },
    },
    after: {
      origin: ['https://app.example.com'],
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
      exposedHeaders: '*',
      optionsSuccessStatus: 200,
    },
    differences: [
      'the-options-have-other-names',
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'vary-survives-the-handler',
      'an-empty-reply-has-a-length',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'nobody, by an empty list',
    before: { origin: [], methods: ['PUT'], allowHeaders: ['Content-Type'] },
    after: { origin: () => false },
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
  {
    name: 'a slash at the end',
    before: {
      origin: ['https://app.example.com/'],
      methods: ['PUT'],
      allowHeaders: ['Content-Type'],
    },
    after: {
      origin: 'https://app.example.com',
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
      exposedHeaders: '*',
    },
    differences: [
      'the-options-have-other-names',
      'origins-are-checked',
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
  {
    name: 'two origins in a string',
    before: {
      origin: ['https://app.example.com,https://admin.example.com'],
      methods: ['PUT'],
      allowHeaders: ['Content-Type'],
    },
    after: {
      origin: ['https://app.example.com', 'https://admin.example.com'],
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
      exposedHeaders: '*',
    },
    differences: [
      'the-options-have-other-names',
      'origins-are-checked',
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
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
      allowHeaders: ['Content-Type'],
    },
    after: {
      origin: ['https://app.example.com', 'http://intranet.example.com'],
      credentials: true,
      methods: ['PUT'],
      allowedHeaders: ['Content-Type'],
      dangerouslyAllowInsecureOrigins: true,
    },
    differences: [
      'the-options-have-other-names',
      'origins-are-checked',
      'request-headers-are-not-echoed',
      'nothing-is-sent-to-other-origins',
      'nothing-is-sent-without-an-origin',
      'null-is-not-granted',
      'a-denied-preflight-is-answered-403',
      'vary-survives-the-handler',
      'handlers-do-not-overrule-the-policy',
    ],
  },
];

function makeServer(cors: Middleware, onHandled: () => void) {
  const app = new H3({ silent: true });
  app.use(cors);
  for (const method of ['GET', 'POST', 'PUT', 'OPTIONS'] as const) {
    app.on(method, PATHS.index, () => {
      onHandled();
      return BODY;
    });
  }
  app.get(PATHS.vary, (event) => {
    onHandled();
    event.res.headers.set('Vary', 'Accept');
    return BODY;
  });
  app.get(PATHS.overrule, (event) => {
    onHandled();
    event.res.headers.set('Access-Control-Allow-Origin', '*');
    return BODY;
  });
  app.get(PATHS.fails, () => {
    onHandled();
    throw failure();
  });
  const handler = toNodeHandler(app);
  return createServer((request, response) => void handler(request, response));
}

/** OPTIONS that is no preflight is as any other request, to h3 as to us. */
function likeGet(kind: Kind): Kind {
  const { explains } = kind;
  if (explains === undefined) return kind;
  return {
    ...kind,
    explains: (difference) => {
      const { probe, replies, situation } = difference;
      if (situation !== 'plain-options') return explains(difference);
      const granted = replies.ours.fields.has('access-control-allow-origin');
      const like = granted ? 'actual-granted' : 'actual-denied';
      return explains({ ...difference, situation: 'origin' in probe.headers ? like : 'no-origin' });
    },
  };
}

export const fromH3: Migration = migration({
  peer: 'h3',
  page: 'docs/migrate-from-h3.md',
  file: 'scripts/test/migration/h3.ts',
  kinds: Object.fromEntries(
    Object.entries(KINDS).map(([name, kind]) => [name, likeGet(kind)]),
  ) as Record<keyof typeof KINDS, Kind>,
  configurations,
  theirs: (options: CorsOptions, onHandled) =>
    makeServer((event, next) => {
      const reply = handleCors(event, options);
      return reply === false ? next() : reply;
    }, onHandled),
  ours: (options: H3CorsOptions, onHandled) => makeServer(ourCors(options), onHandled),
});
