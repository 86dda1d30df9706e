/**
 * The platform's WHATWG URL parser, typed as far as origins need it.
 *
 * Every runtime has `URL` as a global; its type comes from the DOM or from Node, neither of which
 * the core may name. So it is looked up here, once.
 *
 * @see https://url.spec.whatwg.org/#url-class
 */

interface ParsedUrl {
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
  readonly origin: string;
}

const { URL: PlatformUrl } = globalThis as unknown as { URL: new (input: string) => ParsedUrl };

/** The parsed URL, or null when the parser fails. */
export function parseUrl(input: string): ParsedUrl | null {
  try {
    return new PlatformUrl(input);
  } catch {
    return null;
  }
}
