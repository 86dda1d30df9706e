/**
 * Run in a process of its own: prints the CPU time of a request of one kind in µs, or how many bytes are
 * sent back. The policy echoes what it is asked for, which has the most work with it.
 */
import { ServerResponse } from 'node:http';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import process from 'node:process';
import { cors } from '@cors/node';
import { cpuTimeOfBatches } from '../child/cpu-time.js';
import { INPUTS } from './inputs.js';

const [input = '', measured] = process.argv.slice(2);
const middleware = cors({
  origin: ['https://app.example.com', 'https://*.example.com'],
  credentials: true,
  methods: '*',
  allowedHeaders: '*',
});
const headers = INPUTS[input]?.();
if (headers === undefined) throw new Error(`No input is called ${input}.`);

const socket = new Socket();

function exchange(): { readonly request: IncomingMessage; readonly response: ServerResponse } {
  const request = new IncomingMessage(socket);
  request.method = 'OPTIONS';
  request.headers = { host: 'api.example.com', ...headers };
  return { request, response: new ServerResponse(request) };
}

function answer({ request, response }: ReturnType<typeof exchange>): void {
  if (!middleware(request, response)) throw new Error('A preflight went on.');
}

function bytesSent(): number {
  const { request, response } = exchange();
  answer({ request, response });
  const { outputData } = response as unknown as {
    outputData: readonly { readonly data: string }[];
  };
  return outputData.reduce((sum, { data }) => sum + Buffer.byteLength(data, 'latin1'), 0);
}

console.log(
  JSON.stringify(measured === 'bytes' ? bytesSent() : cpuTimeOfBatches(exchange, answer)),
);
