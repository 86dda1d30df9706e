/** The adapters' warnings, noted in a log in place of being shown. */
import { AsyncLocalStorage } from 'node:async_hooks';

import type { ApplicationLogBook } from '../../src/index.js';

/** The log of the target that is handling a request. */
const logs = new AsyncLocalStorage<ApplicationLogBook>();

/** The log for what no target was started with. */
let everyone: ApplicationLogBook | undefined;

/**
 * Notes the warnings that `run` causes, at once or later. Several targets may be started at a time,
 * each with a log of its own.
 */
export function noteWarningsOf<Result>(log: ApplicationLogBook, run: () => Result): Result {
  return logs.run(log, run);
}

/** Notes all warnings until it is told to stop: for one application at a time. */
export function noteWarnings(log: ApplicationLogBook): () => void {
  everyone = log;
  return () => {
    if (everyone === log) everyone = undefined;
  };
}

/** Adapters on Node warn in Node's own way: other warnings go to where they went. */
const others = process.listeners('warning');
process.removeAllListeners('warning');
process.on('warning', (warning: Error & { code?: string }) => {
  const log = logs.getStore() ?? everyone;
  if (warning.name === 'CorsWarning' && log !== undefined) {
    log.reported({ code: warning.code ?? '', message: warning.message });
  } else {
    for (const other of others) other(warning);
  }
});

/** `@cors/fetch` warns on the console, as every runtime has one. */
const { warn } = console;
console.warn = (...parts: unknown[]) => {
  const message = parts.join(' ');
  const code = /^\[(CORS_[A-Z_]+)\]/.exec(message)?.[1];
  const log = logs.getStore() ?? everyone;
  if (code === undefined || log === undefined) warn(...parts);
  else log.reported({ code, message });
};
