/**
 * What to look at: the order in `createApp`. `cors` comes first, and on every path, so that whatever
 * replies further down, the 404 and the errors too, carries its headers.
 */
import { cors, type HonoCorsOptions } from '@cors/hono';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';

/** Which pages may do what. */
export const policy: HonoCorsOptions = {
  origin: ['https://app.example.com', 'http://localhost:*'],
  credentials: true, // cookies
  methods: ['PUT', 'DELETE'], // GET, HEAD and POST need no listing
  allowedHeaders: ['Content-Type'], // every JSON body asks for it
  exposedHeaders: ['X-Total-Count'], // what a page may read beside the usual
  maxAge: 600, // seconds that a browser may keep the preflight's answer
};

/** The application: with another policy for another deployment, or other routes for a test. */
export function createApp(options: HonoCorsOptions, routes: Hono): Hono {
  const app = new Hono();
  app.use('*', cors(options));
  app.route('/', routes);
  app.notFound((c) => c.json({ error: 'There is nothing here.' }, 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    console.error(error);
    return c.json({ error: 'That did not work.' }, 500);
  });
  return app;
}
