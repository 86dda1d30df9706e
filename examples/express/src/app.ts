/**
 * What to look at: the order in `createApp`. `cors` comes first, so that whatever replies further
 * down, the 404 and the errors too, carries its headers.
 */
import { cors, type ExpressCorsOptions } from '@cors/express';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';

/** Which pages may do what. */
export const policy: ExpressCorsOptions = {
  origin: ['https://app.example.com', 'http://localhost:*'],
  credentials: true, // cookies
  methods: ['PUT', 'DELETE'], // GET, HEAD and POST need no listing
  allowedHeaders: ['Content-Type'], // every JSON body asks for it
  exposedHeaders: ['X-Total-Count'], // what a page may read beside the usual
  maxAge: 600, // seconds that a browser may keep the preflight's answer
};

/** The application: with another policy for another deployment, or other routes for a test. */
export function createApp(options: ExpressCorsOptions, routes: RequestHandler): Express {
  const app = express();
  app.use(cors(options));
  app.use(express.json());
  app.use(routes);
  app.use(notFound);
  app.use(onError);
  return app;
}

const notFound: RequestHandler = (_, response) => {
  response.status(404).json({ error: 'There is nothing here.' });
};

const onError: ErrorRequestHandler = (error: { status?: number }, _, response, next) => {
  // A reply that has begun can only be broken off, and Express does that.
  if (response.headersSent) {
    next(error);
    return;
  }
  const { status = 500 } = error;
  if (status >= 500) console.error(error);
  response.status(status).json({ error: 'That did not work.' });
};
