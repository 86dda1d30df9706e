/**
 * What a runtime itself stands in the way of, by the audits that it costs. Each has a case without our
 * code, which has to show it: once the runtime is mended, the case and the audit say so, and the entry
 * has to go.
 */
import type { PackageName, Runtime } from './runtimes.js';

/** A request to the least server of a runtime. */
export interface MinimalCase {
  readonly what: string;
  /** The lines of its headers. */
  readonly headers: readonly string[];
  /** What is found in the reply. */
  readonly reply: RegExp;
}

/** A limitation. */
export interface Limitation {
  readonly runtime: Runtime['name'];
  readonly packages: readonly PackageName[];
  readonly audit: string;
  /** Sentences for a reader: what the runtime does, and what it means for a server. */
  readonly reason: string;
  /** The least server, a file in `cases`. */
  readonly server: string;
  readonly cases: readonly MinimalCase[];
  /** What the same server has to answer as it should: else the cases above would show nothing. */
  readonly control: MinimalCase;
  /**
   * The runtime refuses while the request is still being sent, and the refusal may be lost with the
   * connection: to the audit, that is as good an answer as any. So the audit may pass or not, and the
   * cases alone say whether the entry is still true.
   */
  readonly refusalMayBeLost?: true;
}

const WEB: readonly PackageName[] = ['@cors/fetch', '@cors/hono', '@cors/h3'];
const ON_NODE_HTTP: readonly PackageName[] = [
  '@cors/node',
  '@cors/express',
  '@cors/koa',
  '@cors/fastify',
];
const KILOBYTE = 1024;

const header = (kilobytes: number): readonly string[] => [
  `X-A: ${'x'.repeat(kilobytes * KILOBYTE)}`,
];
const lines = (count: number): readonly string[] => Array<string>(count).fill('X-A: x');

/** All that are known. */
export const LIMITATIONS: readonly Limitation[] = [
  {
    runtime: 'Deno',
    packages: WEB,
    audit: 'hostile/header-lists-where-fixed',
    reason:
      '`Deno.serve` answers 400 to a request with more than 64 KB of headers, or with two hundred lines of them, before any handler runs, and has no setting for it.',
    server: 'deno.ts',
    refusalMayBeLost: true,
    cases: [
      { what: 'a header of 64 KB', headers: header(64), reply: /^HTTP\/1\.1 400 / },
      { what: '200 lines of headers', headers: lines(200), reply: /^HTTP\/1\.1 400 / },
    ],
    control: { what: 'a header of 60 KB', headers: header(60), reply: /^HTTP\/1\.1 200 / },
  },
  {
    runtime: 'Bun',
    packages: ON_NODE_HTTP,
    audit: 'hostile/header-lists-where-fixed',
    reason:
      'A server of `node:http` on Bun answers 431 to a request with some two hundred lines of headers or more, before any handler runs, whatever its `maxHeadersCount`; on Node.js, that is the setting for it.',
    server: 'bun-node-http.ts',
    refusalMayBeLost: true,
    cases: [{ what: '200 lines of headers', headers: lines(200), reply: /^HTTP\/1\.1 431 / }],
    control: { what: 'a header of 1 MB', headers: header(1024), reply: /^HTTP\/1\.1 200 / },
  },
  {
    runtime: 'Bun',
    packages: WEB,
    audit: 'hostile/header-lists-where-fixed',
    reason:
      '`Bun.serve` answers 431 to a request with some two hundred lines of headers or more, before any handler runs. The size has a setting, `--max-http-header-size`; the number of lines has none.',
    server: 'bun.ts',
    refusalMayBeLost: true,
    cases: [{ what: '200 lines of headers', headers: lines(200), reply: /^HTTP\/1\.1 431 / }],
    control: { what: 'a header of 1 MB', headers: header(1024), reply: /^HTTP\/1\.1 200 / },
  },
  {
    runtime: 'workerd',
    packages: WEB,
    audit: 'hostile/header-lists-where-fixed',
    reason:
      'workerd answers 431 to a request with more than about half a megabyte of headers, before any handler runs, and has no setting for it.',
    server: 'workerd.capnp',
    refusalMayBeLost: true,
    cases: [{ what: 'a header of 1 MB', headers: header(1024), reply: /^HTTP\/1\.1 431 / }],
    control: { what: 'a header of 256 KB', headers: header(256), reply: /^HTTP\/1\.1 200 / },
  },
  {
    runtime: 'workerd',
    packages: WEB,
    audit: 'decisions/reasons-of-a-list',
    reason:
      'workerd leaves out an `Origin` without a value, as it does an `Accept` without one, though not headers that it does not know by name. Such a request, which no browser sends, is `no-origin` there in place of `origin-malformed`: it gets no grant either way.',
    server: 'workerd.capnp',
    cases: [
      {
        what: '`Origin`, `Accept` and `X-A` without values',
        headers: ['Origin:', 'Accept:', 'X-A:'],
        reply: /\r\n\r\n\["connection: 5","host: \d+","x-a: 0"\]$/,
      },
    ],
    control: {
      what: 'the same with values',
      headers: ['Origin: a', 'Accept: b', 'X-A: c'],
      reply: /"accept: 1".*"origin: 1","x-a: 1"/,
    },
  },
];
