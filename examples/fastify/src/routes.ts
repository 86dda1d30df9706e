import type { FastifyPluginAsync } from 'fastify';

/** The routes. Most say nothing about CORS. */
export const routes: FastifyPluginAsync = async (app) => {
  const notes = new Map<string, unknown>();

  app.get('/notes', async (_, reply) => {
    void reply.header('X-Total-Count', notes.size);
    return [...notes.values()];
  });
  app.put<{ Params: { id: string } }>('/notes/:id', async (request, reply) => {
    notes.set(request.params.id, request.body);
    return reply.code(204).send();
  });
  app.delete<{ Params: { id: string } }>('/notes/:id', async (request, reply) => {
    if (notes.delete(request.params.id)) return reply.code(204).send();
    reply.callNotFound();
    return reply;
  });

  // Policies of their own: for any page, and for none.
  const forAnyPage = { cors: { origin: '*', maxAge: 3600 } };
  app.get('/fonts/:name', { config: forAnyPage }, async () => 'a font');
  app.get('/metrics', { config: { cors: false } }, async () => 'for no page');
};
