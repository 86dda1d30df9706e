/**
 * What to look at: the order in `createApp`. `cors` comes first, and is waited for, so that whatever
 * replies further down, the 404 and the errors too, carries its headers. In `routes.ts`: routes that
 * have policies of their own.
 */
import cors, { type FastifyCorsOptions, withCors } from '@cors/fastify';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify';

/** Which pages may do what. */
export const policy: FastifyCorsOptions = {
  origin: ['https://app.example.com', 'http://localhost:*'],
  credentials: true, // cookies
  methods: ['PUT', 'DELETE'], // GET, HEAD and POST need no listing
  allowedHeaders: ['Content-Type'], // every JSON body asks for it
  exposedHeaders: ['X-Total-Count'], // what a page may read beside the usual
  maxAge: 600, // seconds that a browser may keep the preflight's answer
};

/** The application: with another policy for another deployment, or other routes for a test. */
export async function createApp(
  options: FastifyCorsOptions,
  routes: FastifyPluginAsync,
  server: FastifyServerOptions = {},
): Promise<FastifyInstance> {
  // For malformed URLs, which are answered before any hook runs.
  const app = fastify({ ...server, frameworkErrors: withCors(onError) });
  await app.register(cors, options);
  app.setNotFoundHandler((_, reply) => reply.code(404).send({ error: 'There is nothing here.' }));
  app.setErrorHandler(onError);
  await app.register(routes);
  return app;
}

function onError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { statusCode = 500 } = error;
  if (statusCode >= 500) request.log.error(error);
  return reply.code(statusCode).send({ error: 'That did not work.' });
}
