/** What the tests have in common: a policy, and how to look at a reply. */
import type { Express as Application } from 'express';
import { lines, type Reply } from '../../node/test/server.js';
import { cors } from '../src/index.js';
import type { Express } from './express.js';

export const A = 'https://a.example';
export const EVIL = 'https://evil.example';
export const POLICY = { origin: A, credentials: true, methods: ['PUT'] };
export const asked = { 'access-control-request-method': 'PUT' };

export const outcome = (reply: Reply): readonly unknown[] => [
  reply.status,
  lines(reply, 'access-control-allow-origin'),
  lines(reply, 'vary'),
];

/** An application with `cors` in front, whose own error handler keeps its errors to itself. */
export function quietApp(
  express: Express,
  options: Parameters<typeof cors>[0] = POLICY,
): Application {
  const app = express();
  app.set('env', 'test');
  return app.use(cors(options));
}
