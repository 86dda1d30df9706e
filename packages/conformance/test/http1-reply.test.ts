import { describe, expect, test } from 'vitest';

import { Http1Reply } from '../src/http1-reply.js';
import { TransportError } from '../src/transport-error.js';

const limits = { maxHeadBytes: 1_000, maxBodyBytes: 1_000 };

/** Feeds bytes in pieces of the given size. */
function read(bytes: string, { method = 'GET', size = bytes.length || 1, ends = false } = {}) {
  const reply = new Http1Reply(method, limits);
  const buffer = Buffer.from(bytes, 'latin1');
  for (let at = 0; at < buffer.length; at += size) reply.push(buffer.subarray(at, at + size));
  if (ends) reply.end();
  return reply;
}

const whole = [
  {
    name: 'a length',
    bytes: 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
    reply: { status: 200, headers: [['Content-Length', '5']], body: 'hello', interim: [] },
  },
  {
    name: 'a length of zero',
    bytes: 'HTTP/1.1 403 Forbidden\r\nVary: Origin\r\ncontent-length: 0\r\n\r\n',
    reply: {
      status: 403,
      headers: [
        ['Vary', 'Origin'],
        ['content-length', '0'],
      ],
      body: '',
      interim: [],
    },
  },
  {
    name: 'chunks, with extensions and trailers',
    bytes:
      'HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n3\r\none\r\nA;x="y"\r\n two three\r\n0\r\nX-T: 1\r\n\r\n',
    reply: {
      status: 200,
      headers: [['transfer-encoding', 'Chunked']],
      body: 'one two three',
      interim: [],
    },
  },
  {
    name: 'several interim replies',
    bytes:
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\nX: y\r\n\r\n',
    reply: {
      status: 204,
      headers: [['X', 'y']],
      body: '',
      interim: [
        { status: 100, headers: [] },
        { status: 103, headers: [['Link', '</a>']] },
      ],
    },
  },
  {
    name: 'repeated lines, in order and case, values without the white space around them',
    bytes:
      'HTTP/1.1 200\r\nvary:Accept\r\nVARY: \t Origin \t\r\nX-Empty:\r\nContent-Length: 0\r\n\r\n',
    reply: {
      status: 200,
      headers: [
        ['vary', 'Accept'],
        ['VARY', 'Origin'],
        ['X-Empty', ''],
        ['Content-Length', '0'],
      ],
      body: '',
      interim: [],
    },
  },
  {
    name: 'bytes beyond ASCII: latin1 in values, UTF-8 in the body',
    bytes: 'HTTP/1.1 200 OK\r\nX: \xe9\r\nContent-Length: 3\r\n\r\n\xc3\xa9\xff',
    reply: {
      status: 200,
      headers: [
        ['X', '\u00e9'],
        ['Content-Length', '3'],
      ],
      body: '\u00e9\ufffd',
      interim: [],
    },
  },
  {
    name: 'a control character in a value: for the guard to blame',
    bytes: 'HTTP/1.1 200 OK\r\nX: a\nSet-Cookie: b\rc\0\r\nContent-Length: 0\r\n\r\n',
    reply: {
      status: 200,
      headers: [
        ['X', 'a\nSet-Cookie: b\rc\0'],
        ['Content-Length', '0'],
      ],
      body: '',
      interim: [],
    },
  },
  {
    name: '101, which has no body',
    bytes: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: test\r\n\r\n',
    reply: { status: 101, headers: [['Upgrade', 'test']], body: '', interim: [] },
  },
];

describe('a whole reply, whatever the pieces it comes in', () => {
  for (const { name, bytes, reply } of whole) {
    test.each([1, 2, 3, 7, bytes.length])(`${name}, in pieces of %i`, (size) => {
      const parsed = read(bytes, { size });
      expect(parsed.isComplete()).toBe(true);
      expect(parsed.soFar()).toEqual(reply);
      expect(parsed.rest()).toHaveLength(0);
    });
  }

  test('a reply to HEAD has no body, whatever its length says', () => {
    const reply = read('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', { method: 'HEAD' });
    expect(reply.isComplete()).toBe(true);
    expect(reply.soFar()?.body).toBe('');
  });

  test.each([204, 304])('a %i has no body, whatever its fields say', (status) => {
    const reply = read(`HTTP/1.1 ${status} X\r\nTransfer-Encoding: chunked\r\n\r\n`);
    expect(reply.isComplete()).toBe(true);
  });

  test('a body without length or chunks ends with the connection', () => {
    const reply = read('HTTP/1.0 200 OK\r\n\r\nso far');
    expect(reply.isComplete()).toBe(false);
    expect(reply.soFar()?.body).toBe('so far');
    reply.end();
    expect(reply.isComplete()).toBe(true);
  });

  test('what comes after the end is kept apart', () => {
    const after = 'HTTP/1.1 200 OK\r\n\r\n';
    for (const size of [1, 5, 1_000]) {
      const reply = read(`HTTP/1.1 204 X\r\n\r\n${after}`, { size });
      expect(reply.rest().toString()).toBe(after);
      expect(reply.soFar()?.body).toBe('');
    }
  });

  test('after chunks too', () => {
    const reply = read(
      'HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\nrest',
    );
    expect(reply.soFar()?.body).toBe('x');
    expect(reply.rest().toString()).toBe('rest');
  });
});

describe('no HTTP reply', () => {
  test.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n\r\n'],
    ['another version', 'HTTP/2.0 200 OK\r\n\r\n'],
    ['no status', 'HTTP/1.1 OK\r\n\r\n'],
    ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n'],
    ['a status of no class', 'HTTP/1.1 600 OK\r\n\r\n'],
    ['a line without a colon', 'HTTP/1.1 200 OK\r\nX\r\n\r\n'],
    ['a line without a name', 'HTTP/1.1 200 OK\r\n: x\r\n\r\n'],
    ['a folded line', 'HTTP/1.1 200 OK\r\nX: a\r\n b: c\r\n\r\n'],
    [
      'length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n'],
    ['a signed length', 'HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n'],
    ['another transfer coding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n'],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n'],
    [
      'a chunk with a wrong size',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n',
    ],
    ['a bare LF for a head', `HTTP/1.1 200 OK\nX: y\n\n${'z'.repeat(10)}\r\n\r\n`],
  ])('%s', (_name, bytes) => {
    for (const size of [1, bytes.length]) {
      expect(() => read(bytes, { size })).toThrow(
        expect.objectContaining({ name: 'TransportError', code: 'malformed' }) as Error,
      );
    }
  });
});

describe('a connection that ends too early', () => {
  test.each([
    ['before anything', ''],
    ['in the status line', 'HTTP/1.1 20'],
    ['in the head', 'HTTP/1.1 200 OK\r\nX: y\r\n'],
    ['after an interim reply', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
    ['in a body of known length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell'],
    ['in a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhell'],
    ['before the last chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n'],
    ['in the trailers', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n'],
  ])('%s', (_name, bytes) => {
    expect(() => read(bytes, { ends: true })).toThrow(
      expect.objectContaining({ code: 'closed-early' }) as Error,
    );
  });
});

describe('limits', () => {
  const flood = (bytes: string, times: number): TransportError => {
    const reply = new Http1Reply('GET', limits);
    try {
      for (let count = 0; count < times; count += 1) reply.push(Buffer.from(bytes));
    } catch (error) {
      if (error instanceof TransportError) return error;
    }
    throw new Error('it was taken');
  };

  test.each([
    ['a head without end', 'HTTP/1.1 200 OK\r\n', 'X: y\r\n'],
    ['a status line without end', 'HTTP/1.1 200 ', 'x'],
    ['interim replies without end', '', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['a body over the limit', 'HTTP/1.1 200 OK\r\n\r\n', 'x'],
    [
      'chunks over the limit',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
      '1\r\nx\r\n',
    ],
    [
      'a chunk extension without end',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;',
      'x'.repeat(100),
    ],
  ])('%s', (_name, first, repeated) => {
    const reply = new Http1Reply('GET', limits);
    reply.push(Buffer.from(first));
    expect(() => {
      for (let count = 0; count < 2_000; count += 1) reply.push(Buffer.from(repeated));
    }).toThrow(expect.objectContaining({ code: 'too-large' }) as Error);
  });

  test('one piece may hold more than the limit', () => {
    expect(flood(`HTTP/1.1 200 OK\r\nX: ${'y'.repeat(2_000)}\r\n\r\n`, 1).code).toBe('too-large');
  });

  test('up to the limit all is taken', () => {
    const body = 'x'.repeat(limits.maxBodyBytes);
    expect(read(`HTTP/1.1 200 OK\r\n\r\n${body}`, { ends: true }).soFar()?.body).toBe(body);
  });
});
