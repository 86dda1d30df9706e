/**
 * What to look at: `serve`. `handleCors` comes first, so that whatever replies further down, the 404
 * and the errors too, carries its headers. In `refuse-unsafe.ts`: what CORS does not do by itself.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { cors, type NodeMiddleware, type NodeRequest } from '@cors/node';
import { reply } from './reply.js';

/** Which pages may do what. */
export const ourPages = cors({
  origin: ['https://app.example.com', 'http://localhost:*'],
  credentials: true, // cookies
  methods: ['PUT', 'DELETE'], // GET, HEAD and POST need no listing
  allowedHeaders: ['Content-Type'], // every JSON body asks for it
  exposedHeaders: ['X-Total-Count'], // what a page may read beside the usual
  maxAge: 600, // seconds that a browser may keep the preflight's answer
});

/** Replies, or says by `false` that there is nothing at this address. */
export type Routes = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** The application: with another policy for another deployment, or other routes for a test. */
export function createApp(
  handleCors: NodeMiddleware<NodeRequest>,
  routes: Routes,
): RequestListener {
  const serve: Routes = async (request, response) => {
    if (await handleCors(request, response)) return true; // it was a preflight, and is answered
    if (await routes(request, response)) return true;
    return reply(response, 404, { error: 'There is nothing here.' });
  };
  return (request, response) => {
    serve(request, response).catch((error: unknown) => onError(error, response));
  };
}

function onError(error: unknown, response: ServerResponse): void {
  console.error(error);
  // A reply that has begun can only be broken off.
  if (response.headersSent) response.destroy();
  else reply(response, 500, { error: 'That did not work.' });
}
