import { describe, expect, it } from 'vitest';
import {
  commitDecision,
  type CorsOptions,
  createCors,
  createHandler,
  type Decision,
  explain,
  logDenials,
  mergeVary,
  type ResponseFields,
} from '../src/index.js';

const A = 'https://a.example';
const decide = (options: CorsOptions, origin: string | undefined = A): Decision =>
  createCors(options).decide({ method: 'GET', headers: { origin } }) as Decision;

type Reply = Map<string, unknown>;
const fields: ResponseFields<Reply> = {
  get: (reply, name) => reply.get(name),
  set: (reply, name, value) => void reply.set(name, value),
  remove: (reply, name) => void reply.delete(name),
};

/** For frameworks that can tell all names at once. */
const knowing: ResponseFields<Reply> = {
  ...fields,
  names: (reply) => Array.from(reply.keys(), (name) => name.toLowerCase()),
};

function commit(
  decision: Decision,
  given: Record<string, unknown>,
): { reply: Record<string, unknown>; replaced: string | null } {
  const reply: Reply = new Map(Object.entries(given));
  const replaced = commitDecision(decision, reply, fields);
  const known: Reply = new Map(Object.entries(given));
  expect(commitDecision(decision, known, knowing)).toBe(replaced);
  expect(Object.fromEntries(known)).toEqual(Object.fromEntries(reply));
  return { reply: Object.fromEntries(reply), replaced };
}

describe('the six fields', () => {
  const own = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Methods': '*',
    'Access-Control-Allow-Headers': '*',
    'Access-Control-Max-Age': '1',
    'Access-Control-Expose-Headers': 'X-H, bad name, x-h, Set-Cookie',
    'X-Own': '1',
  };

  it('are what the decision grants, and nothing else', () => {
    const { reply, replaced } = commit(decide({ origin: A }), own);
    expect(reply).toEqual({
      'Access-Control-Allow-Origin': A,
      'Access-Control-Expose-Headers': 'X-H',
      'X-Own': '1',
      Vary: 'Origin',
    });
    expect(replaced).toBe('Access-Control-Allow-Origin');
  });

  it('leave a Vary that is there its members', () => {
    const { reply } = commit(decide({ origin: A }), { Vary: 'Accept' });
    expect(reply).toEqual({ 'Access-Control-Allow-Origin': A, Vary: 'Accept, Origin' });
  });

  it("are gone when nothing is granted, with the handler's Expose-Headers", () => {
    const { reply } = commit(decide({ origin: A }, 'https://b.example'), own);
    expect(reply).toEqual({ 'X-Own': '1', Vary: 'Origin' });
  });

  it('are set on a bare reply without a warning, and again without one', () => {
    const decision = decide({ origin: A, credentials: true, exposedHeaders: ['X-B'] });
    const once = commit(decision, {});
    expect(once).toEqual({
      reply: {
        'Access-Control-Allow-Origin': A,
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Expose-Headers': 'X-B',
        Vary: 'Origin',
      },
      replaced: null,
    });
    expect(commit(decision, once.reply)).toEqual(once);
  });

  it.each<[string, CorsOptions, unknown, string | undefined]>([
    ['joins', { origin: A, exposedHeaders: ['X-B'] }, 'X-H', 'X-B,X-H'],
    ['joins once, without case', { origin: A, exposedHeaders: ['X-B'] }, ['x-b', 'X-H'], 'X-B,X-H'],
    ['joins under any origin', { origin: '*' }, 'X-H', 'X-H'],
    ['keeps * where it means all', { origin: '*' }, '*', '*'],
    ['drops * with credentials', { origin: A, credentials: true }, '*, X-H', 'X-H'],
    ['is dropped when nothing valid is left', { origin: A }, 'a b, (', undefined],
  ])('Expose-Headers: %s', (_, options, given, expected) => {
    const { reply, replaced } = commit(decide(options), { 'Access-Control-Expose-Headers': given });
    expect(reply['Access-Control-Expose-Headers']).toBe(expected);
    expect(replaced).toBeNull();
  });
});

describe('a request for which no policy was chosen', () => {
  it('keeps all that the handler set, and varies on the choice', async () => {
    const { handle } = createHandler(
      { policy: () => false },
      { lowerCase: true, warn: () => undefined },
    );
    const { decision } = await handle(
      { method: 'GET', headers: { origin: A } },
      undefined,
      undefined,
    );
    const own = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Max-Age': '5' };
    expect(commit(decision, own)).toEqual({ reply: { ...own, Vary: 'Origin' }, replaced: null });
  });
});

describe('Expose-Headers of the handler', () => {
  it('are no reason for a warning where nothing is granted', () => {
    const { reply, replaced } = commit(decide({ origin: A }, 'https://b.example'), {
      'Access-Control-Expose-Headers': 'X-H',
    });
    expect([reply, replaced]).toEqual([{ Vary: 'Origin' }, null]);
  });
});

describe('Vary', () => {
  it.each<[unknown, readonly string[], string | null]>([
    [undefined, ['Origin'], 'Origin'],
    [null, ['Origin'], 'Origin'],
    ['', ['Origin'], 'Origin'],
    ['Accept', ['Origin'], 'Accept, Origin'],
    ['Accept, origin', ['Origin'], null],
    ['ORIGIN', ['Origin'], null],
    ['X-Origin', ['Origin'], 'X-Origin, Origin'],
    ['*', ['Origin'], null],
    ['Accept, *', ['Origin'], null],
    [['Accept', 'Accept-Language'], ['Origin'], 'Accept, Accept-Language, Origin'],
    [['Accept', '*'], ['Origin'], null],
    ['Accept', [], null],
    [
      undefined,
      ['Origin', 'Access-Control-Request-Method'],
      'Origin, Access-Control-Request-Method',
    ],
    [
      'Origin',
      ['Origin', 'Access-Control-Request-Method'],
      'Origin, Access-Control-Request-Method',
    ],
    [7, ['Origin'], '7, Origin'],
    [{}, ['Origin'], 'Origin'],
  ])('%o and %o: %o', (existing, names, merged) => {
    expect(mergeVary(existing, names)).toBe(merged);
  });

  it('is not touched by a decision that is the same for all', () => {
    expect(commit(decide({ origin: '*' }), { Vary: 'Accept' }).reply['Vary']).toBe('Accept');
  });
});

describe('a polluted Object.prototype', () => {
  const polluted: Record<string, string> = {
    'Access-Control-Allow-Origin': 'https://evil.test',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Methods': 'DELETE',
    'Access-Control-Expose-Headers': 'X-Secret',
    'no token': 'x',
    'X-Other': 'x',
  };
  /** What a run gives while it is polluted. Not for longer: the test runner reads objects, too. */
  function whilePolluted<Result>(run: () => Result): Result {
    const prototype = Object.prototype as unknown as Record<string, unknown>;
    Object.assign(prototype, polluted);
    try {
      return run();
    } finally {
      for (const name of Object.keys(polluted)) Reflect.deleteProperty(prototype, name);
    }
  }
  const denied = decide({ origin: A }, 'https://b.example');
  const granted = decide({ origin: A });

  it.each<[string, Decision, ResponseFields<Reply>, Record<string, string>]>([
    ['a denied reply', denied, fields, {}],
    ['a denied reply whose names are known', denied, knowing, {}],
    ['a granted one', granted, fields, { 'Access-Control-Allow-Origin': A }],
    ['a granted one whose names are known', granted, knowing, { 'Access-Control-Allow-Origin': A }],
  ])('puts nothing on %s', (_, decision, how, expected) => {
    const reply: Reply = new Map();
    whilePolluted(() => commitDecision(decision, reply, how));
    expect(Object.fromEntries(reply)).toEqual({ ...expected, Vary: 'Origin' });
  });

  it("puts nothing beside a handler's Expose-Headers", () => {
    const reply: Reply = new Map([['Access-Control-Expose-Headers', 'X-H, *']]);
    whilePolluted(() => commitDecision(granted, reply, fields));
    expect(reply.get('Access-Control-Expose-Headers')).toBe('X-H,*');
  });

  it('does not allow credentials or methods to who explains and logs', () => {
    const request = { method: 'GET', headers: { origin: A, cookie: 'a=1' } };
    expect(whilePolluted(() => explain(granted, request)).code).toBe('credentials-not-allowed');
    const lines: string[] = [];
    const log = logDenials<typeof request>({ warn: (line) => lines.push(line) });
    whilePolluted(() => log(granted, request));
    expect(lines).toHaveLength(1);
    const headers = { origin: A, 'access-control-request-method': 'DELETE' };
    const asked = { method: 'OPTIONS', headers };
    const preflight = createCors({ origin: A }).decide(asked);
    expect(whilePolluted(() => explain(preflight, asked)).code).toBe('method-not-allowed');
  });
});
