/**
 * Warnings, in Node's way.
 */
import type { CorsWarning } from '@cors/core';

/** Shows a warning on stderr, unless the process listens for it: for a handler's `warn`. */
export function warn({ code, message }: CorsWarning): void {
  process.emitWarning(message, { type: 'CorsWarning', code });
}
