import { createServer } from 'node:http';
import process from 'node:process';
import { createApp, ourPages } from './app.js';
import { notes } from './notes.js';

const port = Number(process.env['PORT'] ?? 3000);
createServer(createApp(ourPages, notes())).listen(port, () => {
  console.log(`http://localhost:${String(port)}`);
});
