/** Express, behind `cors` or ours. */
import { cors } from '@cors/express';
import peer from 'cors';
import express, { type RequestHandler } from 'express';
import { HELLO, type Kind, type MakeApplication } from './application.js';
import type { FloorReply, Scenario } from './scenario.js';

export const application: MakeApplication = (kind, scenario, reply) => {
  const app = express();
  const middleware = middlewareOf(kind, scenario, reply);
  if (middleware !== null) app.use(middleware);
  app.all('/', (_, response) => void response.send(HELLO));
  return { platform: 'node', serve: app };
};

function middlewareOf(kind: Kind, scenario: Scenario, reply: FloorReply): RequestHandler | null {
  if (kind === 'bare') return null;
  if (kind === 'peer') return peer(scenario.peer);
  return kind === 'ours' ? cors(scenario.ours as { origin: '*' }) : floor(reply);
}

function floor({ headers, status }: FloorReply): RequestHandler {
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
