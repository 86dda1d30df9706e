/**
 * One HTTP exchange over a real connection, kept as it went over the wire.
 */
import { request as sendRequest } from 'node:http';
import type { HeaderList } from '@cors/browser';

/** A request to the demo's server. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: HeaderList;
  readonly body?: string | undefined;
}

/** Its reply. */
interface ReceivedResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: HeaderList;
  readonly body: string;
}

/** Both halves. */
export interface Exchange {
  readonly request: SentRequest;
  readonly response: ReceivedResponse;
}

const TIMEOUT_MS = 10_000;

/** Sends a request and reads the whole reply. */
export function exchange(port: number, request: SentRequest): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const sent = sendRequest(
      {
        host: '127.0.0.1',
        port,
        method: request.method,
        path: request.path,
        headers: request.headers.flat(),
        timeout: TIMEOUT_MS,
      },
      (reply) => {
        let body = '';
        reply.setEncoding('utf8');
        reply.on('data', (chunk: string) => (body += chunk));
        reply.on('error', reject);
        reply.on('end', () => {
          const headers = pairsOf(reply.rawHeaders);
          const { statusCode: status = 0, statusMessage: reason = '' } = reply;
          resolve({ request, response: { status, reason, headers, body } });
        });
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('The server did not reply in time.')));
    sent.on('error', reject);
    sent.end(request.body);
  });
}

function pairsOf(raw: readonly string[]): HeaderList {
  const pairs: [string, string][] = [];
  for (let index = 0; index < raw.length; index += 2) {
    pairs.push([raw[index] ?? '', raw[index + 1] ?? '']);
  }
  return pairs;
}
