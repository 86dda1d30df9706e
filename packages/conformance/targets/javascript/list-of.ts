/** A policy's lists, for options that are lists of names. */
import type { ScenarioPolicy } from '@cors/conformance';

/** The names; a star is a list that holds only that. */
export function listOf(names: '*' | readonly string[] = []): string[] {
  return names === '*' ? ['*'] : [...names];
}

/** For libraries that take an empty list of request headers for whatever is asked for. */
export function atLeastOneHeader({ allowedHeaders }: ScenarioPolicy): string[] {
  // Every page may send Accept anyway.
  return allowedHeaders === undefined ? ['Accept'] : listOf(allowedHeaders);
}
