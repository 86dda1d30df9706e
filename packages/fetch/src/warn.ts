/**
 * Warnings, where every runtime shows them.
 */
import type { CorsWarning } from '@cors/core';

/** Shows a warning on the console: for a handler's `warn`. */
export function warn({ code, message }: CorsWarning): void {
  console.warn(`[${code}] ${message}`);
}
