import process from 'node:process';
import { createApp, policy } from './app.js';
import { notes } from './notes.js';

const port = Number(process.env['PORT'] ?? 3000);
createApp(policy, notes()).listen(port, () => {
  console.log(`http://localhost:${String(port)}`);
});
