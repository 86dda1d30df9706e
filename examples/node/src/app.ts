import { createServer } from 'node:http';
import { cors } from '@cors/node';

const handleCors = cors({
  origin: ['https://app.example.com', 'http://localhost:*'],
  credentials: true,
  methods: ['PUT', 'DELETE'],
  allowedHeaders: ['Content-Type'],
  maxAge: 600,
});

/** A server whose every reply carries the right CORS headers: the 404s too. */
export const server = createServer((request, response) => {
  if (handleCors(request, response)) return;
  response.statusCode = request.url === '/' ? 200 : 404;
  response.end('hello');
});
