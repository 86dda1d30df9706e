/**
 * Requests to an application in this process, as a server would hand them over, but without a socket.
 *
 * The response of Node is its own, and nothing is put on it: on Express an own property alone costs
 * microseconds. Replies are not awaited one by one, as a server does not wait for one before it takes
 * the next.
 */
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Application } from './application.js';
import type { Scenario } from './scenario.js';

/** Sends a number of requests. Settled when all have their replies. */
export type Play = (count: number) => Promise<void>;

/** How many requests are under way at once. */
const AT_ONCE = 100;

export function player(application: Application, scenario: Scenario): Play {
  const send =
    application.platform === 'node' ? toNode(application, scenario) : toWeb(application, scenario);
  return async (count) => {
    for (let sent = 0; sent < count; sent += AT_ONCE) {
      const replies: unknown[] = [];
      for (let each = 0; each < AT_ONCE; each += 1) replies.push(send());
      await Promise.all(replies);
      // What was put off to the next tick is part of a request.
      await new Promise(setImmediate);
    }
  };
}

/** The headers of one reply, for seeing that the right thing is measured. */
export async function firstReply(
  application: Application,
  scenario: Scenario,
): Promise<(name: string) => string | null> {
  if (application.platform === 'web') {
    const { headers } = await application.serve(webRequest(scenario));
    return (name) => headers.get(name);
  }
  const { request, response } = nodeExchange(scenario);
  await application.serve(request, response);
  // As it would go out: what was given to `writeHead` is to be seen nowhere else.
  const { _header: head } = response as unknown as { readonly _header: string };
  const lines = head.split('\r\n').map((line) => line.split(': ', 2) as [string, string?]);
  const fields = new Map(lines.map(([name, value]) => [name.toLowerCase(), value ?? '']));
  return (name) => fields.get(name.toLowerCase()) ?? null;
}

function toNode(
  { serve }: Extract<Application, { platform: 'node' }>,
  scenario: Scenario,
): () => unknown {
  return () => {
    const { request, response } = nodeExchange(scenario);
    return serve(request, response);
  };
}

function toWeb(
  { serve }: Extract<Application, { platform: 'web' }>,
  scenario: Scenario,
): () => unknown {
  return () => serve(webRequest(scenario));
}

/** Connected to nothing. Requests read from it whether it is encrypted, and the like. */
const socket = new Socket();

function nodeExchange({ method, headers }: Scenario): {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
} {
  const request = new IncomingMessage(socket);
  request.method = method;
  request.url = '/';
  request.httpVersionMajor = 1;
  request.httpVersionMinor = 1;
  request.httpVersion = '1.1';
  request.headers = { host: 'api.example.com', accept: '*/*', ...freshly(headers) };
  return { request, response: new ServerResponse(request) };
}

function webRequest({ method, headers }: Scenario): Request {
  return new Request('http://api.example.com/', { method, headers: freshly(headers) });
}

/** The value of `Origin` as a parser gives it: a new string, whose hash nobody has computed. */
function freshly(headers: Scenario['headers']): Record<string, string> {
  const { origin } = headers;
  if (origin === undefined) return { ...headers };
  let bytes = asBytes.get(origin);
  if (bytes === undefined) asBytes.set(origin, (bytes = Buffer.from(origin, 'latin1')));
  return { ...headers, origin: bytes.toString('latin1') };
}

const asBytes = new Map<string, Buffer>();
