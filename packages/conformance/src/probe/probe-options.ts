/**
 * What somebody who probes a server tells of it. Nothing else is known.
 */

/** Whom a server should let in, and to what. */
export interface ProbeOptions {
  /** The address that pages ask, as `https://api.example.com/items`. */
  readonly url: string;
  /** An origin that it should let in, as `https://app.example.com`. */
  readonly allowedOrigin: string;
  /** An origin that it should not let in; absent for a server that is open to every origin. */
  readonly deniedOrigin?: string;
  /** A method that pages of the allowed origin may use, to be announced in preflights. */
  readonly method?: string;
  /** Request headers that pages of the allowed origin may send, to be announced in preflights. */
  readonly headers?: readonly string[];
  /** Whether pages of the allowed origin send cookies. */
  readonly credentials?: boolean;
  /** Takes any certificate. */
  readonly insecure?: boolean;
}

/** What the audits of a probe are made from. */
export interface ProbeSubject {
  /** The request target. */
  readonly path: string;
  readonly allowedOrigin: string;
  readonly deniedOrigin: string | undefined;
  /** What the preflights announce. */
  readonly method: string;
  readonly headers: readonly string[];
  /** Whether it is known that such a preflight should pass. */
  readonly hasPreflight: boolean;
  readonly credentials: boolean;
}

/** The subject of a probe. */
export function probeSubject(options: ProbeOptions): ProbeSubject {
  const { pathname, search } = new URL(options.url);
  const { method, headers = [], credentials = false } = options;
  return {
    path: pathname + search,
    allowedOrigin: options.allowedOrigin,
    deniedOrigin: options.deniedOrigin,
    // A method that needs a preflight, where nothing is known of any.
    method: method ?? (headers.length > 0 ? 'GET' : 'PUT'),
    headers,
    hasPreflight: method !== undefined || headers.length > 0,
    credentials,
  };
}
