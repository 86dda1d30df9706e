import type { Target } from '@cors/conformance';
import { fastifyTargets } from '../../../packages/fastify/test/fastify-target.js';

const overHttp1 = fastifyTargets.find(({ name }) => name.endsWith('HTTP/1.1'));
if (overHttp1 === undefined) throw new Error('There is no target of Fastify over HTTP/1.1');

export const target: Target = overHttp1;
