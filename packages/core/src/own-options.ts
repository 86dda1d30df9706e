/**
 * Which properties of an options object count: its own, each read once. Whatever else it inherits is
 * no option, least of all what a polluted `Object.prototype` holds.
 */
import type { ReportProblem } from './problem.js';

/**
 * A copy of an object's own properties. An option that it inherits, as an instance of a class with
 * getters does, would be lost without a word, so it is a problem.
 *
 * @param names - Those of the options that there are.
 * @throws Whatever reading the object throws.
 */
export function copyOwnOptions(
  options: object,
  names: readonly string[],
  report: ReportProblem,
): Record<string, unknown> {
  const own = Object.assign(Object.create(null) as Record<string, unknown>, options);
  for (const name of names) {
    if (name in own || !(name in options) || name in Object.prototype) continue;
    // What is wrong with its value is told as well.
    own[name] = (options as Record<string, unknown>)[name];
    const fix = `write \`${name}\` on the object itself.`;
    report('option-unreadable', name, own[name], 'only own, enumerable properties are read', fix);
  }
  return own;
}
