/**
 * CORS for Express: decides before the handlers, answers preflights, and hands a predicate's error to
 * the error handlers. The decision is applied when the head of the reply is written.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AdapterOptions, createHandler, type Decision, type LiteralOptions } from '@cors/core';
import { answer, decideOnPrototype, warn } from '@cors/node';
import type { Request } from 'express';
import { expressPrototype } from './express-prototype.js';

/** Options: those of a policy, or `{ policy }`; with `onDecision`. Functions get Express's request. */
export type ExpressCorsOptions = AdapterOptions<Request>;

/**
 * A middleware of Express 4 or 5. Its types are Node's, which Express's extend, so that the types of
 * a route's parameters are inferred from its path as if it were not there.
 */
export type ExpressMiddleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * Makes a middleware. Mount it first, with `app.use`, so that the headers are on every reply.
 *
 * The headers are applied when the head of the reply is written. Preflights are answered; the error of
 * a predicate goes to the error handlers.
 *
 * @param options - The CORS options, or `{ policy }`; with `onDecision`, told of each decision.
 * @throws {@link CorsConfigError} for options that cannot work or are dangerous, with all problems.
 *
 * @example
 * ```ts
 * import { cors } from '@cors/express';
 * import express from 'express';
 *
 * const app = express();
 * app.use(cors({ origin: 'https://app.example.com', methods: ['PUT'] }));
 * app.get('/', (request, response) => {
 *   response.send('hello');
 * });
 * app.listen(3000);
 * ```
 */
export function cors<
  const Origin = unknown,
  const Credentials extends boolean | undefined = boolean,
  const Exposed = unknown,
>(options: ExpressCorsOptions & LiteralOptions<Origin, Credentials, Exposed>): ExpressMiddleware {
  const handler = createHandler<Request>(options, { lowerCase: true, warn });
  return (request, response, next) => {
    const context = request as Request;
    const proceed = ({ error, respond }: Decision): void => {
      if (error !== null) next(error);
      else if (respond !== null) answer(response, respond);
      else next();
    };
    void decideOnPrototype(expressPrototype, handler, context, response, context, proceed);
  };
}
