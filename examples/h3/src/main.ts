import process from 'node:process';
import { serve } from 'h3';
import { createApp, policy } from './app.js';
import { notes } from './notes.js';

// It prints where it listens.
serve(createApp(policy, notes()), { port: Number(process.env['PORT'] ?? 3000) });
