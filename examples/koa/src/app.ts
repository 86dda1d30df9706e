import { cors } from '@cors/koa';
import Koa from 'koa';

/** An application whose every reply carries the right CORS headers: those of errors, too. */
export const app = new Koa();
app.silent = true;

app.use(
  cors({
    origin: ['https://app.example.com', 'http://localhost:*'],
    credentials: true,
    methods: ['PUT', 'DELETE'],
    allowedHeaders: ['Content-Type'],
    maxAge: 600,
  }),
);

app.use((ctx) => {
  if (ctx.path === '/throw') throw new Error('This one fails.');
  if (ctx.path === '/') ctx.body = 'hello';
});
