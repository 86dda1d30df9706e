/**
 * The options: what a person writes. Everything here is a type; what is refused at start-up is in
 * `validate-options.ts`.
 */

/**
 * Decides about an origin that no list can name. It is asked at most once a request, only about a
 * well-formed origin, and never about `null`, or about `http:` origins when credentials are allowed,
 * unless the matching `dangerously…` flag is set.
 *
 * @param origin - The value of the `Origin` header, as `https://app.example.com`.
 * @param request - The framework's own request, as it came in.
 * @returns Whether the origin is allowed: a boolean, or a promise of one. Anything else, an error
 * thrown or a rejection grants nothing, and goes to the framework's error handling.
 */
export type OriginPredicate<Req = unknown> = (
  origin: string,
  request: Req,
) => boolean | Promise<boolean>;

/**
 * The CORS options, the same for every adapter.
 *
 * @example
 * ```ts
 * import { createCors, type CorsOptions } from '@cors/core';
 *
 * const options: CorsOptions = {
 *   origin: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
 *   credentials: true,
 *   methods: ['GET', 'PUT', 'DELETE'],
 *   allowedHeaders: ['Content-Type', 'X-Request-Id'],
 *   maxAge: 600,
 * };
 * createCors(options);
 * ```
 */
export interface CorsOptions<Req = unknown> {
  /**
   * Who may read replies: `'*'` for any origin (without credentials only), an origin pattern or a
   * list of them, or a predicate. A pattern is a serialized origin (`https://app.example.com`), any
   * of its subdomains at any depth but not itself (`https://*.example.com`), any port
   * (`http://localhost:*`), or both.
   */
  readonly origin: string | readonly string[] | OriginPredicate<Req>;
  /**
   * Whether replies to requests with cookies or other credentials may be read. False when absent.
   *
   * @see https://fetch.spec.whatwg.org/#http-access-control-allow-credentials
   */
  readonly credentials?: boolean | undefined;
  /**
   * Methods allowed beyond `GET`, `HEAD` and `POST`, which need no grant; or `'*'`. Case-sensitive.
   *
   * @see https://fetch.spec.whatwg.org/#http-access-control-allow-methods
   */
  readonly methods?: string | readonly string[] | undefined;
  /**
   * Request headers allowed beyond the safelisted ones; or `'*'`, which does not cover
   * `Authorization` unless credentials are allowed. JSON bodies need `Content-Type` here.
   *
   * @see https://fetch.spec.whatwg.org/#http-access-control-allow-headers
   */
  readonly allowedHeaders?: string | readonly string[] | undefined;
  /**
   * Response headers that scripts may read beyond the safelisted ones; or `'*'`, without
   * credentials only.
   *
   * @see https://fetch.spec.whatwg.org/#http-access-control-expose-headers
   */
  readonly exposedHeaders?: string | readonly string[] | undefined;
  /**
   * How long a browser may keep a preflight's answer, in whole seconds from 0 to 86400. Absent sends
   * nothing: browsers then keep it for 5 seconds.
   *
   * @see https://fetch.spec.whatwg.org/#http-access-control-max-age
   */
  readonly maxAge?: number | undefined;
  /** Whether an allowed preflight goes on to the application, which answers it. False when absent. */
  readonly preflightContinue?: boolean | undefined;
  /**
   * The status that answers an allowed preflight: 200 to 299 but not 205 or 206. 204 when absent.
   *
   * @see https://fetch.spec.whatwg.org/#ok-status
   */
  readonly optionsSuccessStatus?: number | undefined;
  /**
   * Unlocks, with credentials, `http:` origins that are not loopback: whoever sits on the network
   * between can then act as such an origin.
   */
  readonly dangerouslyAllowInsecureOrigins?: boolean | undefined;
  /**
   * Unlocks, with credentials, the subdomains of public suffixes, where anybody can own a name.
   */
  readonly dangerouslyAllowPublicSuffixes?: boolean | undefined;
  /**
   * Unlocks `'null'` in `origin`: any sandboxed frame and local file, on any site, has that origin.
   */
  readonly dangerouslyAllowNullOrigin?: boolean | undefined;
}

/** Options whose decisions are always made at once: without a predicate. */
export interface StaticCorsOptions extends CorsOptions {
  readonly origin: string | readonly string[];
}
