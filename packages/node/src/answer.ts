/**
 * A reply without a body, as preflights get it.
 */
import type { NodeResponse } from './commitment.js';

/**
 * Answers with a status and an empty body. 204 carries no `Content-Length`; without one, any other
 * status would be sent chunked.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.6-8
 */
export function answer(response: NodeResponse, status: number): void {
  if (response.headersSent) return;
  response.statusCode = status;
  // What an outer middleware meant for another body; two lengths on one reply desynchronise clients.
  response.removeHeader('Transfer-Encoding');
  if (status === 204) response.removeHeader('Content-Length');
  else response.setHeader('Content-Length', '0');
  response.end();
}
