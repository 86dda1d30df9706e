/** What docs/performance.md says around its tables. */
export const NOTES = {
  opening: (machine: string): string => `# Performance

What CORS costs a server: beside the framework alone, beside the packages that people use today, and beside
the least code that sets the same headers. Everything here is printed by \`pnpm bench\`, and this page is
made from it by \`pnpm bench --write\`.

Measured on: ${machine}. Another machine has other numbers; what compares two of them in one row should hold.

How it is measured:

- A sample is CPU time, of all threads, in a fresh process. There are nine for each kind or more, fewer over
  sockets alone, and the kinds take turns. A figure is the median; in brackets stands the interval that holds the true
  median at 96 % (order statistics: no assumption about the distribution).
- \`bare\` is the framework alone, with one handler that says hello. \`floor\` is a hand-written middleware that
  sets the same headers as ours and checks nothing. \`peer\` is the package that the framework's users have
  today, with the same options.
- Differences are taken round by round. None that is smaller than that of the floor from itself means anything.
- Adapters run in process: Node's own requests and responses without a socket, web-standard ones as they are.
  Replies are not awaited one by one. \`Origin\` is a new string each time, as a parser makes it.`,

  adapters: `## Adapters

What each adds to the bare framework, in µs a request. \`denied\` is an origin that is not listed; of long lists
the last member is asked for; the hostile request announces 8 KB of header names.`,

  honoOnNode: `Hono alone, above, is called with web-standard requests in memory, as runtimes on the edge call it. Below it
stands behind \`@hono/node-server\`, with Node's own requests and responses. As long as nobody reads or changes
headers, that makes no web-standard ones: a bare handler gains more by it than one whose replies have fields.`,

  decide: `## The decision alone

What the engine takes for a request, without any framework. \`Set.has\` is what the language takes for the least
of it: a look-up of the same string, and one frozen object of the shape of a decision. In lists a thousand
members are asked for, over and over; where all of a million are, in no order, both wait for memory.`,

  sockets: (fewest: number): string => `## Over sockets

Requests a second of a whole server, by \`autocannon\` over 32 connections that are kept alive. Server and client
have one core each. A figure is the median of ${fewest} processes or more, which is few: look at large gaps only.`,

  startUp: `## Start-up

CPU time of loading an adapter, after its framework, in ms. Ours loads the list of public suffixes, which is
what keeps \`https://*.github.io\` from being trusted with credentials.`,

  hostile: `## Hostile input

A preflight as no browser sends it, to a policy that echoes what is asked for. Node lets 16 KB of headers
through; for more its limit must have been raised.`,

  size: `## Size

Minified and compressed by gzip, in bytes. The budgets are held by \`scripts/test/package-size.test.ts\`.`,

  sizeOfCore: `Of the core, each with all that it needs, so that some is in several. \`answers requests\` is from a policy to a
decision and its header lines; what an adapter calls for it comes with the check of its options. The last row is
the code alone, without what people read, and without the ancestors.`,

  garbage: `## Garbage

Bytes allocated: how far the heap grows while nothing is collected, in a young generation of 256 MB. Decisions
that do not depend on the request's values are made once: they allocate nothing.`,

  bars: `## What is aimed at

For a difference the lower end of its interval counts, against the greater of what the floor differs from
itself and 3 % of the bare framework (10 % of the floor's whole time, for the floor).`,

  missed: `## Why some of it is missed

- **Over sockets** the floor misses it too, round by round: lines of a head cost a server more than three in a
  hundred, whoever writes them. \`@cors/fetch\` gives a copy of each reply, and Node's server for web-standard
  handlers sends a copy as a stream. To change the reply itself would be wrong: what is set on one is then on
  all that a handler made with the same \`Headers\`. \`@cors/hono\` writes on the replies that Hono made itself,
  which have headers of their own.
- **Fastify, any origin and one**: the floor alone costs more than half of what the peer does.
- **The size of the core**: most of it says what is wrong with options and what to write instead, which has to be
  there at start-up. What answers requests is within the bar; the code alone, without a sentence, is not.`,

  closing: `## Held by CI

\`pnpm bench --guard\` measures again what must not grow: lists, patterns, labels, hostile input, the time and
memory of a million origins, and the bytes of a denial. It fails where a ratio is more than three times the
one kept here. Smaller differences are noise on a machine that does other things as well.`,
} as const;
