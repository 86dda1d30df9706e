import { type INestApplication, Logger } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createExpressApp } from '../src/express.js';
import { createFastifyApp } from '../src/fastify.js';
import { LoginGuard } from '../src/notes.js';
import { APP, asker, corsFields, EVIL, GRANT, PREFLIGHT_GRANT } from './ask.js';

const guard = vi.spyOn(LoginGuard.prototype, 'canActivate');
beforeAll(() => Logger.overrideLogger(false));
beforeEach(() => {
  guard.mockClear();
});

const platforms: [string, () => Promise<INestApplication>][] = [
  ['Express', createExpressApp],
  ['Fastify', createFastifyApp],
];
describe.each(platforms)('on %s', (platform, createApp) => {
  let app: INestApplication;
  beforeAll(async () => {
    app = await createApp();
    await app.listen(0, '127.0.0.1');
  });
  afterAll(() => app.close());
  const ask = asker(() => app);

  it.each([
    ['GET', '/api/notes', 200, 'Accept-Language, Origin'],
    ['HEAD', '/api/notes', 200, 'Accept-Language, Origin'],
    ['PUT', '/api/notes/1', 204, 'Origin', '{"text":"hello"}'],
    ['PUT', '/api/notes/1', 400, 'Origin', '{'],
    ['PUT', '/api/notes/1', 413, 'Origin', JSON.stringify('-'.repeat(10_000))],
    ['DELETE', '/api/notes/2', 404, 'Origin'],
    // Malformed: on Express only the parameter is, on Fastify the whole URL.
    ['DELETE', '/api/notes/%zz', 400, 'Origin'],
    ['GET', '/api/account', 401, 'Origin'],
    ['GET', '/api/conflict', 409, 'Origin'],
    ['GET', '/api/broken', 500, 'Origin'],
    ['GET', '/api/closed', 503, 'Origin'],
    ['GET', '/api/missing', 404, 'Origin'],
    ['GET', '/missing', 404, 'Origin'],
  ])(
    'lets an allowed page, and no other, read %s %s: %d',
    async (method, path, status, vary, body?: string) => {
      const allowed = await ask(method, path, APP, { body });
      expect([allowed.status, corsFields(allowed)]).toEqual([status, { ...GRANT, vary }]);
      const denied = await ask(method, path, EVIL, { body });
      expect([denied.status, corsFields(denied)]).toEqual([status, { vary }]);
    },
  );

  it('exposes the count', async () => {
    expect((await ask('GET', '/api/notes', APP)).headers.get('x-total-count')).toMatch(/^\d$/);
  });

  it.each(['/api/notes/1', '/api/notes/%zz', '/api/account', '/api/closed', '/missing'])(
    'answers preflights itself: %s',
    async (path) => {
      const announced = { 'access-control-request-method': 'PUT' };
      const granted = await ask('OPTIONS', path, APP, { headers: announced });
      expect([granted.status, corsFields(granted)]).toEqual([204, PREFLIGHT_GRANT]);
      const denied = await ask('OPTIONS', path, EVIL, { headers: announced });
      expect([denied.status, corsFields(denied)]).toEqual([403, { vary: 'Origin' }]);
      expect(guard.mock.calls).toHaveLength(0);
    },
  );

  it('asks the guard for other OPTIONS requests', async () => {
    const reply = await ask('OPTIONS', '/api/account', APP);
    expect([reply.status, corsFields(reply)]).toEqual([401, GRANT]);
    expect(guard.mock.calls).toHaveLength(1);
  });

  it('lets any page read the fonts', async () => {
    // Where a function chooses the policy, the next one that it chooses may depend on the origin.
    const vary = platform === 'Express' ? { vary: 'Origin' } : {};
    const font = await ask('GET', '/api/fonts/a', EVIL);
    expect(corsFields(font)).toEqual({ 'access-control-allow-origin': '*', ...vary });
    const preflight = await ask('OPTIONS', '/api/fonts/a', EVIL, {
      headers: { 'access-control-request-method': 'GET' },
    });
    expect([preflight.status, corsFields(preflight)]).toEqual([
      204,
      { 'access-control-allow-origin': '*', 'access-control-max-age': '3600', ...vary },
    ]);
  });

  if (platform === 'Fastify') {
    it('lets no page read the metrics', async () => {
      const metrics = await ask('GET', '/api/metrics', APP);
      expect([metrics.status, corsFields(metrics)]).toEqual([200, {}]);
      const preflight = await ask('OPTIONS', '/api/metrics', APP, {
        headers: { 'access-control-request-method': 'GET' },
      });
      expect([preflight.status, corsFields(preflight)]).toEqual([404, {}]);
    });
  }
});
