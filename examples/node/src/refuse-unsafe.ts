import { createServer } from 'node:http';
import { cors, type NodeRequest } from '@cors/node';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];
const denied = new WeakSet<NodeRequest>();

const handleCors = cors({
  origin: 'https://app.example.com',
  allowedHeaders: ['Content-Type'],
  onDecision: ({ allowed, reason }, request) => {
    if (!allowed && reason !== 'no-origin' && reason !== 'same-origin') denied.add(request);
  },
});

/** Refuses what would change something, when a page of another origin asks for it. */
export const guardedServer = createServer((request, response) => {
  if (handleCors(request, response)) return;
  if (denied.has(request) && !SAFE_METHODS.includes(request.method ?? '')) {
    response.statusCode = 403;
    response.end('Pages of this origin may not do this.');
    return;
  }
  response.end('done');
});
