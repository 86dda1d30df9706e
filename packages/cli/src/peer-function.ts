/**
 * The function `origin` of another package → a predicate of ours. The function itself is kept: what it knows,
 * only it knows.
 */
import type { OriginPredicate } from '@cors/core';

import { withSource } from './options-source.js';
import type { OriginFunction } from './peer-origin.js';
import type { PeerName } from './peer.js';

/** A predicate that asks the function as its package does. */
export function convertedFunction(
  peer: PeerName,
  function_: OriginFunction,
): OriginPredicate<never> {
  const source = expressionOf(function_);
  switch (peer) {
    case 'cors':
    case '@fastify/cors':
      return withSource<OriginPredicate<never>>(
        (origin) => byCallback(function_, origin),
        `(origin) =>\n  new Promise((resolve) => {\n    const theirs = ${source};\n    const done = (error, allowed) =>\n      resolve(!error && (allowed === true || [allowed].flat().some((one) => one === '*' || one === origin)));\n    theirs(origin, done)?.then?.((allowed) => done(null, allowed), done);\n  })`,
      );
    case '@koa/cors':
      return withSource<OriginPredicate<never>>(
        async (origin, context) => isGranted(await function_(context), origin),
        `async (origin, ctx) => {\n  const theirs = ${source};\n  return [origin, '*'].includes(await theirs(ctx));\n}`,
      );
    case 'hono':
      return withSource<OriginPredicate<never>>(
        async (origin, context) => isGranted(await function_(origin, context), origin),
        `async (origin, c) => {\n  const theirs = ${source};\n  return [origin, '*'].includes(await theirs(origin, c));\n}`,
      );
  }
}

/** A function's source as an expression: that of a method, `origin(…) {…}`, is none. */
function expressionOf(function_: OriginFunction): string {
  const source = String(function_);
  const [, asynchronous = '', rest = ''] = /^(async\s+)?([^]*)$/.exec(source) ?? [];
  const isMethod = /^(?!function\b)[\w$]+\s*\([^]*\)\s*\{/.test(rest);
  return isMethod && !isArrow(rest) ? `${asynchronous}function ${rest}` : source;
}

/** Whether a text begins with the parameters of an arrow function. */
function isArrow(text: string): boolean {
  return /^(?:[\w$]+|\([^)]*\))\s*=>/.test(text);
}

function isGranted(allowed: unknown, origin: string): boolean {
  return allowed === origin || allowed === '*';
}

function byCallback(function_: OriginFunction, origin: string): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (error: unknown, allowed?: unknown): void => {
      const list: readonly unknown[] = Array.isArray(allowed) ? allowed : [allowed];
      resolve(!error && (allowed === true || list.some((each) => isGranted(each, origin))));
    };
    const promised = function_(origin, done);
    if (promised instanceof Promise) {
      promised.then((allowed) => done(null, allowed), done);
    }
  });
}
