/**
 * JavaScript values as JSON: a server must refuse a `Set`, a symbol or `NaN` among its options, so those
 * have to reach it. Every value is a list that begins with its kind. What is unknown here is an error:
 * it would arrive as something else.
 */

/** A value as JSON. */
export type Encoded = readonly [kind: string, ...parts: unknown[]];

/** Writes a value. @throws a `TypeError` for one that has no form here. */
export function encode(value: unknown): Encoded {
  switch (typeof value) {
    case 'undefined':
      return ['undefined'];
    case 'number':
      return ['number', String(value)];
    case 'bigint':
      return ['bigint', String(value)];
    case 'symbol':
      return ['symbol', value.description ?? ''];
    case 'function':
      // Of those, only what they are can be told: none is called before it is refused.
      return ['function'];
    case 'object':
      return value === null ? ['json', null] : encodeObject(value);
    default:
      return ['json', value];
  }
}

function encodeObject(value: object): Encoded {
  if (Array.isArray(value)) return ['array', value.map(encode)];
  if (value instanceof Set) return ['set', Array.from(value, encode)];
  if (value instanceof Map) return ['map', encode([...value])];
  if (value instanceof RegExp) return ['regexp', value.source, value.flags];
  if (value instanceof URL) return ['url', value.href];
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    throw new TypeError(`${Object.prototype.toString.call(value)} has no form in JSON`);
  }
  return ['object', Object.entries(value).map(([name, one]) => [name, encode(one)])];
}

/** Reads what {@link encode} wrote. */
export function decode([kind, first, second]: Encoded): unknown {
  switch (kind) {
    case 'undefined':
      return undefined;
    case 'number':
      return Number(first);
    case 'bigint':
      return BigInt(first as string);
    case 'symbol':
      return Symbol(first as string);
    case 'function':
      return () => true;
    case 'json':
      return first;
    case 'array':
      return (first as Encoded[]).map(decode);
    case 'set':
      return new Set((first as Encoded[]).map(decode));
    case 'map':
      return new Map(decode(first as Encoded) as [unknown, unknown][]);
    case 'regexp':
      return new RegExp(first as string, second as string);
    case 'url':
      return new URL(first as string);
    case 'object':
      return Object.fromEntries(
        (first as [string, Encoded][]).map(([name, one]) => [name, decode(one)]),
      );
    default:
      throw new TypeError(`There is no kind ${kind}`);
  }
}
