import { Hono } from 'hono';
import { validator } from 'hono/validator';

/** The routes. They say nothing about CORS. */
export function notes(): Hono {
  const all = new Map<string, unknown>();
  const routes = new Hono();
  routes.get('/notes', (c) => {
    c.header('X-Total-Count', String(all.size));
    return c.json([...all.values()]);
  });
  // Parses the body, and refuses what is no JSON.
  const json = validator('json', (body: unknown) => ({ body }));
  routes.put('/notes/:id', json, (c) => {
    all.set(c.req.param('id'), c.req.valid('json').body);
    return c.body(null, 204);
  });
  routes.delete('/notes/:id', (c) =>
    all.delete(c.req.param('id')) ? c.body(null, 204) : c.notFound(),
  );
  return routes;
}
