/**
 * Scenarios: the situations that audits are played in. A scenario is plain data, so that a target
 * written in any language can be started for it.
 */

/** A CORS policy in neutral terms. The names are the option names of `cors`, the most used package. */
export interface ScenarioPolicy {
  /** `'*'`, a list of origins and origin patterns, or a predicate described by what it does. */
  readonly origin: '*' | readonly string[] | ScenarioPredicate;
  readonly credentials?: boolean;
  readonly methods?: '*' | readonly string[];
  readonly allowedHeaders?: '*' | readonly string[];
  readonly exposedHeaders?: '*' | readonly string[];
  /** Seconds. */
  readonly maxAge?: number;
  readonly preflightContinue?: boolean;
  readonly optionsSuccessStatus?: number;
  readonly dangerouslyAllowInsecureOrigins?: boolean;
  readonly dangerouslyAllowPublicSuffixes?: boolean;
  readonly dangerouslyAllowNullOrigin?: boolean;
}

/** A predicate over origins, described by its behaviour so that any language can build it. */
export interface ScenarioPredicate {
  readonly predicate:
    | 'answers'
    | 'answers-later'
    /** After some 300 milliseconds. */
    | 'answers-slowly'
    | 'throws'
    | 'rejects'
    | 'returns-string'
    | 'returns-nothing';
  /** The origins that it answers `true` for; every other one gets `false`. */
  readonly allow: readonly string[];
}

/** What the target is configured with. */
export type ScenarioSetup =
  /** One policy for every request. */
  | { readonly kind: 'policy'; readonly policy: ScenarioPolicy }
  /**
   * A policy chosen for each request by its first path segment (`/a/ok` is the route `/ok` under the
   * policy `a`); `false` means that the request is left without CORS. `when: 'later'` chooses
   * asynchronously; `when: 'throws'` is a choice that fails.
   */
  | {
      readonly kind: 'chosen';
      readonly when: 'now' | 'later' | 'throws';
      readonly policies: Readonly<Record<string, ScenarioPolicy | false>>;
    }
  /** Two policies that both apply to every request: `outer` first. */
  | { readonly kind: 'stacked'; readonly outer: ScenarioPolicy; readonly inner: ScenarioPolicy }
  /** Options that the target must refuse: starting it must fail. The value may be no JSON. */
  | { readonly kind: 'refused'; readonly options: unknown };

/** One situation: a configured server with the test application (see `application.ts`) behind it. */
export interface Scenario {
  readonly id: string;
  /** One sentence, for reports. */
  readonly description: string;
  readonly setup: ScenarioSetup;
  /** What the target's hook for decisions does: note them for `/log` (the default), throw, or reject. */
  readonly onDecision?: 'throws' | 'rejects';
  /** Bytes of request head that the server must accept; more than the platform's default. */
  readonly maxHeaderSize?: number;
  /** To refuse to start is as good an answer as any that its audits accept. */
  readonly mayBeRefused?: true;
}
