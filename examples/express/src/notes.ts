import { Router } from 'express';

/** The routes. They say nothing about CORS. */
export function notes(): Router {
  const all = new Map<string, unknown>();
  const router = Router();
  router.get('/notes', (_, response) => {
    response.set('X-Total-Count', String(all.size)).json([...all.values()]);
  });
  router.put('/notes/:id', (request, response) => {
    all.set(request.params.id, request.body);
    response.sendStatus(204);
  });
  router.delete('/notes/:id', (request, response, next) => {
    if (all.delete(request.params.id)) response.sendStatus(204);
    else next();
  });
  return router;
}
