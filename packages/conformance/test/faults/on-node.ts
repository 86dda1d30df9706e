/** Broken targets on node: `@cors/node` with one thing wrong in it or around it. */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { nodeApplication, type NodeHandler, type Scenario, type Target } from '../../src/index.js';
import { listenHttp1, listenHttp2 } from '../targets/listening.js';
import { nodeHttp1 } from '../targets/node-http1.js';
import { nodeHttp2 } from '../targets/node-http2.js';
import { nodeListener } from '../targets/node-target.js';
import { type EngineFault, setupWith } from './engine-fault.js';

/** A `writeHead` in any of its forms: the status, perhaps a reason, perhaps headers. */
export type WriteHead = (status: number, ...rest: unknown[]) => unknown;

export interface NodeFault extends EngineFault {
  /** The request as the adapter gets it: it may be written to. */
  readonly request?: (request: IncomingMessage) => void;
  /** Called when the handler is about to get the response: the adapter's `writeHead` is on it. */
  readonly handled?: (response: ServerResponse, request: IncomingMessage) => void;
  /** Called when the head leaves, with CORS applied and all given headers set. */
  readonly head?: (response: ServerResponse, request: IncomingMessage) => void;
  /** Everything, with the adapter in it. */
  readonly listener?: (
    listener: (request: IncomingMessage, response: ServerResponse) => void,
  ) => (request: IncomingMessage, response: ServerResponse) => void;
}

/** The fault on `node:http`. */
export function onHttp1(fault: NodeFault | (() => NodeFault)): Target {
  return {
    name: 'a broken @cors/node on node:http',
    capabilities: nodeHttp1.capabilities,
    start: async (scenario) => {
      const { listener, reconfigure } = brokenListener(scenario, fault);
      const { address, close } = await listenHttp1(scenario, listener);
      return {
        address,
        ...(reconfigure !== undefined && { reconfigure }),
        close,
      };
    },
  };
}

/** The fault on `node:http2`, whose requests and responses are used as those of `node:http`. */
export function onHttp2(fault: NodeFault | (() => NodeFault)): Target {
  return {
    name: 'a broken @cors/node on node:http2',
    capabilities: nodeHttp2.capabilities,
    start: async (scenario) => {
      const { listener, reconfigure } = brokenListener(scenario, fault);
      const { address, close } = await listenHttp2(listener as never);
      return {
        address,
        ...(reconfigure !== undefined && { reconfigure }),
        close,
      };
    },
  };
}

type BrokenListener = Omit<ReturnType<typeof nodeListener>, 'listener'> & {
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void;
};

function brokenListener(scenario: Scenario, fault: NodeFault | (() => NodeFault)): BrokenListener {
  const parts = typeof fault === 'function' ? fault() : fault;
  const made = nodeListener(scenario, {
    setup: setupWith(parts),
    application: (options) => {
      const application = nodeApplication(options);
      const broken: NodeHandler = (request, response) => {
        parts.handled?.(response as never, request as never);
        return application(request, response);
      };
      return broken;
    },
  });
  const { head } = parts;
  const listener: BrokenListener['listener'] = (request, response) => {
    parts.request?.(request);
    if (head !== undefined) {
      wrapWriteHead(response, (write, ...given) => {
        if (!response.headersSent) head(response, request);
        return write(...given);
      });
    }
    made.listener(request, response);
  };
  return { ...made, listener: parts.listener?.(listener) ?? listener };
}

/** Puts a `writeHead` of its own on a response, around the one that it has. */
export function wrapWriteHead(
  response: ServerResponse,
  outer: (write: WriteHead, ...given: Parameters<WriteHead>) => unknown,
): void {
  const inner = response.writeHead.bind(response) as WriteHead;
  response.writeHead = (...given: Parameters<WriteHead>) => {
    outer(inner, ...given);
    return response;
  };
}

/** Takes CORS off a head that is about to leave. */
export function withoutCors(response: ServerResponse): void {
  for (const name of response.getHeaderNames()) {
    if (name.startsWith('access-control-') || name === 'vary') response.removeHeader(name);
  }
}
