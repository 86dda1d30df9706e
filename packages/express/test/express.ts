import { createRequire } from 'node:module';
import express from 'express';

const require = createRequire(import.meta.url);

/** Both are used alike, so the types of one serve both. */
export type Express = typeof express;

export interface Version {
  readonly name: string;
  readonly express: Express;
  /** Whether a handler's rejected promise reaches the error handlers. */
  readonly catchesRejections: boolean;
  /** Loads another copy: nothing was ever put on its prototypes. */
  readonly freshCopy: () => Express;
}

export const VERSIONS: readonly Version[] = [
  {
    name: 'Express 4',
    express: require('express4') as Express,
    catchesRejections: false,
    freshCopy: () => freshCopy('express4'),
  },
  {
    name: 'Express 5',
    express,
    catchesRejections: true,
    freshCopy: () => freshCopy('express'),
  },
];

function freshCopy(name: string): Express {
  for (const path of Object.keys(require.cache)) {
    if (/[\\/]node_modules[\\/]express[\\/]/.test(path))
      Reflect.deleteProperty(require.cache, path);
  }
  return require(name) as Express;
}
