/** Broken targets in memory: `@cors/fetch` with one thing wrong in it or around it. */
import {
  type ApplicationLog,
  fetchApplication,
  type FetchHandler,
  type Scenario,
  type Target,
} from '../../src/index.js';
import { fetchMemory } from '../targets/fetch-memory.js';
import { fetchTarget } from '../targets/fetch-target.js';
import { type DecideFault, type EngineFault, setupWith } from './engine-fault.js';

/** What a reply fault may look at. */
interface AboutReply {
  readonly request: Request;
  /** The handler's own reply, before CORS was applied; null when it did not run. Its body is gone. */
  readonly handled: Response | null;
  readonly scenario: Scenario;
}

/** The reply as it leaves, or nothing to leave it as it is. Its headers may be written to. */
export type ReplyFault = (
  reply: Response,
  about: AboutReply,
) => Response | undefined | Promise<Response | undefined>;

export interface FetchFault extends EngineFault {
  /** The request as the adapter gets it. */
  readonly request?: (request: Request, scenario: Scenario) => Request;
  readonly reply?: ReplyFault;
  /** The handler as the adapter calls it. */
  readonly handler?: (handler: FetchHandler) => FetchHandler;
  /** Everything, with the adapter in it. */
  readonly server?: (server: FetchHandler, scenario: Scenario) => FetchHandler;
  /** What `/log` answers. */
  readonly log?: (log: ApplicationLog) => ApplicationLog;
}

/**
 * A target with the fault, or with one in what is decided. One that remembers things is made by a
 * function, anew for each server.
 */
export function inMemory(fault: FetchFault | DecideFault | (() => FetchFault)): Target {
  return {
    name: 'a broken @cors/fetch in memory',
    capabilities: fetchMemory.capabilities,
    start: async (scenario) => {
      const parts = partsOf(fault);
      const handled = new WeakMap<Request, Response>();
      const { fetch, reconfigure } = fetchTarget(scenario, {
        setup: setupWith(parts),
        application: (options) => {
          const application = fetchApplication(options);
          const handler = parts.handler?.(application) ?? application;
          return async (request) => {
            const response = await handler(request);
            handled.set(request, response);
            return response;
          };
        },
      });
      const serve: FetchHandler = async (given) => {
        const request = parts.request?.(given, scenario) ?? given;
        const reply = await fetch(request);
        if (parts.log !== undefined && new URL(request.url).pathname === '/log') {
          return Response.json(parts.log((await reply.json()) as ApplicationLog));
        }
        const about = { request, handled: handled.get(request) ?? null, scenario };
        return (await parts.reply?.(reply, about)) ?? reply;
      };
      const server = parts.server?.(serve, scenario) ?? serve;
      return {
        address: { protocol: 'memory', fetch: async (request) => server(request) },
        ...(reconfigure !== undefined && { reconfigure }),
        close: async () => undefined,
      };
    },
  };
}

function partsOf(fault: FetchFault | DecideFault | (() => FetchFault)): FetchFault {
  if (typeof fault !== 'function') return fault;
  return fault.length === 0 ? (fault as () => FetchFault)() : { decide: fault as DecideFault };
}

/** Whether the reply grants anything. */
export function isGranted(reply: Response): boolean {
  return reply.headers.has('Access-Control-Allow-Origin');
}

/** The names of the fields that CORS is made of. */
export const corsFields: readonly string[] = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
];

/** The reply as it would be without CORS, `Vary` included. */
export function withoutCors(reply: Response, handled: Response | null): Response {
  for (const name of [...corsFields, 'Vary']) {
    const own = handled?.headers.get(name) ?? null;
    if (own === null) reply.headers.delete(name);
    else reply.headers.set(name, own);
  }
  return reply;
}

/** The reply with `Origin` taken out of its `Vary`. */
export function withoutVaryOrigin(reply: Response): Response {
  const members = (reply.headers.get('Vary') ?? '').split(',').map((name) => name.trim());
  const kept = members.filter((name) => !/^(origin)?$/i.test(name));
  if (kept.length === 0) reply.headers.delete('Vary');
  else reply.headers.set('Vary', kept.join(', '));
  return reply;
}
