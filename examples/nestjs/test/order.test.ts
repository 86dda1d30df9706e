/** What goes wrong when `cors` stands elsewhere, or beside Nest's own CORS. */
import { cors as expressCors } from '@cors/express';
import { cors as fastifyCors } from '@cors/fastify';
import { type INestApplication, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NotesModule } from '../src/notes.js';
import { APP, asker, corsFields, EVIL } from './ask.js';

beforeAll(() => Logger.overrideLogger(false));

const GRANT = { 'access-control-allow-origin': APP, vary: 'Origin' };
const preflight = { headers: { 'access-control-request-method': 'PUT' } };
const malformed = { body: '{' };

let app: INestApplication;
afterEach(() => app.close());
const ask = asker(() => app);

const seen = async (reply: Response | Promise<Response>) => {
  const response = await reply;
  return [response.status, corsFields(response)];
};

describe('on Express', () => {
  const cors = expressCors({ origin: APP, methods: ['PUT'] });
  const create = () => NestFactory.create<NestExpressApplication>(NotesModule);

  it.each([
    ['stands before the body parser that Nest adds in `init`', 'listen', GRANT],
    ['stands behind one that was added before', 'parser', {}],
    ['does nothing once the application is initialised', 'init', {}],
  ])('%s', async (_, before, fields) => {
    const nest = await create();
    app = nest;
    if (before === 'parser') nest.useBodyParser('json');
    if (before === 'init') await nest.init();
    nest.use(cors);
    await nest.listen(0, '127.0.0.1');
    expect(await seen(ask('PUT', '/notes/1', APP, malformed))).toEqual([400, fields]);
  });

  it.each(['enableCors, then cors', 'cors, then enableCors'])('%s', async (order) => {
    const nest = await create();
    app = nest;
    const isNestFirst = order.startsWith('enableCors');
    if (isNestFirst) nest.enableCors();
    nest.use(cors);
    if (!isNestFirst) nest.enableCors();
    await nest.listen(0, '127.0.0.1');
    expect(await seen(ask('GET', '/notes', EVIL))).toEqual([
      200,
      { vary: 'Accept-Language, Origin' },
    ]);
    const reply = await ask('OPTIONS', '/notes/1', EVIL, preflight);
    expect([reply.status, reply.headers.get('access-control-allow-origin')]).toEqual(
      isNestFirst ? [204, '*'] : [403, null],
    );
  });
});

describe('on Fastify', () => {
  const options = { origin: APP, methods: ['PUT'] };
  const create = (adapter: FastifyAdapter) =>
    NestFactory.create<NestFastifyApplication>(NotesModule, adapter);

  it('registered on the adapter, stands before middlewares', async () => {
    const adapter = new FastifyAdapter();
    await adapter.getInstance().register(fastifyCors, options);
    app = await create(adapter);
    await app.listen(0, '127.0.0.1');
    expect(await seen(ask('GET', '/closed', APP))).toEqual([503, GRANT]);
    expect((await ask('OPTIONS', '/closed', APP, preflight)).status).toBe(204);
  });

  it('registered on the application, stands behind middlewares, before guards', async () => {
    const nest = await create(new FastifyAdapter());
    app = nest;
    await nest.register(fastifyCors, options);
    await nest.listen(0, '127.0.0.1');
    expect(await seen(ask('GET', '/closed', APP))).toEqual([503, {}]);
    expect((await ask('OPTIONS', '/closed', APP, preflight)).status).toBe(503);
    expect(await seen(ask('GET', '/account', APP))).toEqual([401, GRANT]);
    expect((await ask('OPTIONS', '/account', APP, preflight)).status).toBe(204);
  });

  it('refuses to be registered once there are routes', async () => {
    const nest = await create(new FastifyAdapter());
    app = nest;
    await nest.init();
    await expect(async () => nest.register(fastifyCors, options)).rejects.toThrow(
      'were added before it was registered',
    );
  });

  it('refuses to be registered after `enableCors`, which adds a route', async () => {
    const nest = await create(new FastifyAdapter());
    app = nest;
    nest.enableCors();
    await expect(async () => nest.register(fastifyCors, options)).rejects.toThrow(
      'were added before it was registered',
    );
  });

  it('never sees a preflight beside `enableCors`', async () => {
    const adapter = new FastifyAdapter();
    await adapter.getInstance().register(fastifyCors, options);
    const nest = await create(adapter);
    app = nest;
    nest.enableCors();
    await nest.listen(0, '127.0.0.1');
    expect(await seen(ask('GET', '/notes', EVIL))).toEqual([
      200,
      { vary: 'Accept-Language, Origin' },
    ]);
    const reply = await ask('OPTIONS', '/notes/1', EVIL, preflight);
    expect([reply.status, reply.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
  });
});
