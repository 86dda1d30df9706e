import process from 'node:process';
import { createExpressApp } from './express.js';
import { createFastifyApp } from './fastify.js';

const app = await (process.argv[2] === 'fastify' ? createFastifyApp() : createExpressApp());
await app.listen(Number(process.env['PORT'] ?? 3000));
console.log(await app.getUrl());
