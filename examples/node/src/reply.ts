import type { ServerResponse } from 'node:http';

/** Replies with JSON, or with no body. */
export function reply(response: ServerResponse, status: number, body?: unknown): true {
  response.statusCode = status;
  if (body === undefined) response.end();
  else response.setHeader('Content-Type', 'application/json').end(JSON.stringify(body));
  return true;
}
