/** Plain `node:http`, behind `cors` (which runs there, too) or ours. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { cors } from '@cors/node';
import peer from 'cors';
import { HELLO, type Kind, type MakeApplication } from './application.js';
import type { FloorReply, Scenario } from './scenario.js';

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => unknown;

export const application: MakeApplication = (kind, scenario, reply) => {
  const middleware = middlewareOf(kind, scenario, reply);
  return {
    platform: 'node',
    serve: (request, response) => {
      middleware(request, response, () => response.end(HELLO));
    },
  };
};

function middlewareOf(kind: Kind, scenario: Scenario, reply: FloorReply): Middleware {
  if (kind === 'peer') return peer(scenario.peer);
  if (kind === 'ours') return cors(scenario.ours as { origin: '*' });
  return kind === 'floor' ? floor(reply) : (_request, _response, next) => next();
}

function floor({ headers, status }: FloorReply): Middleware {
  return (_, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    if (status === null) {
      next();
      return;
    }
    response.statusCode = status;
    response.end();
  };
}
