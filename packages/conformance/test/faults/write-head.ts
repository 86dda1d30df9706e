/** Faults with handlers that write the head themselves, and with how a decision reaches a head on node. */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { commitDecision, type ResponseFields } from '@cors/core';
import { handlingOf } from '@cors/node';

import { type Fault, faultsOf } from './fault.js';
import { corsFields } from './in-memory.js';
import { type NodeFault, onHttp1, wrapWriteHead, type WriteHead } from './on-node.js';

const fault = faultsOf('write-head', onHttp1);

/** Other parameters for the handler's own call of `writeHead`. */
function given(
  change: (rest: readonly unknown[], response: ServerResponse) => readonly unknown[],
): NodeFault {
  return {
    handled: (response) =>
      wrapWriteHead(response, (write, status, ...rest) => write(status, ...change(rest, response))),
  };
}

function isHeaders(value: unknown): value is OutgoingHttpHeaders {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const fields: ResponseFields<ServerResponse> = {
  get: (response, name) => response.getHeader(name),
  set: (response, name, value) => void response.setHeader(name, value),
  remove: (response, name) => {
    response.removeHeader(name);
  },
};

/** Replies whose CORS fields and `Vary` leave as the handler has them. */
function leftAlone(
  isLeft: (status: number) => boolean,
  beforeHandler: (response: ServerResponse) => void = () => undefined,
): () => NodeFault {
  return () => {
    const own = new WeakMap<ServerResponse, readonly (readonly [string, unknown])[]>();
    return {
      handled: (response) => {
        beforeHandler(response);
        wrapWriteHead(response, (write, status, ...rest) => {
          if (isLeft(status)) {
            const valueOf = (name: string): unknown =>
              givenValue(rest, name) ?? response.getHeader(name);
            own.set(
              response,
              [...corsFields, 'Vary'].map((name) => [name, valueOf(name)]),
            );
          }
          return write(status, ...rest);
        });
      },
      head: (response) => {
        for (const [name, value] of own.get(response) ?? []) {
          if (value === undefined) response.removeHeader(name);
          else response.setHeader(name, value as string);
        }
      },
    };
  };
}

/** What one of the forms of `writeHead` gives for a field. */
function givenValue(rest: readonly unknown[], name: string): unknown {
  const headers = rest.find((value) => typeof value === 'object');
  if (!Array.isArray(headers)) return isHeaders(headers) ? headers[name] : undefined;
  const flat = headers.flat() as unknown[];
  return flat.find((_, at) => flat[at - 1] === name);
}

export const writeHeadFaults: readonly Fault[] = [
  fault(
    'given-headers-win',
    'Headers that are given to writeHead leave as they are, over ours.',
    () => {
      const own = new WeakMap<ServerResponse, OutgoingHttpHeaders>();
      return {
        ...given((rest, response) => {
          const headers = rest.find(isHeaders);
          if (headers !== undefined) own.set(response, headers);
          return rest;
        }),
        head: (response) => {
          for (const [name, value] of Object.entries(own.get(response) ?? {})) {
            response.setHeader(name, value as string);
          }
        },
      };
    },
    ['write-head/object', 'write-head/after-set-header', 'write-head/shared', 'write-head/twice'],
  ),
  fault(
    'lists-lose-repeats',
    'Of the fields in a list that is given to writeHead, repeats are lost.',
    given((rest) =>
      rest.map((value) => {
        if (!Array.isArray(value)) return value;
        const pairs = Array.isArray(value[0])
          ? (value as [string, string][])
          : value.flatMap((name, at) => (at % 2 === 0 ? [[name, value[at + 1]]] : []));
        return Object.fromEntries(pairs as [string, string][]);
      }),
    ),
    ['write-head/lists'],
  ),
  fault(
    'headers-behind-a-reason-lost',
    'Headers that stand behind a reason phrase are not looked at.',
    given((rest) => (typeof rest[0] === 'string' ? rest.slice(0, 1) : rest)),
    ['write-head/object'],
  ),
  fault(
    'set-headers-lost',
    'Headers that are given to writeHead replace all that were set before.',
    given((rest, response) => {
      if (rest.some((value) => typeof value === 'object')) {
        for (const name of response.getHeaderNames()) response.removeHeader(name);
      }
      return rest;
    }),
    ['write-head/after-set-header'],
  ),
  fault(
    'callers-object-written-to',
    'The grant is written into the object that is given to writeHead, and read from there.',
    () => {
      const grants = new WeakMap<object, string>();
      const objects = new WeakMap<ServerResponse, object>();
      return {
        ...given((rest, response) => {
          const headers = rest.find(isHeaders);
          if (headers !== undefined) objects.set(response, headers);
          return rest;
        }),
        head: (response) => {
          const object = objects.get(response);
          const grant = response.getHeader('Access-Control-Allow-Origin');
          if (object === undefined) return;
          const earlier = grants.get(object);
          if (earlier !== undefined) response.setHeader('Access-Control-Allow-Origin', earlier);
          else if (typeof grant === 'string') grants.set(object, grant);
        },
      };
    },
    ['write-head/shared'],
  ),
  fault(
    'last-head-wins',
    'The head is kept until the reply ends, so that a second writeHead replaces the first.',
    {
      handled: (response, { url = '' }) => {
        // Elsewhere heads are written by `write`, which could not go on without one.
        if (!url.startsWith('/write-head/')) return;
        let pending: Parameters<WriteHead> | undefined;
        let write: WriteHead | undefined;
        wrapWriteHead(response, (inner, ...rest) => {
          [write, pending] = [inner, rest];
        });
        const end = response.end.bind(response) as (...rest: unknown[]) => ServerResponse;
        response.end = ((...rest: unknown[]) => {
          if (pending !== undefined) write?.(...pending);
          pending = undefined;
          return end(...rest);
        }) as never;
      },
    },
    ['write-head/twice'],
  ),
  fault(
    'applied-at-once',
    'The fields are set when the request comes in, and what the handler does later wins.',
    leftAlone(
      () => true,
      (response) => {
        const handling = handlingOf(response);
        if (handling !== undefined) commitDecision(handling.decision, response, fields);
      },
    ),
    [
      'exposed-headers/handlers-names-join-ours',
      'exposed-headers/handlers-names-under-a-star',
      'exposed-headers/handlers-names-go-when-denied',
      'exact/preflight-continues',
      'vary/handler-sets',
      'vary/handler-removes',
      'write-head/object',
      'write-head/lists',
      'write-head/after-set-header',
      'write-head/shared',
      'write-head/twice',
      'application-fields/policy-replaces-the-grant',
      'application-fields/policy-withdraws-the-grant',
      'application-fields/star-replaces-the-grant',
      'application-fields/gone-after-an-error',
      'chosen-policies/every-reply-varies',
      'stacked-policies/different-ones-grant-nothing',
    ],
  ),
  fault(
    'not-applied-to-errors',
    'To the reply of the error handler CORS is not applied, and fields set before stay.',
    leftAlone((status) => status >= 500),
    [
      'exposed-headers/listed-are-readable',
      'vary/every-status-of-a-list',
      'vary/streams-and-failures-of-a-list',
      'caches/error-replies',
      'replies/errors',
      'replies/failed-handlers',
      'application-fields/gone-after-an-error',
    ],
  ),
];
