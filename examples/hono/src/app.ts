import { cors } from '@cors/hono';
import { Hono } from 'hono';

/** An application whose every reply carries the right CORS headers: those of errors, too. */
export const app = new Hono();

app.use(
  '*',
  cors({
    origin: ['https://app.example.com', 'http://localhost:*'],
    credentials: true,
    methods: ['PUT', 'DELETE'],
    allowedHeaders: ['Content-Type'],
    maxAge: 600,
  }),
);

app.get('/', (c) => c.text('hello'));
app.get('/throw', () => {
  throw new Error('This one fails.');
});
app.onError(() => Response.json({ error: 'Internal error' }, { status: 500 }));
