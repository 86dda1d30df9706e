/** Where the policy of a route on Fastify does not reach, as the documentation says. */
import { cors } from '@cors/fastify';
import {
  All,
  Controller,
  Get,
  type INestApplication,
  Logger,
  Module,
  Version,
  type VersioningOptions,
  VersioningType,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, RouteConfig } from '@nestjs/platform-fastify';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { APP, asker, corsFields } from './ask.js';

beforeAll(() => Logger.overrideLogger(false));

const GRANT = { 'access-control-allow-origin': APP, vary: 'Origin' };
const FOR_ANY = { 'access-control-allow-origin': '*' };
const preflight = { headers: { 'access-control-request-method': 'GET' } };

@Controller()
class AllController {
  @All('all')
  @RouteConfig({ cors: false })
  all(): string {
    return 'all';
  }
}

@Controller()
class VersionsController {
  @Get('fonts')
  @Version('1')
  @RouteConfig({ cors: { origin: '*' } })
  first(): string {
    return 'one';
  }

  @Get('fonts')
  @Version('2')
  second(): string {
    return 'two';
  }
}

@Module({ controllers: [AllController] })
class AllModule {}
@Module({ controllers: [VersionsController] })
class VersionsModule {}

let app: INestApplication;
afterEach(() => app.close());
const ask = asker(() => app);

async function start(module: typeof AllModule, versions?: VersioningOptions): Promise<void> {
  const adapter = new FastifyAdapter();
  await adapter.getInstance().register(cors, { origin: APP });
  app = await NestFactory.create(module, adapter);
  if (versions !== undefined) app.enableVersioning(versions);
  await app.listen(0, '127.0.0.1');
}

it('is ignored beside @All()', async () => {
  await start(AllModule);
  expect(corsFields(await ask('GET', '/all', APP))).toEqual(GRANT);
});

it('is found for a version in the path', async () => {
  await start(VersionsModule, { type: VersioningType.URI });
  expect(corsFields(await ask('OPTIONS', '/v1/fonts', APP, preflight))).toEqual(FOR_ANY);
  expect(corsFields(await ask('OPTIONS', '/v2/fonts', APP, preflight))).toEqual(GRANT);
});

it('is not found, and nothing granted, for the preflight of a version in a header', async () => {
  await start(VersionsModule, { type: VersioningType.HEADER, header: 'X-Version' });
  const first = await ask('GET', '/fonts', APP, { headers: { 'x-version': '1' } });
  expect(corsFields(first)).toEqual(FOR_ANY);
  const reply = await ask('OPTIONS', '/fonts', APP, preflight);
  expect([reply.status, corsFields(reply)]).toEqual([403, { vary: 'Origin' }]);
});

it('cannot help an extractor of versions that throws', async () => {
  const extractor = (): never => {
    throw new Error('This one fails.');
  };
  await start(VersionsModule, { type: VersioningType.CUSTOM, extractor });
  const reply = await ask('GET', '/fonts', APP);
  expect([reply.status, corsFields(reply)]).toEqual([500, {}]);
});
