/**
 * The handshake that every README's sample must play: a preflight for a JSON POST, and the request.
 */
import { deepStrictEqual } from 'node:assert/strict';

const ORIGIN = 'https://app.example.com';

/** Plays it against a server. @throws an `AssertionError` when an answer is not as it must be. */
export async function playHandshake(port: number): Promise<void> {
  const ask = async (
    method: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<unknown> => {
    const reply = await fetch(`http://127.0.0.1:${port}/`, { method, headers });
    await reply.arrayBuffer();
    return [
      reply.status,
      reply.headers.get('access-control-allow-origin'),
      reply.headers.get('access-control-allow-headers'),
      reply.headers.get('vary'),
    ];
  };
  const preflight = {
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'content-type',
  };
  const answers = {
    preflight: await ask('OPTIONS', { Origin: ORIGIN, ...preflight }),
    request: await ask('GET', { Origin: ORIGIN }),
    stranger: await ask('OPTIONS', { Origin: 'https://evil.example', ...preflight }),
  };
  deepStrictEqual(answers, {
    preflight: [204, ORIGIN, 'Content-Type', 'Origin'],
    request: [200, ORIGIN, null, 'Origin'],
    stranger: [403, null, null, 'Origin'],
  });
}
