/**
 * The scenes. Together they are a whole handshake, in all the ways that it can go.
 */
import type { Scene, SceneStep } from './scene.js';

const PAGE = 'http://page.app.test';
/** Of the same site, so that the user's cookies go along; but not allowed. */
const DENIED = 'http://denied.app.test';

const get = { origin: PAGE, credentialsMode: 'include' } as const;
const put = {
  origin: PAGE,
  method: 'PUT',
  credentialsMode: 'include',
  headers: [['Content-Type', 'application/json']],
  body: { content: '{"text":"milk"}' },
} as const;

const login: SceneStep = {
  request: get,
  resource: 'login',
  sent: ['GET login'],
  page: { status: 200, misses: ['set-cookie'] },
};
const SAVED = { status: 200, sees: ['x-total'], misses: ['x-hidden'] };
const save: SceneStep = {
  request: put,
  resource: 'note',
  sent: ['OPTIONS note', 'PUT note'],
  page: SAVED,
};
const HANDLED_LOGIN = 'GET login';
const HANDLED_PUT = 'PUT note session=abc {"text":"milk"}';

/** All of them. */
export const SCENES: readonly Scene[] = [
  {
    name: 'simple-get',
    steps: [
      {
        request: { origin: PAGE },
        resource: 'notes',
        sent: ['GET notes'],
        page: { status: 200, sees: ['x-total', 'content-type'], misses: ['x-hidden', 'vary'] },
      },
    ],
    handled: ['GET notes'],
  },
  {
    name: 'credentialed-put',
    steps: [login, save],
    handled: [HANDLED_LOGIN, HANDLED_PUT],
  },
  {
    name: 'without-credentials',
    steps: [
      login,
      { ...save, request: { ...put, credentialsMode: 'omit' }, page: { status: 401 } },
    ],
    handled: [HANDLED_LOGIN, 'PUT note {"text":"milk"}'],
  },
  {
    name: 'xml-http-request',
    steps: [login, { ...save, request: { ...put, api: 'xhr' } }],
    handled: [HANDLED_LOGIN, HANDLED_PUT],
  },
  {
    name: 'preflight-cache-hit',
    steps: [
      login,
      save,
      { ...save, sent: ['PUT note'] },
      // The cache is one of URLs.
      {
        request: put,
        resource: 'nothing',
        sent: ['OPTIONS nothing', 'PUT nothing'],
        page: { status: 404 },
      },
    ],
    handled: [HANDLED_LOGIN, HANDLED_PUT, HANDLED_PUT],
  },
  {
    name: 'denied-get',
    steps: [
      login,
      {
        request: { ...get, origin: DENIED },
        resource: 'notes',
        sent: ['GET notes'],
        page: 'missing-allow-origin',
      },
    ],
    // CORS refuses nothing that needs no preflight: it only hides the reply.
    handled: [HANDLED_LOGIN, 'GET notes session=abc'],
  },
  {
    name: 'denied-put',
    steps: [
      {
        request: { ...put, origin: DENIED },
        resource: 'note',
        sent: ['OPTIONS note'],
        page: 'preflight-missing-allow-origin',
      },
    ],
    handled: [],
  },
  {
    name: 'denied-opaque-origin',
    steps: [
      {
        request: { ...put, origin: 'null' },
        resource: 'note',
        sent: ['OPTIONS note'],
        page: 'preflight-missing-allow-origin',
      },
    ],
    handled: [],
  },
  {
    name: 'method-not-allowed',
    steps: [
      {
        request: { ...get, method: 'DELETE' },
        resource: 'note',
        sent: ['OPTIONS note'],
        page: 'method-not-allowed',
      },
    ],
    handled: [],
  },
  {
    name: 'header-not-allowed',
    steps: [
      {
        request: { ...put, headers: [...put.headers, ['X-Token', '1']] },
        resource: 'note',
        sent: ['OPTIONS note'],
        page: 'header-not-allowed',
      },
    ],
    handled: [],
  },
  {
    name: 'unauthorized',
    steps: [{ ...save, page: { status: 401 } }],
    handled: ['PUT note {"text":"milk"}'],
  },
  {
    name: 'not-found',
    steps: [
      { request: get, resource: 'nothing', sent: ['GET nothing'], page: { status: 404 } },
      {
        request: put,
        resource: 'nothing',
        sent: ['OPTIONS nothing', 'PUT nothing'],
        page: { status: 404 },
      },
    ],
    handled: [],
  },
  {
    name: 'broken',
    steps: [
      { request: get, resource: 'broken', sent: ['GET broken'], page: { status: 500 } },
      {
        request: put,
        resource: 'broken',
        sent: ['OPTIONS broken', 'PUT broken'],
        page: { status: 500 },
      },
    ],
    handled: ['GET broken', 'PUT broken {"text":"milk"}'],
  },
  {
    name: 'redirect',
    steps: [
      {
        request: get,
        resource: 'moved',
        sent: ['GET moved', 'GET notes'],
        page: { status: 200, sees: ['x-total'], misses: ['x-hidden'] },
      },
    ],
    handled: ['GET moved', 'GET notes'],
  },
  {
    name: 'redirected-put',
    steps: [
      login,
      {
        request: put,
        resource: 'moved',
        sent: ['OPTIONS moved', 'PUT moved', 'OPTIONS note', 'PUT note'],
        page: SAVED,
      },
    ],
    handled: [HANDLED_LOGIN, 'PUT moved session=abc {"text":"milk"}', HANDLED_PUT],
  },
  {
    name: 'redirect-to-another-server',
    steps: [
      {
        request: get,
        resource: 'away',
        sent: ['GET away', 'GET other:notes'],
        // It asks for the origin null.
        page: 'missing-allow-origin',
      },
    ],
    handled: ['GET away', 'GET other:notes'],
  },
  {
    name: 'put-redirected-to-another-server',
    steps: [
      login,
      {
        request: put,
        resource: 'away',
        sent: {
          chromium: ['OPTIONS away', 'PUT away', 'OPTIONS other:note'],
          // Its preflight names the page's own origin, in spite of the redirect; the request does not.
          firefox: ['OPTIONS away', 'PUT away', 'OPTIONS other:note', 'PUT other:note'],
        },
        page: { chromium: 'preflight-missing-allow-origin', firefox: 'missing-allow-origin' },
      },
    ],
    handled: {
      chromium: [HANDLED_LOGIN, 'PUT away session=abc {"text":"milk"}'],
      firefox: [
        HANDLED_LOGIN,
        'PUT away session=abc {"text":"milk"}',
        'PUT other:note {"text":"milk"}',
      ],
    },
  },
];
