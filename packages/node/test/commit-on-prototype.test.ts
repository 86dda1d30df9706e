import { type RequestListener, ServerResponse } from 'node:http';
import { type CorsWarning, createHandler } from '@cors/core';
import { describe, expect, it } from 'vitest';
import { decideOnHead, decideOnPrototype, warn } from '../src/index.js';
import { lines, type Reply, serve } from './server.js';

const A = 'https://a.example';
const handler = createHandler<object>({ origin: A }, { lowerCase: true, warn });

type Handle = (response: ServerResponse, url: string | undefined) => void;
const WRITE_HEAD = ['writeHead', 'writeHeader'];

/** A framework as Express is one: each response gets its prototype, and then a property. */
function framework(
  handle: Handle,
  prototype: ServerResponse | null,
  before: Handle = () => undefined,
): RequestListener {
  const application = Object.create(prototype ?? ServerResponse.prototype) as object;
  return (request, response) => {
    before(response, request.url);
    Object.setPrototypeOf(response, application);
    Object.assign(response, { locals: {} });
    const own = Reflect.ownKeys(response);
    void decideOnPrototype(
      () => prototype,
      handler,
      request,
      response,
      request,
      () => {
        added = Reflect.ownKeys(response).filter((key) => !own.includes(key));
        handle(response, request.url);
      },
    );
  };
}
/** What the last response got of its own. */
let added: PropertyKey[] = [];

const newPrototype = (): ServerResponse =>
  Object.create(ServerResponse.prototype) as ServerResponse;
const end: Handle = (response) => void response.end('x');
const outcome = (reply: Reply): unknown => [
  lines(reply, 'access-control-allow-origin'),
  lines(reply, 'vary'),
];
const GRANTED = [[A], ['Origin']];

describe('a decision that the writeHead of a prototype applies', () => {
  it.each<[string, Handle]>([
    ['end', end],
    [
      'flushHeaders',
      (response) => {
        response.flushHeaders();
        response.end();
      },
    ],
    ['writeHead', (response) => response.writeHead(200, { 'X-A': '1' }).end()],
    [
      'its old name',
      (response) => {
        const { writeHeader } = response as unknown as Pick<typeof response, never> & {
          writeHeader: ServerResponse['writeHead'];
        };
        writeHeader.call(response, 200).end();
      },
    ],
  ])('is on the reply by %s, and nothing on the response', async (_, handle) => {
    const prototype = newPrototype();
    const send = await serve(framework(handle, prototype));
    for (let round = 0; round < 2; round += 1) {
      expect(outcome(await send('GET', '/', { origin: A }))).toEqual(GRANTED);
      expect(added).toEqual([]);
      expect(outcome(await send('GET', '/', { origin: 'https://b.example' }))).toEqual([
        [],
        ['Origin'],
      ]);
    }
    expect(Reflect.ownKeys(prototype)).toEqual(WRITE_HEAD);
    const [value, old] = WRITE_HEAD.map((name): unknown => Reflect.get(prototype, name));
    expect(old).toBe(value);
  });

  it('is there, too, where an own writeHead stands before that one', async () => {
    const wrap: Handle = (response, url) => {
      if (url === '/wrapped') response.writeHead = response.writeHead.bind(response);
    };
    const send = await serve(framework(end, newPrototype(), wrap));
    // Once the prototype is known to have ours, too.
    for (const path of ['/wrapped', '/', '/wrapped']) {
      expect(outcome(await send('GET', path, { origin: A }))).toEqual(GRANTED);
    }
  });

  it.each([
    ['has none', null],
    ['has one that cannot be changed', Object.freeze(newPrototype())],
  ])('is committed on the response where the framework %s', async (_, prototype) => {
    const send = await serve(framework(end, prototype));
    expect(outcome(await send('GET', '/', { origin: A }))).toEqual(GRANTED);
    expect(added.map(String).sort()).toEqual(['Symbol(@cors/node.commitment)', ...WRITE_HEAD]);
  });

  it('leaves responses alone that nothing was decided for', async () => {
    const prototype = newPrototype();
    const listener = framework(end, prototype);
    const send = await serve((request, response) => {
      if (request.url === '/') {
        listener(request, response);
      } else {
        Object.setPrototypeOf(response, prototype);
        response.writeHead(200, { Vary: 'Accept' }).end();
      }
    });
    for (const [path, wanted] of [
      ['/', GRANTED],
      ['/other', [[], ['Accept']]],
    ] as const) {
      expect(outcome(await send('GET', path, { origin: A }))).toEqual(wanted);
    }
  });

  it('is done with once the head is sent: a second one fails as Node does', async () => {
    const send = await serve(
      framework((response) => {
        response.writeHead(200);
        expect(() => response.writeHead(200)).toThrow('Cannot write headers');
        response.end('x');
      }, newPrototype()),
    );
    expect(outcome(await send('GET', '/', { origin: A }))).toEqual(GRANTED);
  });

  it('is in conflict with another one that is committed on the response, in either order', async () => {
    const warnings: string[] = [];
    const setup = { lowerCase: true, warn: ({ code }: CorsWarning) => void warnings.push(code) };
    const other = createHandler<object>({ origin: [A, 'https://b.example'] }, setup);
    const inner = framework((response) => {
      void decideOnHead(other, response.req, response, response.req, () => response.end('x'));
    }, newPrototype());
    const sendInner = await serve(inner);
    expect(outcome(await sendInner('GET', '/', { origin: A }))).toEqual([[], ['Origin']]);
    expect(warnings).toEqual(['CORS_POLICY_CONFLICT']);

    const outer = framework(end, newPrototype(), (response) => {
      void decideOnHead(other, response.req, response, response.req, () => undefined);
    });
    const sendOuter = await serve(outer);
    expect(outcome(await sendOuter('GET', '/', { origin: A }))).toEqual([[], ['Origin']]);
  });
});
