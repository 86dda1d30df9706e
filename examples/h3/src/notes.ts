import { getRouterParam, H3, HTTPError, noContent, readBody } from 'h3';

/** The routes. They say nothing about CORS. */
export function notes(): H3 {
  const all = new Map<string, unknown>();
  const routes = new H3();
  routes.get('/notes', (event) => {
    event.res.headers.set('X-Total-Count', String(all.size));
    return [...all.values()];
  });
  routes.put('/notes/:id', async (event) => {
    // Parses the body, and refuses what is no JSON.
    all.set(getRouterParam(event, 'id') ?? '', await readBody(event));
    return noContent();
  });
  routes.delete('/notes/:id', (event) => {
    if (!all.delete(getRouterParam(event, 'id') ?? '')) throw new HTTPError({ status: 404 });
    return noContent();
  });
  return routes;
}
