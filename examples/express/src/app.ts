import { cors } from '@cors/express';
import express, { type ErrorRequestHandler, type Express } from 'express';

/** An application whose every reply carries the right CORS headers: the errors too. */
export const app: Express = express();

app.use(
  cors({
    origin: ['https://app.example.com', 'http://localhost:*'],
    credentials: true,
    methods: ['PUT', 'DELETE'],
    allowedHeaders: ['Content-Type'],
    exposedHeaders: ['X-Total-Count'],
    maxAge: 600,
  }),
);
app.use(express.json());

const notes = new Map<string, unknown>();

app.get('/notes', (_, response) => {
  response.set('X-Total-Count', String(notes.size)).json([...notes.values()]);
});
app.put('/notes/:id', (request, response) => {
  notes.set(request.params.id, request.body);
  response.sendStatus(204);
});
app.delete('/notes/:id', (request, response) => {
  response.sendStatus(notes.delete(request.params.id) ? 204 : 404);
});

const onError: ErrorRequestHandler = (error: { status?: number }, _, response, next) => {
  if (response.headersSent) next(error);
  else response.status(error.status ?? 500).json({ error: 'That did not work.' });
};
app.use(onError);
