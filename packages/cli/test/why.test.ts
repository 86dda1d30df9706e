import { describe, expect, it } from 'vitest';

import { cors } from './run.js';
import { httpServer } from './servers.js';

const ORIGIN = 'http://localhost:5173';

function chromium(url: string, reason: string): string {
  return `Access to fetch at '${url}' from origin '${ORIGIN}' has been blocked by CORS policy: ${reason}`;
}

const NO_STATUS = `Response to preflight request doesn't pass access control check: It does not have HTTP ok status.`;

describe('cors why', () => {
  it('explains a line of Chromium', async () => {
    const reason =
      'Method patch is not allowed by Access-Control-Allow-Methods in preflight response.';
    const { code, stdout } = await cors(['why', chromium('http://localhost:3000/notes', reason)]);
    expect(code).toBe(1);
    expect(stdout).toMatchSnapshot();
  });

  it('reads a line from its input, and takes the origin where Firefox does not name it', async () => {
    const input =
      'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at http://localhost:3000/notes. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 404.\n';
    const { code, stdout } = await cors(['why', '--origin', ORIGIN], { input });
    expect(code).toBe(1);
    expect(stdout).toMatchSnapshot();
  });

  it('prints JSON', async () => {
    const run = ['why', '--json', chromium('http://localhost:3000/notes', NO_STATUS)];
    const { code, stdout } = await cors(run);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchSnapshot();
  });

  it.each([
    '',
    'Uncaught TypeError: x is not a function',
    '\u001b[31mCORS',
    chromium('http://localhost:3000/notes', 'Some words of a version to come.'),
    'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at http://localhost:3000/notes. (Reason: CORS disabled).',
  ])('says of an unknown text that it is unknown: %j', async (input) => {
    const { code, stdout, stderr } = await cors(['why'], { input });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('This text is not known');
    expect(stderr).not.toContain('\u001b');
  });

  it('judges the first of several', async () => {
    const input = [
      chromium('http://localhost:3000/a', NO_STATUS),
      chromium('http://localhost:3000/b', `No 'Access-Control-Allow-Origin' header is present.`),
    ].join('\n');
    const { code, stdout } = await cors(['why'], { input });
    expect(code).toBe(1);
    expect(stdout).toContain('about http://localhost:3000/a,');
    expect(stdout).toContain('Blocked: preflight-status');
  });

  it('says what stands between a page and a local network', async () => {
    const reason = 'Permission was denied for this request to access the `loopback` address space.';
    const { code, stdout } = await cors(['why', chromium('http://localhost:3000/notes', reason)]);
    expect(code).toBe(1);
    expect(stdout).toMatchSnapshot();
  });

  it('says where a text does not say why', async () => {
    const { code, stdout } = await cors(['why', 'TypeError: Failed to fetch']);
    expect(code).toBe(1);
    expect(stdout).toContain('It says that something failed, and not why.');
  });
});

describe('cors why --live', () => {
  it('asks the server, and says which of several it is', async () => {
    const methods: (string | undefined)[] = [];
    const url = await httpServer(({ method }, response) => {
      methods.push(method);
      response.writeHead(500).end();
    });
    const run = ['why', '--live', chromium(`${url}/notes`, NO_STATUS)];
    const { code, stdout } = await cors(run);
    expect(code).toBe(1);
    expect(methods).toEqual(['OPTIONS']);
    expect(stdout).toContain('Now asked for once more:');
    expect(stdout).toContain('Blocked: preflight-missing-allow-origin');
  });

  it('asks for the header that the message names', async () => {
    const asked: (string | undefined)[] = [];
    const url = await httpServer(({ method, headers }, response) => {
      asked.push(`${method} ${headers['access-control-request-headers']}`);
      response.writeHead(204, { 'Access-Control-Allow-Origin': ORIGIN, Vary: 'Origin' }).end();
    });
    const reason =
      'Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight response.';
    const run = ['why', '--live', chromium(url, reason), '--json'];
    const { code, stdout } = await cors(run);
    expect(code).toBe(1);
    expect(asked).toEqual(['OPTIONS x-a']);
    expect(JSON.parse(stdout)).toMatchObject({
      verdicts: [{ code: 'header-not-allowed' }],
      live: { code: 'header-not-allowed', ownFix: "Add 'X-A' to `allowedHeaders`." },
    });
  });

  it.each(['accept', 'accept-language', 'content-type', 'range', 'dpr'])(
    'asks for a header that only some values of need a preflight for: %s',
    async (name) => {
      const asked: (string | undefined)[] = [];
      const url = await httpServer(({ method, headers }, response) => {
        asked.push(`${method} ${headers['access-control-request-headers']}`);
        response.writeHead(204, { 'Access-Control-Allow-Origin': ORIGIN, Vary: 'Origin' }).end();
      });
      const reason = `Request header field ${name} is not allowed by Access-Control-Allow-Headers in preflight response.`;
      const { code, stdout } = await cors(['why', '--live', chromium(url, reason)]);
      expect(code).toBe(1);
      expect(asked).toEqual([`OPTIONS ${name}`]);
      expect(stdout.match(/^Blocked: .*$/gm)?.at(-1)).toBe('Blocked: header-not-allowed');
    },
  );

  it('asks for the very resource', async () => {
    const asked: (string | undefined)[] = [];
    const url = await httpServer((request, response) => {
      asked.push(request.url);
      response.end();
    });
    const reason = `No 'Access-Control-Allow-Origin' header is present on the requested resource.`;
    await cors(['why', '--live', chromium(`${url}/Products('1')`, reason)]);
    expect(asked).toEqual([`/Products('1')`]);
  });

  it('asks nobody for a data: URL', async () => {
    const reason =
      'Cross origin requests are only supported for protocol schemes: chrome, http, https.';
    const run = ['why', '--live', '--timeout', '0.5', chromium('data:text/plain,x', reason)];
    const { code, stdout, stderr } = await cors(run);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('A data: URL is its own response');
  });

  it('is 0 where the server allows it by now', async () => {
    const url = await httpServer((_, response) => {
      response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end();
    });
    const reason = `No 'Access-Control-Allow-Origin' header is present on the requested resource.`;
    const { code } = await cors(['why', '--live', chromium(url, reason)]);
    expect(code).toBe(0);
  });

  it('needs an address', async () => {
    const { code, stderr } = await cors(['why', '--live', 'TypeError: Failed to fetch']);
    expect(code).toBe(2);
    expect(stderr).toContain('does not name the URL');
  });
});
