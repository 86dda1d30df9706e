import Router from '@koa/router';

/** The routes. They say nothing about CORS. */
export function notes(): Router {
  const all = new Map<string, unknown>();
  const router = new Router();
  router.get('/notes', (ctx) => {
    ctx.set('X-Total-Count', String(all.size));
    ctx.body = [...all.values()];
  });
  router.put('/notes/:id', (ctx) => {
    all.set(ctx.params.id!, ctx.request.body);
    ctx.status = 204;
  });
  router.delete('/notes/:id', async (ctx, next) => {
    if (all.delete(ctx.params.id!)) ctx.status = 204;
    else await next();
  });
  return router;
}
