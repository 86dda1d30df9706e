/**
 * State about one request or response that several adapters must see: also when one of them came
 * from the ES module copy of a package and the other from its CommonJS copy, which share no module.
 */

/**
 * The one weak map of this name in the program. It holds nothing alive.
 *
 * @param name - As `@cors/node.commitments`: by package, since its values have no other contract.
 */
export function sharedWeakMap<Key extends object, Value>(name: string): WeakMap<Key, Value> {
  const key = Symbol.for(name);
  const program = globalThis as { [key: symbol]: WeakMap<Key, Value> | undefined };
  return (program[key] ??= new WeakMap<Key, Value>());
}
