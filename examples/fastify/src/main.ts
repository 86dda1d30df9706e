import process from 'node:process';
import { createApp, policy } from './app.js';
import { routes } from './routes.js';

const app = await createApp(policy, routes, { logger: true });
console.log(await app.listen({ port: Number(process.env['PORT'] ?? 3000) }));
