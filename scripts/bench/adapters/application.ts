/**
 * The application that is measured: one handler that says hello, in each framework, behind a kind of
 * middleware.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FloorReply, Scenario } from './scenario.js';

/**
 * - `bare`: the framework alone;
 * - `floor`: a hand-written middleware that sets the headers and checks nothing;
 * - `peer`: the package that the framework's users have today;
 * - `ours`.
 */
export type Kind = 'bare' | 'floor' | 'peer' | 'ours';

/** How an application takes a message. A promise is settled when it has replied. */
export type Application =
  | {
      readonly platform: 'node';
      readonly serve: (request: IncomingMessage, response: ServerResponse) => unknown;
    }
  | {
      readonly platform: 'web';
      /** With what its server passes beside the request, as Node's own, if there is a server. */
      readonly serve: (request: Request, bindings?: object) => Response | Promise<Response>;
    };

/** Makes the application of one framework. */
export type MakeApplication = (
  kind: Kind,
  scenario: Scenario,
  floor: FloorReply,
) => Application | Promise<Application>;

/** What the handlers say. */
export const HELLO = 'hello';
