import { describe, expect, it } from 'vitest';
import { Http1RequestReader } from '../browsers/http1-request.js';
import { http1Reply } from '../browsers/http1-reply.js';
import type { Exchange } from '../differential/exchange.js';
import { generateExchange, generateExchanges } from '../differential/generate.js';
import { vectorExchanges } from '../differential/vectors/vector-exchanges.js';

const LINE_END = /[\r\n]/;

describe('generated exchanges', () => {
  const exchanges = generateExchanges(7, 2000);

  it('are the same for the same seed, and others for another one', () => {
    expect(generateExchanges(7, 2000)).toEqual(exchanges);
    expect(generateExchange(7, 1234)).toEqual(exchanges[1234]);
    expect(generateExchanges(8, 1)[0]?.steps).not.toEqual(exchanges[0]?.steps);
  });

  it('can be played', () => {
    expectPlayable(exchanges);
  });

  it('are mostly different from one another', () => {
    const texts = exchanges.map(({ id, steps }) => JSON.stringify(steps).replaceAll(id, ''));
    expect(new Set(texts).size).toBeGreaterThan(1800);
  });
});

describe('exchanges of vectors', () => {
  const { exchanges, inexpressible } = vectorExchanges();

  it('can be played', () => {
    expectPlayable(exchanges);
  });

  it('leave out what no page can ask, with a reason', () => {
    expect(exchanges.length).toBeGreaterThan(1300);
    expect(inexpressible.length).toBeLessThan(60);
    for (const { reason } of inexpressible) expect(reason).toMatch(/\.$/);
  });
});

function expectPlayable(exchanges: readonly Exchange[]): void {
  expect(new Set(exchanges.map(({ id }) => id)).size).toBe(exchanges.length);
  for (const { id, steps } of exchanges) {
    for (const { request, answers } of steps) {
      for (const { url, preflight, actual } of answers) {
        expect(new URL(url).pathname.startsWith(`/x/${id}/`), url).toBe(true);
        for (const { status, headers } of [preflight, actual]) {
          expect(status, id).toBeGreaterThanOrEqual(200);
          for (const [, value] of headers) expect(value, id).not.toMatch(LINE_END);
        }
      }
      expect(
        answers.map(({ url }) => url),
        id,
      ).toContain(request.url);
    }
  }
}

it('cuts requests out of any pieces', () => {
  const text =
    'PUT http://a.test/ HTTP/1.1\r\nX-A:  1 \r\nContent-Length: 3\r\n\r\nabc' +
    'POST http://a.test/b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n';
  const expected = [
    {
      method: 'PUT',
      target: 'http://a.test/',
      headers: [
        ['X-A', '1'],
        ['Content-Length', '3'],
      ],
      bodyLength: 3,
      body: 'abc',
    },
    {
      method: 'POST',
      target: 'http://a.test/b',
      headers: [['Transfer-Encoding', 'chunked']],
      bodyLength: 2,
      body: '2\r\nab\r\n0\r\n\r\n',
    },
  ];
  for (const size of [1, 7, text.length]) {
    const reader = new Http1RequestReader();
    const requests = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
      reader.read(Buffer.from(text.slice(index * size, (index + 1) * size), 'latin1')),
    );
    expect(requests.flat()).toEqual(expected);
  }
});

it('replies byte for byte as planned', () => {
  const headers = [
    ['X-A', ' \t1 '],
    ['x-a', ''],
    ['Cache-Control', 'no-cache'],
  ] as const;
  expect(http1Reply('GET', 200, headers, 'body')).toBe(
    'HTTP/1.1 200 OK\r\nX-A:  \t1 \r\nx-a: \r\nCache-Control: no-cache\r\nContent-Length: 4\r\n\r\nbody',
  );
  expect(http1Reply('GET', 204, [], 'body')).toBe(
    'HTTP/1.1 204 No Content\r\nCache-Control: no-store\r\n\r\n',
  );
});
