/** The least server of Deno, without our code: it tells which headers it got, and how long they were. */
declare const Deno: {
  readonly serve: (
    options: { hostname: string; port: number; onListen: (address: { port: number }) => void },
    handler: (request: Request) => Response,
  ) => void;
};

Deno.serve(
  {
    hostname: '127.0.0.1',
    port: 0,
    onListen: ({ port }) => console.log(JSON.stringify({ event: 'listen', socket: 'main', port })),
  },
  ({ headers }) => Response.json(Array.from(headers, ([name, { length }]) => `${name}: ${length}`)),
);

export {};
