import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Serves a web-standard handler on `node:http`, as the servers for such handlers do. */
export function fetchBridge(
  handler: (request: Request) => Promise<Response>,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (incoming, outgoing) => {
    serve(handler, incoming, outgoing).catch((error: unknown) => {
      if (outgoing.headersSent) outgoing.destroy(error as Error);
      else outgoing.writeHead(500).end();
    });
  };
}

async function serve(
  handler: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  let request: Request;
  try {
    request = toRequest(incoming);
  } catch {
    outgoing.writeHead(400).end();
    return;
  }
  const response = await handler(request);
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
  outgoing.flushHeaders();
  if (response.body === null) {
    outgoing.end();
    return;
  }
  await pipeline(Readable.fromWeb(response.body as never), outgoing);
}

/** Lines are joined as the Fetch Standard joins them, not as Node does. */
function toRequest(incoming: IncomingMessage): Request {
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    headers.append(incoming.rawHeaders[index]!, incoming.rawHeaders[index + 1]!);
  }
  const method = incoming.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(`http://${headers.get('host') ?? 'localhost'}${incoming.url ?? '/'}`, {
    method,
    headers,
    ...(hasBody && { body: Readable.toWeb(incoming) as never, duplex: 'half' }),
  });
}
