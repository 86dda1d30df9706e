import type { Target } from '@cors/conformance';
import Koa from 'koa';
import { koaTarget } from '../../../packages/koa/test/version-target.js';

export const target: Target = koaTarget(
  { name: 'Koa 3', framework: Koa, takesResponses: true },
  'HTTP/1.1',
);
