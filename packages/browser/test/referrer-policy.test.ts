import { expect, it } from 'vitest';

import { type ReferrerPolicy, type Send, simulateFetch } from '../src/index.js';

const PAGE = 'https://app.example.com';
const ELSEWHERE = 'https://other.test/';

// The policy of the page says one thing, that of the redirect another.
it.each<[ReferrerPolicy, header: string, to: string, origin: string]>([
  ['unsafe-url', 'no-referrer', ELSEWHERE, 'null'],
  ['unsafe-url', 'same-origin', ELSEWHERE, 'null'],
  ['no-referrer', 'same-origin', `${PAGE}/b`, PAGE],
  ['no-referrer', 'origin', ELSEWHERE, PAGE],
  ['no-referrer', 'origin-when-cross-origin', ELSEWHERE, PAGE],
  ['no-referrer', 'unsafe-url', ELSEWHERE, PAGE],
  ['no-referrer', 'no-referrer-when-downgrade', ELSEWHERE, PAGE],
  ['no-referrer', 'strict-origin', ELSEWHERE, PAGE],
  ['no-referrer', 'strict-origin-when-cross-origin', ELSEWHERE, PAGE],
  ['unsafe-url', 'strict-origin', 'http://other.test/', 'null'],
  // The last one that there is.
  ['no-referrer', 'no-referrer, unsafe-url', ELSEWHERE, PAGE],
  ['no-referrer', 'unsafe-url,\tsome-future-policy', ELSEWHERE, PAGE],
  ['no-referrer', 'Unsafe-URL', ELSEWHERE, PAGE],
  ['no-referrer', 'some-future-policy', ELSEWHERE, 'null'],
  ['no-referrer', '', ELSEWHERE, 'null'],
])('%s, then %j of a redirect to %s: Origin is %s', async (referrerPolicy, header, to, origin) => {
  const origins: (string | undefined)[] = [];
  const send: Send = ({ url, headers }) => {
    origins.push(headers.find(([name]) => name === 'Origin')?.[1]);
    const location = ['Location', to] as const;
    return url === `${PAGE}/a`
      ? { status: 307, headers: [location, ['Referrer-Policy', header]] }
      : { status: 200, headers: [] };
  };
  await simulateFetch(
    { origin: PAGE, url: `${PAGE}/a`, method: 'POST', mode: 'no-cors', referrerPolicy },
    send,
  );
  expect(origins[1]).toBe(origin);
});
