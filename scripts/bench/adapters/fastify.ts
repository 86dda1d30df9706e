/** Fastify, behind `@fastify/cors` or ours. */
import { cors } from '@cors/fastify';
import peer from '@fastify/cors';
import fastify, { type FastifyInstance } from 'fastify';
import { HELLO, type MakeApplication } from './application.js';
import type { FloorReply } from './scenario.js';

export const application: MakeApplication = async (kind, scenario, reply) => {
  const app = fastify();
  if (kind === 'peer') await app.register(peer, scenario.peer);
  if (kind === 'ours') await app.register(cors, scenario.ours as { origin: '*' });
  if (kind === 'floor') floor(app, reply);
  app.route({
    method: ['GET', 'OPTIONS'],
    url: '/',
    handler: (_, answer) => void answer.send(HELLO),
  });
  await app.ready();
  return {
    platform: 'node',
    serve: (request, response) => {
      app.routing(request, response);
    },
  };
};

function floor(app: FastifyInstance, { headers, status }: FloorReply): void {
  app.addHook('onRequest', (_, answer, done) => {
    for (const [name, value] of headers) answer.header(name, value);
    if (status === null) done();
    else answer.code(status).send();
  });
}
