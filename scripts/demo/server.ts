/**
 * The demo's server: one policy, in front of an application that keeps a note.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CorsOptions, Decision } from '@cors/core';
import { cors } from '@cors/node';

/** The one policy. JSON makes every PUT and POST ask for Content-Type. */
export const POLICY = {
  origin: ['https://app.example.com', 'http://localhost:*'],
  credentials: true,
  methods: ['PUT'],
  allowedHeaders: ['Content-Type'],
  exposedHeaders: ['ETag'],
  maxAge: 600,
} satisfies CorsOptions;

/** A running server, and what it decided, in order. */
export interface DemoServer {
  readonly port: number;
  readonly decisions: readonly Decision[];
  readonly close: () => void;
}

/** Starts the server on a free local port. */
export async function startServer(): Promise<DemoServer> {
  const decisions: Decision[] = [];
  const handleCors = cors({ ...POLICY, onDecision: (decision) => decisions.push(decision) });
  const server: Server = createServer((request, response) => {
    if (handleCors(request, response)) return;
    keepNote(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    decisions,
    close: () => server.close(),
  };
}

/** The application: it knows nothing of CORS. */
function keepNote(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  request.on('end', () => {
    response.setHeader('Content-Type', 'application/json');
    response.setHeader('ETag', '"2"');
    response.end('{"saved":true}');
  });
}
