/** Programs of Node.js, Deno and Bun: targets that open a socket for each scenario. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Target } from '@cors/conformance';
import type { ListenLine } from '../control.js';
import { controllerOf } from './controller.js';

/** Opens the control socket, and says where. */
export function serve(target: Target): void {
  const { answer } = controllerOf(target);
  const server = createServer((request, response) => {
    textOf(request)
      .then(answer)
      .then(
        (reply) => response.end(JSON.stringify(reply)),
        (error: unknown) => {
          response.statusCode = 500;
          response.end(String(error));
        },
      );
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    const line: ListenLine = { event: 'listen', socket: 'control', port };
    console.log(JSON.stringify(line));
  });
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += String(piece);
  return text;
}
