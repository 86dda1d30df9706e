import process from 'node:process';
import { serve } from '@hono/node-server';
import { createApp, policy } from './app.js';
import { notes } from './notes.js';

const port = Number(process.env['PORT'] ?? 3000);
serve({ fetch: createApp(policy, notes()).fetch, port }, () => {
  console.log(`http://localhost:${String(port)}`);
});
