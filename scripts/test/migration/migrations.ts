// Every peer that there is a page for.
import { fromCors } from './cors.js';
import { fromFastifyCors } from './fastify-cors.js';
import { fromH3 } from './h3.js';
import { fromHonoCors } from './hono-cors.js';
import { fromKoaCors } from './koa-cors.js';
import type { Migration } from './migration.js';

export const migrations: readonly Migration[] = [
  fromCors,
  fromFastifyCors,
  fromKoaCors,
  fromHonoCors,
  fromH3,
];
