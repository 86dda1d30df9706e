import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { type AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { markdownFiles, readText } from './documents.js';
import { runSample } from './run-sample.js';
import { samplesIn } from './samples.js';

const pages = markdownFiles.map((file) => samplesIn(file, readText(file)));
const samples = pages.flatMap((page) =>
  page.filter(({ runs }) => runs).map((sample) => ({ sample, page })),
);

describe('a sample marked `run`', () => {
  it.each(samples.map((one) => [`${one.sample.file}:${String(one.sample.line)}`, one] as const))(
    'prints what its comments say: %s',
    async (_, { sample, page }) => {
      expect(sample.language).toBe('ts');
      const { printed, exports } = await runSample(sample, page);
      expect(printed.map(({ line, printed: text }) => `${line}: ${text}`)).toEqual(
        printed.map(({ line, stated }) => `${line}: ${stated}`),
      );
      for (const { line, printed: text } of printed) expect(text, `line ${line}`).not.toBe('');
      // One that prints nothing, and that no test can get hold of, would show nothing by running.
      expect(printed.length + Object.keys(exports).length).toBeGreaterThan(0);
    },
  );
});

/** Samples that other tests run, since they need more than a call. */
const RUN_ELSEWHERE = [
  // Registers tests: docs-custom-servers.test.ts does that with a target.
  "from '@cors/conformance'",
  // Is put together with a framework of its own: examples/nestjs is tested as it stands.
  "from '@nestjs/",
];

const others = pages.flatMap((page) =>
  page
    .filter(({ language, runs }) => language === 'ts' && !runs)
    .filter(({ code }) => !RUN_ELSEWHERE.some((mark) => code.includes(mark)))
    .map((sample) => ({ sample, page })),
);

describe('any other sample in the documentation', () => {
  const servers: Server[] = [];
  afterEach(() => {
    vi.restoreAllMocks();
    for (const server of servers.splice(0)) {
      server.close();
      if ('closeAllConnections' in server) (server as HttpServer).closeAllConnections();
    }
  });

  it.each(others.map((one) => [`${one.sample.file}:${String(one.sample.line)}`, one] as const))(
    'runs, and what it starts replies: %s',
    async (_, { sample, page }) => {
      // On free ports: several samples listen at the same one.
      // eslint-disable-next-line @typescript-eslint/unbound-method -- called as a method below
      const { listen } = Server.prototype;
      const listenAnywhere = function (this: Server, ...given: readonly unknown[]): Server {
        servers.push(this);
        const callback = given.find((each) => typeof each === 'function') as () => void;
        return listen.call(this, { port: 0, host: '127.0.0.1' }, callback);
      };
      vi.spyOn(Server.prototype, 'listen').mockImplementation(listenAnywhere);
      await runSample(sample, page);
      for (const server of servers) {
        if (!server.listening) await once(server, 'listening');
        const { port } = server.address() as AddressInfo;
        const headers = { Origin: 'https://app.example.com' };
        const reply = await fetch(`http://127.0.0.1:${String(port)}/`, { headers });
        expect(reply.status).toBeLessThan(500);
        await reply.arrayBuffer();
      }
    },
  );
});

describe('the runner', () => {
  const ran = async (code: string) => runSample({ code, line: 1 });

  it('notes each call with its comment, in whatever order they come', async () => {
    const { printed, exports } = await ran(`import { createCors } from '@cors/core';
import { isIP } from 'node:net';

const later = (text: string) => console.log(text); // third
console.log(isIP('::1')); // 6
console.log(createCors({ origin: '*' }).decide({ method: 'GET', headers: {} }).headers);
// { 'Access-Control-Allow-Origin': '*' }
for (const each of ['a', 'b']) {
  console.log('%s:', each);
  // a:
  // b:
}
await Promise.resolve();
later('third');

export const answer = 42;
`);
    expect(printed).toEqual([
      { line: 4, stated: 'third', printed: 'third' },
      { line: 5, stated: '6', printed: '6' },
      {
        line: 6,
        stated: "{ 'Access-Control-Allow-Origin': '*' }",
        printed: "{ 'Access-Control-Allow-Origin': '*' }",
      },
      { line: 9, stated: 'a:\nb:', printed: 'a:\nb:' },
    ]);
    expect(exports['answer']).toBe(42);
  });

  it('shows a wrong comment, a missing one, and a call that was never made', async () => {
    const { printed } = await ran(`console.log(1); // 2
console.log(3);
if (false) console.log(4); // 4
`);
    expect(printed).toEqual([
      { line: 1, stated: '2', printed: '1' },
      { line: 2, stated: '', printed: '3' },
      { line: 3, stated: '4', printed: '' },
    ]);
  });

  it("throws a sample's error", async () => {
    await expect(ran("throw new Error('in the sample');")).rejects.toThrow('in the sample');
  });
});
