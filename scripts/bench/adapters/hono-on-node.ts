/**
 * The application of Hono behind `@hono/node-server`, as Node's users run it. It has requests and
 * responses of its own: cheaper ones than those of Node, until somebody reads or changes their headers.
 */
import { getRequestListener } from '@hono/node-server';
import type { MakeApplication } from './application.js';
import { application as inMemory } from './hono.js';

export const application: MakeApplication = async (...parameters) => {
  const { serve: handle } = await inMemory(...parameters);
  const listener = getRequestListener(handle as never) as (...exchange: unknown[]) => unknown;
  return {
    platform: 'node',
    serve: (request, response) => {
      // As a parser leaves them; the server reads these.
      request.rawHeaders = Object.entries(request.headers).flat() as string[];
      return listener(request, response);
    },
  };
};
