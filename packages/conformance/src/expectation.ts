/**
 * What a reply must hold. Comparison is exact and aware of lists: a CORS header that is not
 * expected fails, as does one that is missing, repeated or malformed.
 */
export interface Expectation {
  /** Absent: any. */
  readonly status?: number | readonly number[];
  /**
   * What a browser would make of the reply, whatever form it takes (see `verdict.ts`): the fair
   * question to a server that differs from ours where the standard leaves the choice open.
   * Absent: not asked.
   */
  readonly browser?: ExpectedVerdict;
  /** The six CORS response fields: exactly these, and none that is absent here. Absent: not looked at. */
  readonly cors?: ExpectedCors;
  /** Of the six CORS response fields those that are named here; the others are not looked at. */
  readonly someCors?: ExpectedCors;
  /**
   * Field names that `Vary` must hold (as a set; others may stand beside them unless in `without`).
   * `'*'` means that the reply must have `Vary: *`.
   */
  readonly vary?: { readonly with?: readonly string[]; readonly without?: readonly string[] } | '*';
  /** Other fields: the exact lines of a field in order, or `null` for a field that must be absent. */
  readonly fields?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly body?: string;
  /** The statuses of the interim replies (1xx) before this one, exactly and in order. */
  readonly interim?: readonly number[];
  /** Whether the application's handler ran (its replies carry `X-Application`). */
  readonly reachedApplication?: boolean;
}

/** The six fields. A list is compared as a set: of methods by case, of header names without. */
export interface ExpectedCors {
  readonly allowOrigin?: string;
  readonly allowCredentials?: 'true';
  readonly allowMethods?: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  /** Seconds, as sent. */
  readonly maxAge?: number;
}

/** What a browser makes of a reply to the request's `Origin`. */
export interface ExpectedVerdict {
  /**
   * Whose request passes: an actual request's reply can be read, a preflight's announced request is
   * sent. `credentialed`: also one that carries cookies; `anonymous`: only one that carries none;
   * `nobody`: neither. Absent: not asked.
   */
  readonly admits?: 'credentialed' | 'anonymous' | 'nobody';
  /** As `admits`, but more is as right. */
  readonly admitsAtLeast?: 'credentialed' | 'anonymous';
  /** Response field names that the page can read beyond the safelisted ones. */
  readonly exposes?: readonly string[];
  /** Response field names that the page must not be able to read. */
  readonly hides?: readonly string[];
  /** Seconds that the standard lets the preflight's answer be kept, before the browser's own limit. */
  readonly keeps?: number;
}
