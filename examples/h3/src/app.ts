/**
 * What to look at: the order in `createApp`. `cors` comes first, so that whatever replies further down,
 * the 404 and the errors too, carries its headers.
 */
import { cors, type H3CorsOptions } from '@cors/h3';
import { H3, type HTTPError, HTTPResponse } from 'h3';

/** Which pages may do what. */
export const policy: H3CorsOptions = {
  origin: ['https://app.example.com', 'http://localhost:*'],
  credentials: true, // cookies
  methods: ['PUT', 'DELETE'], // GET, HEAD and POST need no listing
  allowedHeaders: ['Content-Type'], // every JSON body asks for it
  exposedHeaders: ['X-Total-Count'], // what a page may read beside the usual
  maxAge: 600, // seconds that a browser may keep the preflight's answer
};

/** The application: with another policy for another deployment, or other routes for a test. */
export function createApp(options: H3CorsOptions, routes: H3): H3 {
  const app = new H3({ onError: replyTo });
  app.use(cors(options));
  app.mount('/', routes);
  return app;
}

/** Every error comes here, and the 404 is one. What nobody foresaw, h3 has printed. */
function replyTo({ status, headers, message, unhandled }: HTTPError): HTTPResponse {
  let error = status === 404 ? 'There is nothing here.' : message;
  if (unhandled === true) error = 'That did not work.';
  const reply = new HTTPResponse(JSON.stringify({ error }), { status, headers: headers ?? {} });
  reply.headers.set('Content-Type', 'application/json');
  return reply;
}
