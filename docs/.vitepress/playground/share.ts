/**
 * The state of the playground ↔ the part of its address behind `#`, which no server gets to see.
 */

/** What a person has written, as text. */
export interface PlaygroundState {
  readonly policy: string;
  readonly origin: string;
  readonly url: string;
  readonly method: string;
  /** One header a line, `Name: value`. */
  readonly headers: string;
  readonly credentials: boolean;
  readonly framework: string;
}

/** The state as text for an address. */
export function encodeState(state: PlaygroundState): string {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The state that a text stands for: what is missing or of the wrong type is as in `fallback`. */
export function decodeState(text: string, fallback: PlaygroundState): PlaygroundState {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const found: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof found !== 'object' || found === null) return fallback;
    const known = Object.entries(found).filter(
      ([name, value]) => typeof value === typeof fallback[name as keyof PlaygroundState],
    );
    return { ...fallback, ...(Object.fromEntries(known) as Partial<PlaygroundState>) };
  } catch {
    return fallback;
  }
}
