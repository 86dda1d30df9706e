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
headers, that makes no web-standard ones: a bare handler gains more by it than one whose replies have fields.
Ours reads the one or two that it needs, and writes its own with Node's head, so that the handler's reply stays as it is.`,

  decide: `## The decision alone

What the engine takes for a request, without any framework. \`Set.has\` is what the language takes for a look-up
of the same string and one frozen object of the shape of a decision. What is granted to an exact origin is
decided once and found again: that takes a look-up, among the first ten thousand that were met, and no object. In
lists a hundred members are asked for, over and over; where all of a million are, in no order, both wait for memory.`,

  sockets: (fewest: number): string => `## Over sockets

Requests that a whole server answers in a second of its CPU time; \`autocannon\` sends them over 32 connections that
are kept alive. Server and client have one core each. (By the clock, the quicker frameworks would show how
fast the client is: their servers wait for it.) The kinds take turns of some tenths of a second. A figure is the
median of ${fewest} fresh processes or more.`,

  profile: `### Where a server's time goes

The same servers under Node's profiler, with one origin: CPU time of a request in µs, by whose code is at work.
\`middleware\` is the code of ours, of the peer or of the floor, with the handler that says hello, and what of the
language it calls; \`Node.js\` is what Node does, whoever calls it; \`writing to the socket\` is for the most part the
system's; \`outside\` is the parser, the event loop, reading from sockets, and threads that help. CPU time is
shared out as the profiler's samples are. Lines that are inlined into others count where they were written.`,

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

  missed: (floors: string): string => `## Why some of it is missed

- **Over sockets**: lines of a head cost a server more than three in a hundred, whoever writes them. The bare
  framework answers so many times as many requests as the floor: ${floors}.
  What ours does itself is the last column of the profile above. On Hono and \`fetch\` it comes before the floor, whose
  headers are web-standard ones: those have to be made, and read once more by the server.
- **Fastify, one origin**: the floor alone costs more than half of what the peer does.
- **The size of the core**: most of it says what is wrong with options and what to write instead, which has to be
  there at start-up. What answers requests is within the bar; the code alone, without a sentence, is not.`,

  closing: `## Held by CI

\`pnpm bench --guard\` measures again what must not grow: lists, patterns, labels, hostile input, the time and
memory of a million origins, and the bytes of a denial. It fails where a ratio is more than three times the
one kept here. Smaller differences are noise on a machine that does other things as well.`,
} as const;
