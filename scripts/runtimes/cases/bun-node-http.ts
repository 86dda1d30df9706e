/** The least server of node:http on Bun, without our code: it has all that Node.js has for large heads. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const server = createServer({ maxHeaderSize: 4_194_304 }, (_, response) => response.end('ok'));
server.maxHeadersCount = 0;
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ event: 'listen', socket: 'main', port }));
});
