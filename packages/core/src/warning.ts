/**
 * Warnings: what a running adapter has to say to whoever wrote the program.
 */

/** A warning that an adapter shows once, in its platform's way. */
export interface CorsWarning {
  /** Stable: a heading in `docs/errors.md`. */
  readonly code:
    | 'CORS_HEADER_REPLACED'
    | 'CORS_POLICY_CONFLICT'
    | 'CORS_HOOK_FAILED'
    | 'CORS_DECISION_FAILED';
  readonly message: string;
}

/** Shows a warning, unless one of its code was shown. */
export type WarnOnce = (code: CorsWarning['code'], message: string) => void;

/** The first of each code goes to `warn`: they tell of mistakes in a program, not of requests. */
export function warnOnce(warn: (warning: CorsWarning) => void): WarnOnce {
  const shown = new Set<string>();
  return (code, message) => {
    if (shown.has(code)) return;
    shown.add(code);
    warn({ code, message });
  };
}
