/** What the tests have in common: a policy, and how to look at a reply. */
import { openLogBook } from '@cors/conformance';
import type { Express as Application } from 'express';
import { afterAll, beforeAll } from 'vitest';
import { noteWarnings } from '../../conformance/test/targets/note-warnings.js';
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

/** Notes our warnings in place of showing them. Gives the codes since it was last asked. */
export function noteReports(): () => readonly string[] {
  const log = openLogBook();
  let stop = (): void => undefined;
  beforeAll(() => {
    stop = noteWarnings(log);
  });
  afterAll(() => stop());
  return () => log.read().reports.map(({ code }) => code);
}
