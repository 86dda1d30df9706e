/** A policy's options, all but the origin: two libraries each have the same names and meanings. */
import type { ScenarioPolicy } from '@cors/conformance';
import { atLeastOneHeader, listOf } from './list-of.js';
import { withoutEveryMethod, withoutOptions } from './not-expressible.js';

/** Those of `hono/cors` and `@koa/cors`. */
interface AllowOptions {
  readonly credentials: boolean;
  readonly allowMethods: string[];
  readonly allowHeaders?: string[];
  readonly exposeHeaders?: string[];
  readonly maxAge?: number;
}

/** For `hono/cors` and `@koa/cors`. */
export function allowOptions(policy: ScenarioPolicy): AllowOptions {
  withoutOptions(policy, 'preflightContinue', 'optionsSuccessStatus');
  withoutEveryMethod(policy, 'allowMethods');
  const { credentials = false, exposedHeaders, maxAge } = policy;
  return {
    credentials,
    allowMethods: listOf(policy.methods),
    ...((policy.allowedHeaders !== '*' || !credentials) && {
      allowHeaders: atLeastOneHeader(policy),
    }),
    ...(exposedHeaders !== undefined && { exposeHeaders: listOf(exposedHeaders) }),
    ...(maxAge !== undefined && { maxAge }),
  };
}

/** Those of `cors` and `@fastify/cors`. */
interface AllowedOptions {
  readonly credentials: boolean;
  readonly methods: string[];
  readonly allowedHeaders?: string[];
  readonly exposedHeaders?: string[];
  readonly maxAge?: number;
  readonly preflightContinue?: boolean;
  readonly optionsSuccessStatus?: number;
}

/** For `cors` and `@fastify/cors`. */
export function allowedOptions(policy: ScenarioPolicy): AllowedOptions {
  withoutEveryMethod(policy, 'methods');
  const { credentials = false, exposedHeaders, maxAge } = policy;
  const { preflightContinue, optionsSuccessStatus } = policy;
  return {
    credentials,
    methods: listOf(policy.methods),
    // Without a list, whatever is asked for is allowed: what a star means beside credentials.
    ...((policy.allowedHeaders !== '*' || !credentials) && {
      allowedHeaders: listOf(policy.allowedHeaders),
    }),
    ...(exposedHeaders !== undefined && { exposedHeaders: listOf(exposedHeaders) }),
    ...(maxAge !== undefined && { maxAge }),
    ...(preflightContinue !== undefined && { preflightContinue }),
    ...(optionsSuccessStatus !== undefined && { optionsSuccessStatus }),
  };
}
