import cors, { withCors } from '@cors/fastify';
import fastify, { type FastifyInstance } from 'fastify';

/** An application whose every reply carries the right CORS headers: those of malformed URLs, too. */
export async function createApp(): Promise<FastifyInstance> {
  const app = fastify({ frameworkErrors: withCors() });

  await app.register(cors, {
    origin: ['https://app.example.com', 'http://localhost:*'],
    credentials: true,
    methods: ['PUT', 'DELETE'],
    allowedHeaders: ['Content-Type'],
    maxAge: 600,
  });

  app.get('/', async () => 'hello');
  app.put('/items/:id', async () => 'changed');
  app.get('/throw', async () => {
    throw new Error('This one fails.');
  });

  // Policies of their own: for any page, and for none.
  app.get(
    '/fonts/:name',
    { config: { cors: { origin: '*', maxAge: 3600 } } },
    async () => 'a font',
  );
  app.get('/metrics', { config: { cors: false } }, async () => 'for no page');
  return app;
}
