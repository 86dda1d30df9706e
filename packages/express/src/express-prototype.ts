/**
 * The prototype that all responses of a copy of Express share: `express.response`, which Express
 * documents as its extension point. `app.response` of one application would not do: an application
 * that is called as a function (vhost, lazy loading), or mounted in two others, has a chain without it.
 *
 * @see https://expressjs.com/en/guide/overriding-express-api.html
 */
import { ServerResponse } from 'node:http';

/** What Express adds to a response. Another server's, as Connect's, lacks it. */
interface ExpressResponse extends ServerResponse {
  readonly app?: { readonly response?: object };
}

/** What stands right before Node's prototype in the chain of any `app.response`. */
export function expressPrototype(response: ExpressResponse): ServerResponse | null {
  for (let object = response.app?.response ?? null; object !== null; ) {
    const next = Object.getPrototypeOf(object) as object | null;
    if (next === ServerResponse.prototype) return object as ServerResponse;
    object = next;
  }
  return null;
}
