/**
 * What to look at: the order in `createApp`. `cors` comes first, so that whatever replies further
 * down, the 404 and the errors too, carries its headers.
 */
import { cors, type KoaCorsOptions } from '@cors/koa';
import { bodyParser } from '@koa/bodyparser';
import type Router from '@koa/router';
import Koa, { type Middleware } from 'koa';

/** Which pages may do what. */
export const policy: KoaCorsOptions = {
  origin: ['https://app.example.com', 'http://localhost:*'],
  credentials: true, // cookies
  methods: ['PUT', 'DELETE'], // GET, HEAD and POST need no listing
  allowedHeaders: ['Content-Type'], // every JSON body asks for it
  exposedHeaders: ['X-Total-Count'], // what a page may read beside the usual
  maxAge: 600, // seconds that a browser may keep the preflight's answer
};

/** The application: with another policy for another deployment, or another router for a test. */
export function createApp(options: KoaCorsOptions, router: Router): Koa {
  const app = new Koa();
  app.use(cors(options));
  app.use(onError);
  app.use(bodyParser());
  app.use(router.routes());
  app.use(notFound);
  return app;
}

/** What errors of Koa, of its router and of its body parser may bring along. */
interface Failure {
  readonly status?: number;
  readonly headers?: Record<string, string>;
}

const onError: Middleware = async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    // A reply that has begun is Koa's to give up.
    if (ctx.headerSent) throw error;
    // What was set was meant for another reply. The headers of CORS come later, and stay.
    for (const name of Object.keys(ctx.response.headers)) ctx.remove(name);
    const { status = 500, headers = {} } = error as Failure;
    ctx.status = status;
    ctx.set(headers);
    ctx.body = { error: 'That did not work.' };
    ctx.app.emit('error', error, ctx);
  }
};

const notFound: Middleware = (ctx) => {
  ctx.status = 404;
  ctx.body = { error: 'There is nothing here.' };
};
