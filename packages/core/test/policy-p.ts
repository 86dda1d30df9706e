import { createCors, type StaticCors } from '../src/index.js';

/** The policy that most hazards are stated for: an exact origin, subdomains, any port. */
export const policyP = (): StaticCors =>
  createCors({
    origin: ['https://a.example', 'https://*.b.example', 'http://localhost:*'],
    credentials: true,
    methods: ['GET', 'PUT'],
    allowedHeaders: ['x-a'],
  });
