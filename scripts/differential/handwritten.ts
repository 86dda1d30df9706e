/**
 * A few exchanges by hand, one for each thing that can come of a request: what is wrong with the
 * machinery shows in them first.
 */
import type { PageRequest } from '@cors/browser';
import type { Exchange, PlannedResponse } from './exchange.js';

const PAGE = 'http://page.test';
const OK: PlannedResponse = {
  status: 200,
  headers: [
    ['Access-Control-Allow-Origin', PAGE],
    ['Access-Control-Expose-Headers', 'x-a'],
    ['X-A', '1'],
    ['ETag', '"1"'],
  ],
};
const ALLOW: PlannedResponse = {
  status: 204,
  headers: [
    ['Access-Control-Allow-Origin', PAGE],
    ['Access-Control-Allow-Methods', 'PUT'],
    ['Access-Control-Allow-Headers', 'x-test'],
    ['Access-Control-Max-Age', '600'],
  ],
};
const SLASH: PlannedResponse = {
  status: 200,
  headers: [['Access-Control-Allow-Origin', `${PAGE}/`]],
};
const ANYBODY: PlannedResponse = { status: 200, headers: [['Access-Control-Allow-Origin', '*']] };
const REDIRECT: PlannedResponse = { status: 302, headers: [...OK.headers, ['Location', 'b']] };

/** All of them. */
export const HANDWRITTEN: readonly Exchange[] = [
  exchange('get', {}, ALLOW, OK),
  exchange('get-with-a-slash', {}, ALLOW, SLASH),
  exchange('put', { method: 'PUT', headers: [['X-Test', '1']] }, ALLOW, OK),
  exchange('put-preflight-with-a-slash', { method: 'PUT' }, SLASH, OK),
  exchange('put-with-a-slash', { method: 'PUT' }, ALLOW, SLASH),
  exchange('patch', { method: 'PATCH' }, ALLOW, OK),
  exchange('trace', { method: 'TRACE' }, ALLOW, OK),
  exchange('opaque-origin', { origin: 'null' }, ALLOW, ANYBODY),
  exchange('opaque-response', { mode: 'no-cors' }, ALLOW, SLASH),
  exchange('redirect-error', { redirectMode: 'error' }, ALLOW, REDIRECT),
  exchange('redirect-manual', { redirectMode: 'manual' }, ALLOW, REDIRECT),
  exchange('redirect-unplanned', {}, ALLOW, REDIRECT),
  exchange(
    'upload-listener',
    { api: 'xhr', method: 'POST', uploadListener: true, body: { content: 'a' } },
    ALLOW,
    OK,
  ),
  exchange('cached', { method: 'PUT' }, ALLOW, OK, 3),
  exchange('cached-and-blocked', { method: 'PUT' }, ALLOW, SLASH, 3),
];

function exchange(
  name: string,
  request: Partial<PageRequest>,
  preflight: PlannedResponse,
  actual: PlannedResponse,
  times = 1,
): Exchange {
  const id = `handwritten-${name}`;
  const url = `http://api.test/x/${id}/a`;
  const step = {
    request: { origin: PAGE, url, ...request },
    answers: [{ url, preflight, actual }],
  };
  return { id, steps: Array.from({ length: times }, () => step) };
}
