import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';

import { commitDecision, createCors } from '@cors/core';
import { afterAll, describe, expect, it } from 'vitest';

import type { NeededOptions } from '../src/needed-options.js';
import { cors } from './run.js';
import { closedAddress, httpServer, httpsServer, rawServer } from './servers.js';

const ORIGIN = 'http://localhost:5173';
const folder = mkdtempSync(join(tmpdir(), 'cors-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is the same in each run, without the port. */
function withoutPort(text: string): string {
  return text.replace(/:\d{5}\b/g, ':PORT');
}

interface Seen {
  readonly method: string;
  readonly headers: readonly string[];
  readonly body: string;
}

/** A server that allows the origin, and notes what it gets. */
async function allowing(
  headers: Readonly<Record<string, string>>,
  status = 200,
): Promise<{ readonly url: string; readonly seen: Seen[] }> {
  const seen: Seen[] = [];
  const url = await httpServer((request, response) => {
    void bodyOf(request).then((body) => {
      seen.push({ method: request.method!, headers: request.rawHeaders, body });
      response.writeHead(request.method === 'OPTIONS' ? 204 : status, headers);
      response.end(request.method === 'OPTIONS' ? undefined : 'notes');
    });
  });
  return { url, seen };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('latin1')) body += chunk as string;
  return body;
}

const ALLOW = { 'Access-Control-Allow-Origin': ORIGIN, Vary: 'Origin' };
const ALLOW_ALL = {
  ...ALLOW,
  'Access-Control-Allow-Methods': 'PUT, DELETE',
  'Access-Control-Allow-Headers': 'Content-Type, X-A',
};

describe('cors check', () => {
  it('is 0 where the page gets the response', async () => {
    const { url, seen } = await allowing({ ...ALLOW, 'X-Total-Count': '3' });
    const { code, stdout, stderr } = await cors(['check', url, '--origin', ORIGIN]);
    expect([code, stderr]).toEqual([0, '']);
    expect(withoutPort(stdout)).toMatchSnapshot();
    expect(stdout).toContain('The page cannot read x-total-count');
    expect(seen).toHaveLength(1);
    const [{ method, headers } = { method: '', headers: [] }] = seen;
    expect([method, ...headers]).toEqual([
      'GET',
      ...['Host', url.slice('http://'.length)],
      ...['Connection', 'close'],
      ...['Accept', '*/*'],
      ...['User-Agent', 'Mozilla/5.0 (compatible; cors-cli)'],
      ...['Sec-Fetch-Dest', 'empty', 'Sec-Fetch-Mode', 'cors', 'Sec-Fetch-Site', 'cross-site'],
      ...['Origin', ORIGIN],
    ]);
  });

  it('is 1 where the page gets an error', async () => {
    const { url } = await allowing({ 'Access-Control-Allow-Origin': `${ORIGIN}/` });
    const { code, stdout } = await cors(['check', url, '--origin', ORIGIN]);
    expect(code).toBe(1);
    expect(withoutPort(stdout)).toMatchSnapshot();
  });

  it('prints JSON', async () => {
    const { url } = await allowing({ 'Access-Control-Allow-Origin': '*', 'X-Odd': 'a\u009bb' });
    const run = ['check', url, '--origin', ORIGIN, '--credentials', '--json'];
    const { code, stdout } = await cors(run);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^[\x20-\x7e\n]*$/);
    const data = JSON.parse(stdout) as { hops: { response: { headers: string[][] } }[] };
    const { headers } = data.hops[0]!.response;
    expect(headers).toContainEqual(['X-Odd', 'a\u009bb']);
    // The head's other lines are Node's, the date among them.
    data.hops[0]!.response.headers = headers.filter(([name]) => /^access-/i.test(name!));
    expect(JSON.parse(withoutPort(JSON.stringify(data)))).toMatchSnapshot();
  });

  it('asks first, and sends nothing that may change something', async () => {
    const { url, seen } = await allowing(ALLOW_ALL);
    const run = ['check', url, '--origin', ORIGIN, '-X', 'PUT', '-H', 'X-A: b', '-d', 'milk'];
    const { code, stdout } = await cors(run);
    expect(code).toBe(0);
    expect(seen.map(({ method }) => method)).toEqual(['OPTIONS']);
    expect(stdout).toContain('Allowed, as far as was asked');
    expect(stdout).toMatch(/Not sent {3}PUT http/);
  });

  it('sends it with --send', async () => {
    const { url, seen } = await allowing(ALLOW_ALL);
    const body = ['-H', 'Content-Type: application/json', '-d', '{"text":"milk"}'];
    const run = ['check', url, '--origin', ORIGIN, '-X', 'PUT', ...body, '--send'];
    const { code, stdout } = await cors(run);
    expect(code).toBe(0);
    expect(seen.map(({ method, body }) => [method, body])).toEqual([
      ['OPTIONS', ''],
      ['PUT', '{"text":"milk"}'],
    ]);
    expect(stdout).toContain('Allowed: allowed');
  });

  it('judges nothing, and says so, where nothing would be asked before a change', async () => {
    const { url, seen } = await allowing(ALLOW);
    const { code, stdout } = await cors(['check', url, '--origin', ORIGIN, '-d', 'a=b']);
    expect(code).toBe(2);
    expect(seen).toEqual([]);
    expect(withoutPort(stdout)).toMatchSnapshot();
  });

  it('tells what a script could never send', async () => {
    const { url, seen } = await allowing(ALLOW);
    const { code, stdout } = await cors(['check', url, '--origin', ORIGIN, '-X', 'TRACE']);
    expect([code, seen]).toEqual([1, []]);
    expect(stdout).toContain('Blocked: forbidden-method');
  });

  it('sends nothing from a page over HTTPS to where anybody can listen', async () => {
    const run = ['check', 'http://api.example.com/notes', '--origin', 'https://app.example.com'];
    const { code, stdout } = await cors(run);
    expect(code).toBe(1);
    expect(stdout).toContain('Blocked: mixed-content');
    expect(stdout).toContain('https://api.example.com/notes');
  });

  it('follows redirects as a browser does, with an origin that becomes null', async () => {
    const origins: (string | undefined)[] = [];
    const last = await httpServer(({ headers }, response) => {
      origins.push(headers.origin);
      response.writeHead(200, { 'Access-Control-Allow-Origin': ORIGIN }).end();
    });
    const first = await httpServer(({ headers }, response) => {
      origins.push(headers.origin);
      response.writeHead(307, { ...ALLOW, Location: `${last}/there` }).end();
    });
    const { code, stdout } = await cors(['check', first, '--origin', ORIGIN]);
    expect(code).toBe(1);
    expect(origins).toEqual([ORIGIN, 'null']);
    expect(stdout).toContain('Blocked: allow-origin-mismatch');
    expect(stdout).toContain('(after a redirect)');
  });

  it('ends a circle of redirects', async () => {
    let count = 0;
    const url = await httpServer((_, response) => {
      count += 1;
      response.writeHead(302, { ...ALLOW, Location: '/again' }).end();
    });
    const { code, stdout } = await cors(['check', url, '--origin', ORIGIN]);
    expect([code, count]).toEqual([1, 21]);
    expect(stdout).toContain('Blocked: too-many-redirects');
  });

  it('keeps two lines of one header apart', async () => {
    const url = await httpServer((_, response) => {
      response.setHeader('Access-Control-Allow-Origin', [ORIGIN, '*']);
      response.end();
    });
    const { code, stdout } = await cors(['check', url, '--origin', ORIGIN]);
    expect(code).toBe(1);
    expect(stdout).toContain('Blocked: repeated-allow-origin');
    expect(stdout.match(/^< Access-Control-Allow-Origin/gm)).toHaveLength(2);
  });

  it.each([
    ['chromium', 'preflight-redirect'],
    ['firefox', 'preflight-missing-allow-origin'],
    ['webkit', 'preflight-redirect'],
    ['standard', 'preflight-missing-allow-origin'],
  ])('plays %s', async (browser, code) => {
    const url = await httpServer((_, response) => {
      response.writeHead(308, { Location: '/login' }).end();
    });
    const run = ['check', url, '--origin', ORIGIN, '-X', 'PUT', '--browser', browser];
    const { stdout } = await cors(run);
    expect(stdout).toContain(`Blocked: ${code}`);
    expect(stdout).toContain('Mount `cors` first');
  });

  it('takes what developer tools copy, cookies too, and leaves out what browsers add', async () => {
    const { url, seen } = await allowing({ ...ALLOW, 'Access-Control-Allow-Credentials': 'true' });
    const curl = `curl '${url}/' -H 'Origin: ${ORIGIN}' -H 'User-Agent: Mozilla/5.0' -b 'session=1'`;
    const { code, stdout } = await cors(['check', '--curl', curl]);
    expect(code).toBe(0);
    expect(stdout).toContain('Left out, since browsers set it themselves: User-Agent.');
    const { headers } = seen[0]!;
    expect(headers[headers.indexOf('Cookie') + 1]).toBe('session=1');
    const fetched = await cors(['check', '--fetch', `fetch('${url}')`, '--origin', ORIGIN]);
    expect(fetched.code).toBe(0);
    expect(seen[1]?.headers).not.toContain('Cookie');
  });
});

describe('what is sent with --send', () => {
  it.each([
    ['-X', 'PUT', '-d', 'é☃'],
    ['--fetch', `fetch('URL', { method: 'PUT', body: 'é☃' })`],
  ])('has its body in UTF-8: %s %s', async (...flags) => {
    const { url, seen } = await allowing(ALLOW_ALL);
    const [first, ...rest] = flags.map((flag) => flag.replace('URL', url));
    const asked = first === '--fetch' ? [first, ...rest] : [url, first!, ...rest];
    const { code } = await cors(['check', ...asked, '--origin', ORIGIN, '--send']);
    expect(code).toBe(0);
    const { headers, body } = seen.at(-1)!;
    expect(Buffer.from(body, 'latin1').toString()).toBe('é☃');
    expect(headers[headers.indexOf('Content-Length') + 1]).toBe('5');
  });

  // A server of Node.js takes no method in lower case.
  it.each([
    ['patch', [], /^patch \/ HTTP\/1\.1\r\n/, null],
    ['PATCH', [], /^PATCH \/ /, null],
    ['put', [], /^PUT \/ /, '0'],
    ['DELETE', [], /^DELETE \/ /, null],
    ['patch', ['-d', 'abc'], /^patch \/ /, '3'],
  ] as const)('has the method as it is written: %s %j', async (method, flags, line, length) => {
    const requests: string[] = [];
    const url = await rawServer((socket, request) => {
      requests.push(request);
      const allow = `Access-Control-Allow-Origin: ${ORIGIN}\r\nAccess-Control-Allow-Methods: *`;
      socket.end(`HTTP/1.1 200 OK\r\n${allow}\r\nContent-Length: 0\r\n\r\n`);
    });
    const run = ['check', url, '--origin', ORIGIN, '-X', method, ...flags, '--send'];
    const { code } = await cors(run);
    expect(code).toBe(0);
    const [, sent = ''] = requests;
    expect(sent).toMatch(line);
    expect(/^content-length: (\d+)\r$/im.exec(sent)?.[1] ?? null).toBe(length);
    expect(sent).not.toMatch(/transfer-encoding/i);
  });
});

describe('what cannot be sent is no silence of the server', () => {
  // A timer that were left behind would strike after half a second.
  const SOON = ['--timeout', '0.5'];

  it.each([
    ['-H', 'Cookie: a=☃', '--credentials'],
    ['-H', 'X-A: a\u0001b'],
  ])('but wrong usage: %s %s', async (...flags) => {
    const { url } = await allowing(ALLOW_ALL);
    const run = ['check', url, '--origin', ORIGIN, ...SOON, ...flags];
    const { code, stdout, stderr } = await cors(run);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^cors: The request cannot be sent from here \(.*(?:Cookie|X-A).*\)\.\n/,
    );
    expect(stderr.split('\n')).toHaveLength(3);
  });

  it.each([
    ['data:text/plain,x', [], 0, 'A data: URL is its own response'],
    ['data:;base64,eA==', ['-X', 'PUT'], 0, 'A data: URL is its own response'],
    ['data:text/plain', [], 3, '‘the data: URL has no comma’'],
    ['data:;base64,e%41%3d =', [], 0, 'A data: URL is its own response'],
    ['data:;base64,eAAAA', [], 3, '‘the data: URL holds no base64’'],
    ['data:;base64,☃', [], 3, '‘the data: URL holds no base64’'],
  ] as const)('and nobody is asked for %s %j', async (url, flags, expected, text) => {
    const run = ['check', url, '--origin', ORIGIN, ...SOON, ...flags];
    const { code, stdout, stderr } = await cors(run);
    expect([code, stderr]).toEqual([expected, '']);
    expect(stdout).toContain(text);
  });
});

/** A server of HTTP, under an address of HTTPS. */
async function plainUnderHttps(): Promise<string> {
  const url = await httpServer((_, response) => {
    response.end();
  });
  return url.replace('http:', 'https:');
}

describe('the options in full', () => {
  const JSON_BODY = ['-H', 'content-type: application/json', '-d', '{}'];
  it.each<[string, readonly string[], NeededOptions]>([
    ['a GET', [], { origin: ORIGIN }],
    ['a form', ['-X', 'POST', '-d', 'a=b'], { origin: ORIGIN }],
    ['cookies', ['--credentials'], { origin: ORIGIN, credentials: true }],
    ['a method', ['-X', 'PUT'], { origin: ORIGIN, methods: ['PUT'] }],
    ['JSON', ['-X', 'POST', ...JSON_BODY], { origin: ORIGIN, allowedHeaders: ['content-type'] }],
    [
      'all of it',
      [
        '-X',
        'DELETE',
        '-H',
        'X-Request-Id: 1',
        '-H',
        'Accept: text/plain',
        ...JSON_BODY,
        '--credentials',
      ],
      {
        origin: ORIGIN,
        credentials: true,
        methods: ['DELETE'],
        allowedHeaders: ['content-type', 'X-Request-Id'],
      },
    ],
  ])('let %s pass, and no less does', async (_, flags, needed) => {
    const check = async (options: NeededOptions | null) => {
      const url = await httpServer((request, response) => {
        if (options === null) return void response.end();
        const policy = createCors(options as { origin: string });
        const decision = policy.decideLowerCase(request);
        commitDecision(decision, response, {
          get: (reply, name) => reply.getHeader(name),
          set: (reply, name, value) => void reply.setHeader(name, value),
          remove: (reply, name) => reply.removeHeader(name),
        });
        response.writeHead(decision.respond ?? 200).end();
      });
      const { stdout } = await cors([
        'check',
        url,
        '--origin',
        ORIGIN,
        '--send',
        '--json',
        ...flags,
      ]);
      return JSON.parse(stdout) as { outcome: string; neededOptions: NeededOptions | null };
    };
    expect(await check(null)).toMatchObject({ outcome: 'blocked', neededOptions: needed });
    expect(await check(needed)).toMatchObject({ outcome: 'allowed', neededOptions: null });
    for (const name of ['credentials', 'methods', 'allowedHeaders'] as const) {
      if (!(name in needed)) continue;
      const { origin, ...others } = needed;
      const rest = Object.entries(others).filter(([each]) => each !== name);
      expect(await check({ origin, ...Object.fromEntries(rest) })).toMatchObject({
        outcome: 'blocked',
        neededOptions: needed,
      });
    }
  });

  it('are printed as one writes them', async () => {
    const { url } = await allowing(ALLOW);
    const flags = ['-X', 'PUT', '-H', 'X-A: 1', '--credentials'];
    const { stdout } = await cors(['check', url, '--origin', ORIGIN, ...flags]);
    expect(stdout).toContain(
      `
  In full    cors({
               origin: '${ORIGIN}',`,
    );
  });

  it('are not there for an origin that has none to recommend', async () => {
    const { url } = await allowing({});
    for (const origin of ['null', 'http://app.example.com']) {
      const { stdout } = await cors(['check', url, '--origin', origin, '--credentials', '--json']);
      expect(JSON.parse(stdout)).toMatchObject({ outcome: 'blocked', neededOptions: null });
    }
  });

  it('are not there for a method that the page has to spell otherwise', async () => {
    const { url } = await allowing(ALLOW);
    const { stdout } = await cors(['check', url, '--origin', ORIGIN, '-X', 'patch', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ code: 'method-not-allowed', neededOptions: null });
  });

  it('are not there for an origin that a redirect hid', async () => {
    const elsewhere = await httpServer((_, response) => response.end());
    const url = await httpServer((_, response) => {
      response.writeHead(302, { ...ALLOW, Location: elsewhere }).end();
    });
    const { stdout } = await cors(['check', url, '--origin', ORIGIN, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      code: 'missing-allow-origin',
      neededOptions: null,
    });
  });
});

describe('a server that does not answer well', () => {
  const reply = (text: string): Promise<string> =>
    rawServer((socket) => {
      socket.end(text);
    });

  it.each([
    ['nothing listens', closedAddress, /‘nothing listens at 127\.0\.0\.1:\d+’/],
    [
      'it closes the connection',
      () => rawServer((socket) => socket.destroy()),
      /‘the connection was closed before a whole reply head had come’/,
    ],
    [
      'it speaks no HTTP',
      () => reply('220 mail.example.com ESMTP\r\n'),
      /‘what came is no HTTP reply’/,
    ],
    [
      'its head is malformed',
      () => reply('HTTP/1.1 200 OK\r\nAccess Control: *\r\n\r\n'),
      /‘what came is no HTTP reply’/,
    ],
    [
      'its head is huge',
      () =>
        reply(
          `HTTP/1.1 200 OK\r\n${'X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n'.repeat(8000)}`,
        ),
      /‘the head of the reply is larger than 256 KB’/,
    ],
    [
      'it goes over to another protocol',
      () => reply('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: a\r\n\r\n'),
      /‘the reply has status 101, which nobody asked for’/,
    ],
    [
      'it speaks no TLS',
      plainUnderHttps,
      /‘no TLS is spoken at 127\.0\.0\.1:\d+; is it http: there\?’/,
    ],
    [
      'there is no such host',
      (): string => 'http://none.invalid',
      /‘(?:there is no host of that name|the name of the host could not be looked up): none\.invalid’/,
    ],
  ] as const)('%s: is 3, and says so', async (_, address, text) => {
    const { code, stdout } = await cors(['check', await address(), '--origin', ORIGIN]);
    expect(code).toBe(3);
    expect(stdout).toMatch(text);
    expect(stdout).toContain('No response: network-failure');
  });

  it('hangs: ends in time', async () => {
    const url = await rawServer((socket) => socket.write('HTTP/1.1 200 OK\r\n'));
    const { code, stdout } = await cors(['check', url, '--origin', ORIGIN, '--timeout', '0.5']);
    expect(code).toBe(3);
    expect(stdout).toContain('‘no reply within 0.5 s’');
  });

  it('has a certificate of its own: is 3, and 0 once that is trusted', async () => {
    const { url, certificate } = await httpsServer((_, response) => {
      response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end();
    }, 'localhost');
    const run = ['check', url, '--origin', 'https://app.example.com'];
    const refused = await cors(run);
    expect(refused.code).toBe(3);
    expect(refused.stdout).toContain('‘the certificate is self-signed’');
    const file = join(folder, 'ca.pem');
    writeFileSync(file, certificate);
    const trusted = await cors(run, { env: { NODE_EXTRA_CA_CERTS: file } });
    expect([trusted.code, trusted.stderr]).toEqual([0, '']);
  });

  it('has a certificate for another host', async () => {
    const { url, certificate } = await httpsServer(
      (_, response) => response.end(),
      'other.example',
    );
    const file = join(folder, 'other.pem');
    writeFileSync(file, certificate);
    const env = { NODE_EXTRA_CA_CERTS: file };
    const { code, stdout } = await cors(['check', url, '--origin', ORIGIN], { env });
    expect(code).toBe(3);
    expect(stdout).toMatch(/‘the certificate is for another host than localhost:\d+’/);
  });

  it('sends a body without end: the head is enough', async () => {
    const url = await rawServer((socket) => {
      pipeline(Readable.from(endless()), socket, () => undefined);
    });
    const { code, stdout } = await cors(['check', url, '--origin', ORIGIN]);
    expect(code).toBe(0);
    expect(stdout).toContain('Allowed: allowed');
  });

  it('cannot colour, rewrite or forge what is printed', async () => {
    const url = await reply(
      'HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: \u001b[2J\u009bhttps://a\r\nX-\u202e: b\r\nVary: \u001b[31m\r\n\r\n',
    );
    const { stdout, stderr } = await cors(['check', url, '--origin', ORIGIN]);
    expect(`${stdout}${stderr}`).toMatch(/^[\n\x20-\x7e‘’…]*$/);
  });
});

/** A reply whose body never ends. */
function* endless(): Generator<string> {
  yield 'HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\n\r\n';
  while (true) yield 'a'.repeat(65_536);
}

describe('wrong usage is 2, with what to write instead', () => {
  it.each([
    [['check'], 'There is no URL to ask for.', 'Give one of these'],
    [['check', 'https://a.example'], 'The page’s origin is not known.', 'Add --origin'],
    [['check', 'https://a.example', '--origin', 'app'], 'The origin "app" is none.', 'Write it'],
    [
      ['check', 'https://a.example', '--curl', 'curl https://a.example'],
      'There are several requests.',
      'Give one of these',
    ],
    [['check', '--curl', 'wget', '--origin', ORIGIN], 'does not begin with curl', 'Copy as cURL'],
    [['check', '--fetch', 'axios()', '--origin', ORIGIN], 'no call of fetch()', 'Paste it as'],
    [
      ['check', 'https://a.example', '--origin', ORIGIN, '-H', 'X-A'],
      'The header "X-A" has no colon.',
      "Write -H 'Name: value'.",
    ],
    [['check', 'https://a.example', '--timeout', '0'], 'It must be seconds', 'cors check --help'],
    [['check', 'https://a.example', '--browser', 'ie'], 'Allowed choices are', 'cors check --help'],
    [['check', '--orgin', 'x'], "unknown option '--orgin'", 'Did you mean --origin'],
    [['chek'], "unknown command 'chek'", 'Did you mean check'],
  ])('%j', async (run, problem, fix) => {
    const { code, stdout, stderr } = await cors(run);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(problem);
    expect(stderr).toContain(fix);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it('shows the help where nothing was said', async () => {
    const { code, stderr } = await cors([]);
    expect(code).toBe(2);
    expect(stderr).toContain('Usage: cors');
  });

  it.each([[], ['check'], ['why'], ['explain'], ['lint']])(
    'has help with examples: %s',
    async (...names) => {
      const { code, stdout } = await cors([...names, '--help']);
      expect(code).toBe(0);
      expect(stdout).toMatch(/Examples:\n {2}\$ cors /);
    },
  );
});
