import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import {
  createCors,
  type Decision,
  type StaticCors,
  type StaticCorsOptions,
} from '../src/index.js';

const LISTED = 'https://a.example';
const origins = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `https://app${index}.example`);

const get = (cors: StaticCors, origin: string): Decision =>
  cors.decide({ method: 'GET', headers: { origin } });
const preflight = (cors: StaticCors, origin: string, method = 'PUT'): Decision =>
  cors.decide({
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': method },
  });

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heapInUse = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

/** The decision of a policy that has met nobody before. */
const afresh = (options: StaticCorsOptions, decide: (cors: StaticCors) => Decision): Decision =>
  decide(createCors(options));

describe('what is granted to a listed origin', () => {
  const options: StaticCorsOptions = {
    origin: [LISTED, 'https://*.b.example'],
    credentials: true,
    methods: ['PUT'],
    allowedHeaders: ['x-a'],
    exposedHeaders: ['x-b'],
    maxAge: 5,
  };

  it.each([
    ['a request', get],
    ['a preflight', preflight],
  ])('is one frozen decision, whatever came first: %s', (_, decide) => {
    for (const first of [get, preflight]) {
      const cors = createCors(options);
      const before = first(cors, LISTED);
      const decision = decide(cors, LISTED);
      expect(decision).toEqual(afresh(options, (fresh) => decide(fresh, LISTED)));
      expect(decide(cors, LISTED)).toBe(decision);
      expect([decision, decision.headers].every(Object.isFrozen)).toBe(true);
      expect(first(cors, LISTED)).toEqual(before);
    }
  });

  it('is not kept for a name that a pattern matches, of which there are endless ones', () => {
    const cors = createCors(options);
    const name = 'https://x.b.example';
    get(cors, name);
    expect(get(cors, name)).toEqual(get(cors, name));
    expect(get(cors, name)).not.toBe(get(cors, name));
    expect(preflight(cors, name)).not.toBe(preflight(cors, name));
  });

  it('is kept for the first ten thousand, and right for the rest', () => {
    const cors = createCors({ origin: origins(10_001) });
    const [first = '', last = ''] = [origins(1)[0], origins(10_001).at(-1)];
    for (const origin of origins(10_001)) get(cors, origin);
    expect(get(cors, first)).toBe(get(cors, first));
    expect(get(cors, last)).not.toBe(get(cors, last));
    expect(get(cors, last).headers['Access-Control-Allow-Origin']).toBe(last);
  });

  it('keeps nothing of what an origin was cut from', () => {
    const names = origins(50);
    const cors = createCors({ origin: names });
    const before = heapInUse();
    for (const name of names) {
      // As a server does that takes the values out of a block of headers.
      const block = 'x'.repeat(1_000_000) + name;
      get(cors, block.slice(1_000_000));
    }
    expect(heapInUse() - before).toBeLessThan(10_000_000);
    expect(get(cors, LISTED).allowed).toBe(false);
  });

  it('echoes what each preflight announces, and no other', () => {
    const cors = createCors({ origin: LISTED, credentials: true, methods: '*' });
    for (const method of ['PUT', 'DELETE', 'PUT', 'get']) {
      const { headers } = preflight(cors, LISTED, method);
      expect(headers['Access-Control-Allow-Methods']).toBe(method);
    }
    expect(preflight(cors, LISTED, 'CONNECT').reason).toBe('method-refused');
    expect(get(cors, LISTED)).toBe(get(cors, LISTED));
  });

  it('goes with the options that granted it', () => {
    const cors = createCors(options);
    get(cors, LISTED);
    get(cors, LISTED);
    cors.reconfigure({ origin: LISTED });
    expect(get(cors, LISTED)).toEqual(afresh({ origin: LISTED }, (fresh) => get(fresh, LISTED)));
    cors.reconfigure({ origin: 'https://other.example' });
    expect(get(cors, LISTED).reason).toBe('origin-not-allowed');
  });

  it('is not looked for under the name of another', () => {
    const cors = createCors({ origin: LISTED });
    get(cors, LISTED);
    for (const near of [`${LISTED}/`, ` ${LISTED}`, LISTED.toUpperCase(), `${LISTED}.`, '']) {
      expect(get(cors, near).allowed).toBe(false);
    }
  });
});
