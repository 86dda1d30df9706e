/**
 * Vary: whether a cache is told to keep a response for each origin apart.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.vary
 */

/** Whether a value of `Vary` names `Origin`, or `*`, which stands for everything. */
export function namesOrigin(vary: string): boolean {
  return /(^|[\s,])(origin|\*)([\s,]|$)/i.test(vary);
}
