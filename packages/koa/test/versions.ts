/** The versions of Koa; without a test framework, for programs that have none. */
import { createRequire } from 'node:module';
import Koa from 'koa';

export { listenerOf } from './listener.js';

const require = createRequire(import.meta.url);

/** Both are used alike, so the types of Koa 3 serve both. */
export type Framework = typeof Koa;

/** The versions of Koa that the package supports. */
export const VERSIONS: readonly {
  readonly name: string;
  readonly framework: Framework;
  /** Koa 2 knows no `Response`: a test shows what it makes of one. */
  readonly takesResponses: boolean;
}[] = [
  { name: 'Koa 2', framework: require('koa2') as Framework, takesResponses: false },
  { name: 'Koa 3', framework: Koa, takesResponses: true },
];
