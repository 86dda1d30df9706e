import { get as requestOnce, IncomingMessage, OutgoingMessage, ServerResponse } from 'node:http';
import { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import process from 'node:process';
import { createCors, type Decision } from '@cors/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cors, type NodeMiddleware, type NodeRequest, type NodeResponse } from '../src/index.js';
import { lines, type Reply, serve, serveHttp2 } from './server.js';

const A = 'https://a.example';
const policy = { origin: A, credentials: true, methods: ['PUT'], exposedHeaders: ['X-A'] };
const granted = {
  'access-control-allow-origin': [A],
  'access-control-allow-credentials': ['true'],
};
const corsLines = (reply: Reply): Record<string, string[]> =>
  Object.fromEntries(
    reply.headers
      .filter(([name]) => name.startsWith('access-control-'))
      .map(([name]) => [name, lines(reply, name)]),
  );

const warnings: Error[] = [];
const note = (warning: Error): void => void warnings.push(warning);
process.on('warning', note);
afterEach(() => {
  warnings.length = 0;
});

type App = (request: NodeRequest, response: ServerResponse) => void;
const behind =
  (middleware: NodeMiddleware<NodeRequest>, app: App) =>
  (request: NodeRequest, response: NodeResponse): void => {
    void Promise.resolve(middleware(request, response)).then((answered) => {
      if (!answered) app(request, response as ServerResponse);
    });
  };
/** The same application over HTTP/1.1 and HTTP/2. */
const PROTOCOLS = [['HTTP/1.1', serve] as const, ['HTTP/2', serveHttp2] as const];
type Serve = (
  listener: (request: NodeRequest, response: NodeResponse) => void,
) => ReturnType<typeof serveHttp2>;

describe.each(PROTOCOLS)('over %s', (_, server) => {
  const start = server as unknown as Serve;

  it('answers preflights, and says that it did', async () => {
    const answered: unknown[] = [];
    const middleware = cors(policy);
    const send = await start((request, response) => {
      const done = middleware(request, response);
      answered.push(done);
      if (!done) response.end('app');
    });
    const asked = { 'access-control-request-method': 'PUT' };
    const allowed = await send('OPTIONS', '/', { origin: A, ...asked });
    expect(allowed.status).toBe(204);
    expect(corsLines(allowed)).toEqual({ ...granted, 'access-control-allow-methods': ['PUT'] });
    expect(lines(allowed, 'content-length')).toEqual([]);
    const denied = await send('OPTIONS', '/', { origin: 'https://x.example', ...asked });
    expect([denied.status, corsLines(denied), lines(denied, 'vary'), denied.body]).toEqual([
      403,
      {},
      ['Origin'],
      '',
    ]);
    expect(lines(denied, 'content-length')).toEqual(['0']);
    expect((await send('OPTIONS', '/', { origin: A })).body).toContain('app');
    expect((await send('OPTIONS', '/', asked)).body).toContain('app');
    expect(answered).toEqual([true, true, false, false]);
  });

  it.each<[string, App, Partial<Record<string, string[]>>]>([
    [
      'end',
      (__, response) => {
        response.end('x');
      },
      { vary: ['Origin'] },
    ],
    [
      'write',
      (__, response) => {
        response.write('x');
        response.end();
      },
      { vary: ['Origin'] },
    ],
    [
      'flushHeaders',
      (__, response) => {
        response.flushHeaders();
        setImmediate(() => response.end('x'));
      },
      { vary: ['Origin'] },
    ],
    [
      'setHeader',
      (__, response) => {
        response.setHeader('vary', 'Accept');
        response.end('x');
      },
      { vary: ['Accept, Origin'] },
    ],
    [
      'setHeader with a list',
      (__, response) => {
        response.setHeader('Vary', ['Accept', 'Cookie']);
        response.end('x');
      },
      { vary: ['Accept, Cookie, Origin'] },
    ],
    [
      'Vary: *',
      (__, response) => {
        response.setHeader('Vary', '*');
        response.end('x');
      },
      { vary: ['*'] },
    ],
    [
      'writeHead(status)',
      (__, response) => {
        response.writeHead(200);
        response.end('x');
      },
      { vary: ['Origin'] },
    ],
    [
      'writeHead(status, object)',
      (__, response) => {
        response.writeHead(200, { Vary: 'Accept', 'Set-Cookie': ['a=1', 'b=2'] });
        response.end('x');
      },
      { vary: ['Accept, Origin'], 'set-cookie': ['a=1', 'b=2'] },
    ],
    [
      'writeHead(status, flat list)',
      (__, response) => {
        response.writeHead(200, ['Set-Cookie', 'a=1', 'set-cookie', 'b=2', 'Vary', 'Accept']);
        response.end('x');
      },
      { vary: ['Accept, Origin'], 'set-cookie': ['a=1', 'b=2'] },
    ],
    [
      'writeHead(status, flat list) after setHeader',
      (__, response) => {
        response.setHeader('Set-Cookie', 'z=0');
        response.setHeader('X-S', '1');
        response.writeHead(200, ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2']);
        response.end('x');
      },
      { 'set-cookie': ['a=1', 'b=2'], 'x-s': ['1'] },
    ],
    [
      'writeHead(status, pairs) after setHeader',
      (__, response) => {
        response.setHeader('X-S', '1');
        response.writeHead(200, [
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', ['b=2', 'c=3']],
        ] as never);
        response.end('x');
      },
      { 'set-cookie': ['a=1', 'b=2', 'c=3'], 'x-s': ['1'] },
    ],
    [
      'writeHead(status, undefined, object)',
      (__, response) => {
        response.writeHead(200, undefined, { 'X-S': '1' });
        response.end('x');
      },
      { 'x-s': ['1'] },
    ],
    [
      'writeHead with our fields',
      (__, response) => {
        response.writeHead(200, {
          'Access-Control-Allow-Origin': '*',
          'Access-Control-Max-Age': 5,
          'Access-Control-Expose-Headers': 'X-H',
        });
        response.end('x');
      },
      { 'access-control-expose-headers': ['X-A,X-H'] },
    ],
  ])('applies the decision when the head is written: %s', async (__, app, expected) => {
    const send = await start(behind(cors(policy), app));
    const reply = await send('GET', '/', { origin: A });
    expect([reply.status, reply.body.replace(/^1\r\nx\r\n0\r\n\r\n$/, 'x')]).toEqual([200, 'x']);
    const { 'access-control-expose-headers': exposed, ...rest } = corsLines(reply);
    expect(rest).toEqual(granted);
    expect(exposed).toEqual(expected['access-control-expose-headers'] ?? ['X-A']);
    for (const [name, value] of Object.entries(expected)) expect(lines(reply, name)).toEqual(value);
  });

  it('hands the error of a predicate to next, with the headers on its reply', async () => {
    const boom = new Error('boom');
    const errors: unknown[] = [];
    const middleware = cors({ origin: async () => Promise.reject(boom) });
    const send = await start((request, response) => {
      void middleware(request, response, (error) => {
        errors.push(error);
        response.statusCode = 500;
        response.end('handled');
      });
    });
    const reply = await send('OPTIONS', '/', { origin: A, 'access-control-request-method': 'PUT' });
    expect([reply.status, corsLines(reply), lines(reply, 'vary')]).toEqual([500, {}, ['Origin']]);
    expect(errors).toEqual([boom]);
  });

  it('answers 500 and warns when there is nobody to hand the error to', async () => {
    const decisions: Decision[] = [];
    const middleware = cors({
      origin: () => {
        throw new Error('boom');
      },
      onDecision: (decision) => decisions.push(decision),
    });
    const send = await start(behind(middleware, (__, response) => response.end('app')));
    for (let round = 0; round < 2; round += 1) {
      const reply = await send('GET', '/', { origin: A });
      expect([
        reply.status,
        corsLines(reply),
        lines(reply, 'vary'),
        lines(reply, 'content-length'),
      ]).toEqual([500, {}, ['Origin'], ['0']]);
    }
    expect(decisions.map(({ error }) => error?.message)).toEqual(['boom', 'boom']);
    expect(warnings).toMatchObject([{ name: 'CorsWarning', code: 'CORS_DECISION_FAILED' }]);
  });

  it('warns once, by name, of a field that had to give way', async () => {
    const send = await start(
      behind(cors(policy), (__, response) => {
        response.setHeader('Access-Control-Allow-Headers', '*');
        response.end();
      }),
    );
    await send('GET', '/', { origin: A });
    await send('GET', '/', { origin: A });
    expect(warnings).toMatchObject([
      {
        code: 'CORS_HEADER_REPLACED',
        message: expect.stringContaining('Access-Control-Allow-Headers') as string,
      },
    ]);
  });

  it('grants nothing when two different policies meet, and warns once', async () => {
    const outer = cors(policy);
    const inner = cors({ origin: '*' });
    const send = await start((request, response) => {
      void outer(request, response, () => void inner(request, response, () => response.end('app')));
    });
    for (let round = 0; round < 2; round += 1) {
      const reply = await send('GET', '/', { origin: A });
      expect([reply.status, corsLines(reply), lines(reply, 'vary')]).toEqual([200, {}, ['Origin']]);
    }
    expect(warnings).toMatchObject([{ code: 'CORS_POLICY_CONFLICT' }]);
  });

  it('answers with one length, whatever an outer middleware set', async () => {
    const middleware = cors(policy);
    const send = await start((request, response) => {
      if (request.httpVersionMajor === 1) response.setHeader('Transfer-Encoding', 'chunked');
      middleware(request, response);
    });
    const asked = { 'access-control-request-method': 'PUT' };
    const reply = await send('OPTIONS', '/', { origin: 'https://x.example', ...asked });
    expect([lines(reply, 'transfer-encoding'), lines(reply, 'content-length')]).toEqual([
      [],
      ['0'],
    ]);
  });

  it('varies on the choice, where an outer one chose no policy', async () => {
    const outer = cors({ policy: () => false });
    const inner = cors({ origin: '*' });
    const send = await start((request, response) => {
      void outer(request, response, () => void inner(request, response, () => response.end()));
    });
    const reply = await send('GET', '/', { origin: A });
    expect([lines(reply, 'access-control-allow-origin'), lines(reply, 'vary')]).toEqual([
      ['*'],
      ['Origin'],
    ]);
  });

  it('passes an allowed preflight on with preflightContinue', async () => {
    const send = await start(
      behind(cors({ ...policy, preflightContinue: true }), (__, response) => {
        response.statusCode = 200;
        response.end('mine');
      }),
    );
    const asked = { 'access-control-request-method': 'PUT' };
    const reply = await send('OPTIONS', '/', { origin: A, ...asked });
    expect([reply.status, corsLines(reply)['access-control-allow-methods']]).toEqual([
      200,
      ['PUT'],
    ]);
    expect((await send('OPTIONS', '/', { origin: 'https://x.example', ...asked })).status).toBe(
      403,
    );
  });

  it('does nothing once the head is sent', async () => {
    const middleware = cors(policy);
    const send = await start((request, response) => {
      response.writeHead(202);
      (response as ServerResponse).write('early');
      expect(() => middleware(request, response)).not.toThrow();
      response.end();
    });
    const reply = await send('OPTIONS', '/', { origin: A, 'access-control-request-method': 'PUT' });
    expect([reply.status, corsLines(reply)]).toEqual([202, {}]);
  });
});

describe('writeHead of HTTP/1.1', () => {
  it("keeps the reason phrase, does not change the caller's object, and fails as Node does", async () => {
    const shared = Object.freeze({ Vary: 'Accept', 'X-Own': '1' });
    const codes: unknown[] = [];
    const tries = (run: () => unknown): void => {
      try {
        run();
      } catch (error) {
        codes.push((error as NodeJS.ErrnoException).code, (error as Error).message.slice(0, 12));
      }
    };
    const send = await serve(
      behind(cors(policy), (__, response) => {
        tries(() => response.writeHead(200, ['X-Odd'] as never));
        tries(() => response.writeHead(99));
        response.writeHead(201, 'Made', shared);
        tries(() => response.writeHead(200));
        response.end(response.statusMessage);
      }),
    );
    for (const origin of [A, 'https://x.example']) {
      const reply = await send('GET', '/', { origin });
      expect(reply.status).toBe(201);
      expect(reply.body).toContain('Made');
      expect(lines(reply, 'access-control-allow-origin')).toEqual(origin === A ? [A] : []);
      expect(lines(reply, 'vary')).toEqual(['Accept, Origin']);
    }
    expect(codes).toEqual(
      Array(2)
        .fill([
          ['ERR_INVALID_ARG_VALUE', 'The argument'],
          ['ERR_HTTP_INVALID_STATUS_CODE', 'Invalid stat'],
          // Not `Cannot set…`: nothing is set once the head is sent.
          ['ERR_HTTP_HEADERS_SENT', 'Cannot write'],
        ])
        .flat(2),
    );
  });

  it('is applied under its old name, and keeps cookies in two spellings', async () => {
    const send = await serve(
      behind(cors(policy), (__, response) => {
        const { writeHeader } = response as unknown as { writeHeader: ServerResponse['writeHead'] };
        writeHeader.call(response, 200, {
          'Set-Cookie': 'a=1',
          'set-cookie': 'b=2',
          Vary: 'Accept',
        });
        response.end();
      }),
    );
    const reply = await send('GET', '/', { origin: A });
    expect(lines(reply, 'set-cookie')).toEqual(['a=1', 'b=2']);
    expect(lines(reply, 'vary')).toEqual(['Accept, Origin']);
    expect(lines(reply, 'access-control-allow-origin')).toEqual([A]);
  });

  const twoCases = { 'content-type': 'text/html', 'content-length': '5', 'Content-Length': 12 };
  it.each<[string, boolean, (response: ServerResponse) => void]>([
    ['an object, after setHeader', true, (response) => response.writeHead(200, twoCases)],
    [
      'an object with a reason, after setHeader',
      true,
      (response) => response.writeHead(200, 'OK', { ...twoCases, Vary: 'Accept' }),
    ],
    ['an object alone', false, (response) => response.writeHead(200, { A: '1', a: '2' })],
    [
      'an object alone, with Vary',
      false,
      (response) => response.writeHead(200, { A: '1', a: '2', Vary: 'Accept' }),
    ],
  ])('leaves repeats to Node: %s', async (_, isSet, write) => {
    const [bare, ours] = await Promise.all(
      [null, cors(policy)].map(async (middleware) => {
        const app: App = (__, response) => {
          if (isSet) response.setHeader('X-Set', '1');
          write(response);
          response.end('changed body');
        };
        const send = await serve(middleware === null ? app : behind(middleware, app));
        const { status, headers } = await send('GET', '/', {});
        const own = headers.filter(([name]) => !['date', 'vary'].includes(name));
        return [status, own.sort(([a], [b]) => (a < b ? -1 : 1))];
      }),
    );
    expect(ours).toEqual(bare);
  });

  it.each<[string, boolean]>([
    ['with fields set before', true],
    ['without', false],
  ])('hands on what middleware before us can read, %s', async (_, isSet) => {
    const given: unknown[] = [];
    const wrap = (response: ServerResponse): void => {
      const writeHead = response.writeHead.bind(response);
      response.writeHead = ((status: number, headers: object) => {
        given.push(headers);
        return writeHead(status, { ...headers, 'X-Time': '1' });
      }) as ServerResponse['writeHead'];
    };
    const app = behind(cors(policy), (__, response) => {
      if (isSet) response.setHeader('X-Set', '1');
      response.writeHead(200, { 'Content-Type': 'text/plain' });
      response.end('x');
    });
    const send = await serve((request, response) => {
      wrap(response);
      app(request, response);
    });
    const reply = await send('GET', '/', { origin: A });
    const sent = ['content-type', 'x-time', 'vary', 'access-control-allow-origin'];
    expect(sent.map((name) => lines(reply, name))).toEqual([
      ['text/plain'],
      ['1'],
      ['Origin'],
      [A],
    ]);
    expect(given.filter(Array.isArray)).toEqual([]);
  });

  it('hands on what a response of another making can read', () => {
    const head: unknown[] = [];
    const fields = new Map<string, unknown>();
    const response = {
      writeHead: (...parameters: unknown[]) => head.push(...parameters),
      getHeaderNames: () => [...fields.keys()],
      getHeader: (name: string) => fields.get(name.toLowerCase()),
      setHeader: (name: string, value: unknown) => fields.set(name.toLowerCase(), value),
      removeHeader: (name: string) => fields.delete(name.toLowerCase()),
    };
    const request = { method: 'GET', headers: { origin: A } };
    void cors(policy)(request as never, response as never);
    response.writeHead(200, { 'Content-Type': 'text/plain' });
    expect(head).toEqual([200, undefined]);
    expect([...fields.keys()].sort()).toEqual(
      [...Object.keys(granted), 'access-control-expose-headers', 'content-type', 'vary'].sort(),
    );
  });

  it.each<[string, number, unknown]>([
    ['an object', 502, { 'X-Bad': 'a\nb' }],
    ['an object that lacks a value', 502, { 'X-Bad': undefined }],
    ['an object that lacks one of two', 502, { 'X-A': '1', 'x-a': undefined }],
    ['a list', 502, ['X-Bad', 'a\nb']],
  ])('that throws has taken the status in, as Node has: %s', async (_, status, headers) => {
    for (const middleware of [null, cors(policy)]) {
      for (const isSet of [true, false]) {
        const app: App = (__, response) => {
          if (isSet) response.setHeader('X-Set', '1');
          expect(() => response.writeHead(status, headers as never)).toThrow();
          response.end('bad gateway');
        };
        const send = await serve(middleware === null ? app : behind(middleware, app));
        expect((await send('GET', '/', {})).status).toBe(status);
      }
    }
  });

  it.each<[string, (response: ServerResponse) => void]>([
    [
      'a value',
      (response) => response.writeHead(200, { 'Content-Length': 2, 'X-User': 'caf\u0119' }),
    ],
    ['a name', (response) => response.writeHead(200, ['Content-Length', '2', 'X User', '1'])],
    [
      'the status',
      (response) => response.writeHead(1, { 'Content-Length': 2, 'Set-Cookie': 'a=1' }),
    ],
    ['the reason', (response) => response.writeHead(200, 'O\nK', { 'Content-Length': 2 })],
    [
      'a name that is no string',
      (response) =>
        response.writeHead(200, [
          [1, 'x'],
          ['Content-Length', 2],
          ['\n', ''],
        ] as never),
    ],
  ])('that throws for %s leaves nothing of it on the next reply', async (__, fail) => {
    const send = await serve(
      behind(cors(policy), (___, response) => {
        response.setHeader('X-Kept', '1');
        expect(() => {
          fail(response);
        }).toThrow(
          expect.objectContaining({ code: expect.stringMatching(/^ERR_/) as string }) as Error,
        );
        response.statusCode = 500;
        response.statusMessage = 'Failed';
        response.end('Internal Server Error');
      }),
    );
    const reply = await send('GET', '/', { origin: A });
    expect(reply.status).toBe(500);
    expect(reply.body).toContain('Internal Server Error');
    expect(lines(reply, 'content-length').filter((length) => length !== '21')).toEqual([]);
    expect([lines(reply, 'set-cookie'), lines(reply, 'x-user'), lines(reply, 'x-kept')]).toEqual([
      [],
      [],
      ['1'],
    ]);
    expect(lines(reply, 'access-control-allow-origin')).toEqual([A]);
  });

  it.each<[string, readonly unknown[]]>([
    ['with headers', [200, { 'X-Own': '1' }]],
    ['without', [200]],
  ])('sends nothing that stands on the prototype of all objects: %s', async (_, head) => {
    const grant = 'Access-Control-Allow-Origin';
    const everything = Object.prototype as Record<string, unknown>;
    const send = await serve(
      behind(cors(policy), (_request, response) => {
        everything[grant] = 'https://evil.example';
        try {
          response.writeHead(...(head as [200]));
        } finally {
          Reflect.deleteProperty(everything, grant);
        }
        response.end();
      }),
    );
    expect(corsLines(await send('GET', '/', { origin: A }))).toMatchObject(granted);
    expect(corsLines(await send('GET', '/', { origin: 'https://evil.example' }))).toEqual({});
  });

  it('leaves 101 and interim replies alone', async () => {
    const send = await serve(
      behind(cors(policy), (request, response) => {
        if (request.url === '/early') {
          response.writeEarlyHints({ link: '</x>; rel=preload' });
          response.end('x');
        } else {
          response.writeHead(101, { Upgrade: 'test', Connection: 'Upgrade' });
          response.end();
        }
      }),
    );
    const upgraded = await send('GET', '/', { origin: A });
    expect([upgraded.status, corsLines(upgraded), lines(upgraded, 'vary')]).toEqual([101, {}, []]);
    const early = await send('GET', '/early', { origin: A });
    expect([early.status, corsLines(early)]).toEqual([103, {}]);
    expect(early.body).toContain(`Access-Control-Allow-Origin: ${A}`);
  });
});

describe('writeHead of HTTP/2', () => {
  it('gets no flat list: earlier versions of Node 20 take pairs alone', async () => {
    const given: unknown[][] = [];
    const middleware = cors(policy);
    const send = await serveHttp2((request, response) => {
      const original = response.writeHead.bind(response) as (...list: unknown[]) => typeof response;
      response.writeHead = (...list: unknown[]) => {
        given.push(list);
        return original(...list);
      };
      void middleware(request, response);
      response.writeHead(200, { 'X-A': '1' });
      response.end();
    });
    const reply = await send('GET', '/', { origin: A });
    expect([corsLines(reply), lines(reply, 'x-a')]).toMatchObject([granted, ['1']]);
    expect(given.flat().filter(Array.isArray)).toEqual([]);
  });
});

describe('what is touched', () => {
  const PROTOTYPES = {
    IncomingMessage,
    OutgoingMessage,
    ServerResponse,
    Http2ServerRequest,
    Http2ServerResponse,
  };
  const snapshot = (): unknown =>
    Object.values(PROTOTYPES).map(({ prototype }) =>
      Reflect.ownKeys(prototype as object).map((key) => [
        key,
        Object.getOwnPropertyDescriptor(prototype, key),
      ]),
    );

  it('is no prototype of Node, and of the response only writeHead, by both its names, and a symbol', async () => {
    const before = snapshot();
    const own: PropertyKey[][] = [];
    const middleware = cors(policy);
    const send = await serve((request, response) => {
      const keys = Reflect.ownKeys(response);
      void middleware(request, response);
      own.push(Reflect.ownKeys(response).filter((key) => !keys.includes(key)));
      response.end();
    });
    await send('GET', '/', { origin: A });
    await send('GET', '/', { origin: A });
    const added = ['writeHead', 'writeHeader', Symbol.for('@cors/node.commitment')];
    expect(own).toEqual(Array(2).fill(added));
    expect(snapshot()).toEqual(before);
  });

  it('shares one function among responses', async () => {
    const seen = new Set<unknown>();
    const middleware = cors(policy);
    const send = await serve((request, response) => {
      void middleware(request, response);
      seen.add(Object.getOwnPropertyDescriptor(response, 'writeHead')?.value);
      response.end();
    });
    await send('GET', '/', { origin: A });
    await send('GET', '/', { origin: A });
    expect(seen.size).toBe(1);
  });
});

describe('a client that goes away', () => {
  it('does no harm, also when the predicate answers later', async () => {
    let answer: (value: boolean) => void = () => undefined;
    let reached = 0;
    const middleware = cors({
      origin: async () =>
        new Promise<boolean>((resolve) => {
          answer = resolve;
        }),
    });
    const send = await serve((request, response) => {
      if (request.url === '/gone')
        request.on('close', () => {
          answer(true);
        });
      void middleware(request, response, () => {
        reached += 1;
        response.end('late');
      });
      if (request.url !== '/gone')
        setImmediate(() => {
          answer(true);
        });
    });
    const request = requestOnce({ port: send.port, path: '/gone', headers: { origin: A } });
    request.on('error', () => undefined);
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    request.destroy();
    await vi.waitFor(() => {
      expect(reached).toBe(1);
    });
    expect((await send('GET', '/', { origin: A })).status).toBe(200);
  });
});

describe('options', () => {
  it('are refused at start-up', () => {
    expect(() => cors({ origin: ['a.example'] as string[] })).toThrow('origin-scheme-missing');
    expect(() => cors(undefined as never)).toThrow("cors({ origin: '*' })");
  });

  it('may be a policy that is reconfigured', async () => {
    const shared = createCors({ origin: A });
    const send = await serve(behind(cors({ policy: shared }), (__, response) => response.end()));
    expect(lines(await send('GET', '/', { origin: A }), 'access-control-allow-origin')).toEqual([
      A,
    ]);
    shared.reconfigure({ origin: 'https://b.example' });
    expect(lines(await send('GET', '/', { origin: A }), 'access-control-allow-origin')).toEqual([]);
  });

  it('give the predicate and the choice the request itself', async () => {
    const seen: unknown[] = [];
    const send = await serve(
      behind(
        cors({
          policy: (request) => {
            seen.push(request.url);
            return createCors<NodeRequest>({
              origin: (__, { url }) => {
                seen.push(url);
                return true;
              },
            });
          },
        }),
        (__, response) => response.end(),
      ),
    );
    await send('GET', '/path', { origin: A });
    expect(seen).toEqual(['/path', '/path']);
  });
});
