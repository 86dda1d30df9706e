/** Tries whether a runtime still has its limitations, by the least server that it can run. */
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Limitation, MinimalCase } from './limitations.js';
import { runProgram } from './running-program.js';
import type { Runtime } from './runtimes.js';

const MOST_ATTEMPTS = 5;
const REPLY_MS = 10_000;
const SHOWN = 60;

/** Plays the cases of a runtime's limitation. @returns Sentences, for those that do not show it. */
export async function playCases(
  runtime: Runtime,
  { audit, server, cases, control }: Limitation,
): Promise<readonly string[]> {
  const file = join(import.meta.dirname, 'cases', server);
  const program = await runProgram(runtime, file, ['main']);
  const problems: string[] = [];
  try {
    for (const one of [...cases, control]) {
      const reply = await someReplyTo(program.ports.main ?? 0, one);
      if (one.reply.test(reply)) continue;
      const got = reply === '' ? 'nothing' : reply.slice(0, SHOWN).split('\r\n')[0];
      problems.push(
        one === control
          ? `${audit}: ${server} proves nothing: ${one.what} got ${got}`
          : `${audit}: ${server} does not show it any more: ${one.what} got ${got}`,
      );
    }
  } finally {
    await program.stop();
  }
  return problems;
}

/** A refusal may be lost with the connection that the server closes: then it is asked again. */
async function someReplyTo(port: number, made: MinimalCase): Promise<string> {
  let reply = '';
  for (let left = MOST_ATTEMPTS; reply === '' && left > 0; left -= 1) {
    reply = await replyTo(port, made);
  }
  return reply;
}

/** What comes back until the connection ends, however it does. */
function replyTo(port: number, { headers }: MinimalCase): Promise<string> {
  return new Promise((resolve) => {
    let reply = '';
    const socket = connect(port, '127.0.0.1');
    const request = ['GET / HTTP/1.1', 'Host: 127.0.0.1', 'Connection: close', ...headers];
    socket.setEncoding('latin1').on('data', (text: string) => (reply += text));
    // A server that has refused does not read the rest of what is sent.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(reply));
    socket.setTimeout(REPLY_MS, () => socket.destroy());
    socket.write(`${request.join('\r\n')}\r\n\r\n`);
  });
}
