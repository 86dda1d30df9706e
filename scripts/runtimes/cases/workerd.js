/** The least worker, without our code: it tells which headers it got, and how long they were. */
export default {
  /** @param {Request} request */
  fetch: ({ headers }) =>
    Response.json(Array.from(headers, ([name, { length }]) => `${name}: ${length}`)),
};
