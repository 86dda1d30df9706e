/** Where `cors` may be mounted, and that its headers are on replies that other applications write. */
import { createServer, type IncomingMessage, ServerResponse } from 'node:http';
import type { Express as Application, Request, Response, Router } from 'express';
import { describe, expect, it } from 'vitest';
import { serve } from '../../node/test/server.js';
import { cors } from '../src/index.js';
import { VERSIONS } from './express.js';
import { A, asked, EVIL, outcome, POLICY, quietApp } from './policy.js';

const GRANTED = [200, [A], ['Origin']];
const DENIED = [200, [], ['Origin']];
type Head = Parameters<Response['writeHead']>;

describe.each(VERSIONS)('$name', ({ freshCopy }) => {
  const replying = (express: (typeof VERSIONS)[number]['express']): Application => {
    const app = express();
    app.get('/', (_, response) => response.send('x'));
    return app;
  };

  it.each(['before', 'after'])(
    'cors in front of an application mounted %s the first request',
    async (when) => {
      const express = freshCopy();
      const app = quietApp(express);
      const inner = express().use('/inner', replying(express));
      const mount = (): unknown => app.use('/outer', inner);
      if (when === 'before') mount();
      const send = await serve(app);
      expect(outcome(await send('GET', '/none', { origin: A }))).toEqual([404, [A], ['Origin']]);
      if (when === 'after') mount();
      expect(outcome(await send('GET', '/outer/inner', { origin: A }))).toEqual(GRANTED);
      expect(outcome(await send('GET', '/outer/inner', { origin: EVIL }))).toEqual(DENIED);
    },
  );

  it('cors in front of an application that is called as a function, as vhost does', async () => {
    const express = freshCopy();
    const inner = replying(express);
    const app = quietApp(express).use((request, response) => inner(request, response));
    const send = await serve(app);
    expect(outcome(await send('GET', '/', { origin: A }))).toEqual(GRANTED);
    expect(outcome(await send('GET', '/', { origin: A }))).toEqual(GRANTED);
  });

  it('cors in front of an application that is mounted in another one too', async () => {
    const express = freshCopy();
    const inner = replying(express);
    const app = quietApp(express).use('/inner', inner);
    express().use(inner);
    const send = await serve(app);
    expect(outcome(await send('GET', '/inner', { origin: A }))).toEqual(GRANTED);
  });

  it.each(['application', 'router'])(
    'cors in a mounted %s, where another one replies',
    async (kind) => {
      const express = freshCopy();
      const inner: Router = kind === 'application' ? express() : express.Router();
      inner.use(cors(POLICY));
      inner.get('/throw', () => {
        throw new Error('thrown');
      });
      const app = express().set('env', 'test');
      app.use('/inner', inner);
      app.use('/inner/later', (_, response) => response.send('x'));
      const send = await serve(app);
      expect(outcome(await send('GET', '/inner/later', { origin: A }))).toEqual(GRANTED);
      expect(outcome(await send('GET', '/inner/none', { origin: A }))).toEqual([
        404,
        [A],
        ['Origin'],
      ]);
      expect(outcome(await send('GET', '/inner/throw', { origin: A }))).toEqual([
        500,
        [A],
        ['Origin'],
      ]);
      expect(outcome(await send('OPTIONS', '/inner/x', { origin: A, ...asked }))).toEqual([
        204,
        [A],
        ['Origin'],
      ]);
      expect(outcome(await send('GET', '/', { origin: A }))).toEqual([404, [], []]);
    },
  );

  it('cors on a route, with its own OPTIONS', async () => {
    const app = freshCopy()();
    const own = cors(POLICY);
    app.options('/x', own);
    app.put('/x', own, (_, response) => response.send('x'));
    const send = await serve(app);
    expect(outcome(await send('OPTIONS', '/x', { origin: A, ...asked }))).toEqual([
      204,
      [A],
      ['Origin'],
    ]);
    expect(outcome(await send('PUT', '/x', { origin: A }))).toEqual(GRANTED);
  });

  it('a middleware before cors that put its own writeHead on the very first responses', async () => {
    const app = freshCopy()();
    let asked = 0;
    app.use((_, response, next) => {
      const writeHead = response.writeHead.bind(response) as (...parameters: unknown[]) => Response;
      response.writeHead = (...parameters: unknown[]) => {
        response.setHeader('X-Before', '1');
        return writeHead(...parameters);
      };
      asked += 1;
      // Both have it before either comes to `cors`.
      const wait = setInterval(() => {
        if (asked < 2) return;
        clearInterval(wait);
        next();
      }, 1);
    });
    app.use(cors(POLICY));
    app.get('/', (_, response) => response.send('x'));
    const send = await serve(app);
    const get = async (): Promise<unknown> => outcome(await send('GET', '/', { origin: A }));
    expect(await Promise.all([get(), get()])).toEqual([GRANTED, GRANTED]);
    expect(await get()).toEqual(GRANTED);
  });

  it.each(['application', 'all applications'])(
    'a writeHead of the user’s for %s',
    async (which) => {
      const express = freshCopy();
      const app = quietApp(express);
      const own = which === 'application' ? app.response : express.response;
      own.writeHead = function (this: Response, ...parameters: unknown[]) {
        this.setHeader('X-Own', '1');
        return ServerResponse.prototype.writeHead.apply(this, parameters as Head) as Response;
      } as Response['writeHead'];
      app.use('/inner', replying(express));
      const send = await serve(app);
      for (let round = 0; round < 2; round += 1) {
        const reply = await send('GET', '/inner', { origin: A });
        expect([...outcome(reply), reply.headers.find(([name]) => name === 'x-own')?.[1]]).toEqual([
          ...GRANTED,
          '1',
        ]);
      }
    },
  );

  it('prototypes that cannot be changed', async () => {
    const express = freshCopy();
    Object.freeze(express.response);
    const send = await serve(quietApp(express).use(replying(express)));
    expect(outcome(await send('GET', '/', { origin: A }))).toEqual(GRANTED);
  });

  it('writeHead by its old name', async () => {
    const app = quietApp(freshCopy());
    // A `writeHead` of a middleware's stands before the one that all responses inherit.
    app.use('/own', (_, response, next) => {
      response.writeHead = response.writeHead.bind(response) as Response['writeHead'];
      next();
    });
    app.use('/own', cors(POLICY));
    app.use((_, response) => {
      const { writeHeader } = response as unknown as { writeHeader: Response['writeHead'] };
      writeHeader.call(response, 200, { Vary: 'Accept' });
      response.end('x');
    });
    const send = await serve(app);
    for (const path of ['/', '/own', '/']) {
      expect(outcome(await send('GET', path, { origin: A }))).toEqual([
        200,
        [A],
        ['Accept, Origin'],
      ]);
      expect(outcome(await send('GET', path, { origin: EVIL }))).toEqual([
        200,
        [],
        ['Accept, Origin'],
      ]);
    }
  });

  it('one writeHead on express.response, by both its names, and nothing else, nowhere else', async () => {
    const express = freshCopy();
    const app = quietApp(express);
    const inner = express();
    const keys = (): unknown =>
      [
        express,
        express.application,
        express.request,
        app,
        app.request,
        app.response,
        app.settings,
        inner.response,
      ].map((object: object) => Reflect.ownKeys(object));
    app.use('/inner', inner);
    const added: PropertyKey[] = [];
    inner.get('/', (_, response) => {
      // Of Express and Node there are others, all without a decision too.
      added.push(...Reflect.ownKeys(response).filter((key) => !known.includes(key)));
      response.send('x');
    });
    const known: PropertyKey[] = [];
    const bare = express().get('/', (_, response) => {
      known.push(...Reflect.ownKeys(response));
      response.send('x');
    });
    await (await serve(bare))('GET', '/');
    const [before, others] = [Reflect.ownKeys(express.response), keys()];
    const send = await serve(app);
    const writeHeads = new Set<unknown>();
    for (let round = 0; round < 2; round += 1) {
      expect(outcome(await send('GET', '/inner', { origin: A }))).toEqual(GRANTED);
      writeHeads.add(Object.getOwnPropertyDescriptor(express.response, 'writeHead')?.value);
    }
    expect(Reflect.ownKeys(express.response)).toEqual([...before, 'writeHead', 'writeHeader']);
    expect([keys(), added, writeHeads.size]).toEqual([others, [], 1]);
  });

  it('a server without Express: only the response itself is touched', async () => {
    class OwnResponse extends ServerResponse {}
    const middleware = cors(POLICY);
    const own: PropertyKey[] = [];
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      middleware(request, response, () => {
        own.push(...Reflect.ownKeys(OwnResponse.prototype), ...Object.keys(response).slice(-2));
        response.end('x');
      });
    };
    const server = createServer({ ServerResponse: OwnResponse }, listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const reply = await fetch(`http://127.0.0.1:${port}/`, { headers: { origin: A } });
    server.close();
    server.closeAllConnections();
    expect(reply.headers.get('access-control-allow-origin')).toBe(A);
    expect(own).toEqual(['constructor', 'writeHead', 'writeHeader']);
  });
});

it('an application of another copy of Express needs the same cors: only one reply is out of reach', async () => {
  const [outer, inner] = VERSIONS.map(({ freshCopy }) => freshCopy());
  const make = (...own: ReturnType<typeof cors>[]): Application => {
    const guest = inner!();
    for (const each of own) guest.use(each);
    guest.get('/', (_: Request, response: Response) => response.send('x'));
    return quietApp(outer!).use((request, response) => guest(request, response));
  };
  expect(outcome(await (await serve(make()))('GET', '/', { origin: A }))).toEqual([200, [], []]);
  expect(outcome(await (await serve(make(cors(POLICY))))('GET', '/', { origin: A }))).toEqual(
    GRANTED,
  );
});
