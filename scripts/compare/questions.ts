/**
 * What the packages are asked, each question a row of the table.
 */
import { corsCheck, getHeaderValue, type HeaderList, preflightCheck } from '@cors/browser';
import type { Candidate, Options } from './servers.js';

const A = 'https://a.example';
const EVIL = 'https://evil.example';
const LISTED: Options = { origin: [A, 'https://c.example'], credentials: true, methods: ['PUT'] };

/** A question; the answer `true` is what a user would wish for. */
export interface Question {
  readonly text: string;
  readonly ask: (candidate: Candidate) => Promise<boolean>;
}

interface Reply {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: string;
}

async function exchange(
  { start }: Candidate,
  options: Options,
  { path = '/', ...init }: { path?: string; method?: string; headers: Record<string, string> },
): Promise<Reply> {
  const { port, close } = await start(options);
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    const body = await response.text();
    return { status: response.status, headers: [...response.headers], body };
  } finally {
    close();
  }
}

/** Whether a server with these options does not even start. */
async function refuses({ start }: Candidate, options: Options): Promise<boolean> {
  try {
    const { close } = await start(options);
    close();
    return false;
  } catch {
    return true;
  }
}

function preflightOf(
  origin: string,
  method: string,
): { method: string; headers: Record<string, string> } {
  return {
    method: 'OPTIONS',
    headers: { Origin: origin, 'Access-Control-Request-Method': method },
  };
}

/** Whether a browser lets a page of the origin send what a preflight announced. */
function passes({ status, headers }: Reply, method: string, credentialed: boolean): boolean {
  const credentialsMode = credentialed ? 'include' : 'same-origin';
  const request = { origin: A, credentialsMode, method, headers: [] } as const;
  return preflightCheck(request, { status, headers }).ok;
}

/** The rows of the table, in order. */
export const questions: readonly Question[] = [
  {
    text: 'refuses any origin with credentials',
    ask: (candidate) => refuses(candidate, { origin: '*', credentials: true }),
  },
  {
    text: 'refuses a misspelt option',
    ask: (candidate) => refuses(candidate, { origin: A, exposeHeader: ['ETag'] }),
  },
  {
    text: 'refuses an origin that no browser sends, as one with a slash at its end',
    ask: (candidate) => refuses(candidate, { origin: [`${A}/`] }),
  },
  {
    text: 'matches subdomains, without a regular expression',
    ask: async (candidate) => {
      const headers = { Origin: 'https://x.b.example' };
      const options = { origin: ['https://*.b.example', A] };
      if (await refuses(candidate, options)) return false;
      const reply = await exchange(candidate, options, { headers });
      const request = { origin: headers.Origin, credentialsMode: 'same-origin' } as const;
      return corsCheck(request, reply).ok;
    },
  },
  {
    text: 'keeps `Vary: Origin` where the handler sets a `Vary` of its own',
    ask: async (candidate) => {
      const headers = { Origin: A };
      const reply = await exchange(candidate, LISTED, { path: '/vary', headers });
      const names = (getHeaderValue('Vary', reply.headers) ?? '').toLowerCase().split(/, */);
      return names.includes('origin') && names.includes('accept');
    },
  },
  {
    text: 'has its headers on the reply to a failed handler',
    ask: async (candidate) => {
      const headers = { Origin: A };
      const reply = await exchange(candidate, LISTED, { path: '/throw', headers });
      return corsCheck({ origin: A, credentialsMode: 'include' }, reply).ok;
    },
  },
  {
    text: 'tells an origin that is not listed nothing',
    ask: async (candidate) => {
      const replies = [
        await exchange(candidate, LISTED, { headers: { Origin: EVIL } }),
        await exchange(candidate, LISTED, preflightOf(EVIL, 'PUT')),
      ];
      const names = replies.flatMap(({ headers }) => headers.map(([name]) => name));
      return !names.some((name) => /^access-control-/i.test(name));
    },
  },
  {
    text: 'leaves an OPTIONS that is no preflight to the application',
    ask: async (candidate) => {
      const asked = { method: 'OPTIONS', headers: { Origin: A } };
      return (await exchange(candidate, LISTED, asked)).body === 'ok';
    },
  },
  {
    text: "allows every method with `methods: '*'`, with credentials too",
    ask: async (candidate) => {
      const options = { ...LISTED, methods: '*' };
      return passes(await exchange(candidate, options, preflightOf(A, 'PATCH')), 'PATCH', true);
    },
  },
  {
    text: 'sends `maxAge: 0`',
    ask: async (candidate) => {
      const reply = await exchange(candidate, { ...LISTED, maxAge: 0 }, preflightOf(A, 'PUT'));
      return getHeaderValue('Access-Control-Max-Age', reply.headers) === '0';
    },
  },
];
