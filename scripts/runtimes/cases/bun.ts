/** The least server of Bun, without our code: it tells which headers it got, and how long they were. */
declare const Bun: {
  readonly serve: (options: {
    hostname: string;
    port: number;
    fetch: (request: Request) => Response;
  }) => { readonly port: number };
};

const { port } = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  fetch: ({ headers }) =>
    Response.json(Array.from(headers, ([name, { length }]) => `${name}: ${length}`)),
});
console.log(JSON.stringify({ event: 'listen', socket: 'main', port }));

export {};
