import { text } from 'node:stream/consumers';
import type { Routes } from './app.js';
import { reply } from './reply.js';

/** The routes. They say nothing about CORS. */
export function notes(): Routes {
  const all = new Map<string, unknown>();
  return async (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    if (path === '/notes' && request.method === 'GET') {
      response.setHeader('X-Total-Count', all.size);
      return reply(response, 200, [...all.values()]);
    }
    const id = /^\/notes\/([^/]+)$/.exec(path)?.[1];
    if (id !== undefined && request.method === 'PUT') {
      try {
        all.set(id, JSON.parse(await text(request)));
      } catch {
        return reply(response, 400, { error: 'That is no JSON.' });
      }
      return reply(response, 204);
    }
    if (id !== undefined && request.method === 'DELETE') {
      return all.delete(id) && reply(response, 204);
    }
    return false;
  };
}
