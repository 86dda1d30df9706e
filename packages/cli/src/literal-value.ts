/**
 * Literal values: what an expression of JavaScript is, read and never run.
 */
import type { AnyNode } from 'acorn';

/** A value; where the text does not tell, its source. */
export type Literal =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Literal[]
  | LiteralObject
  | Unknown;

/** An object, its properties in order. */
export interface LiteralObject {
  readonly kind: 'object';
  /** What was called to make it: `Headers`, `URLSearchParams`, `FormData`; null for `{…}`. */
  readonly made: string | null;
  readonly entries: readonly (readonly [name: string, value: Literal])[];
  /** The source of what it has besides, and is not told. */
  readonly hidden: readonly string[];
}

/** An expression whose value only a run would tell. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly source: string;
}

/** Whether a value is an object's. */
export function isLiteralObject(value: Literal): value is LiteralObject {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'object';
}

/** Whether a value is not told. */
export function isUnknown(value: Literal): value is Unknown {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'unknown';
}

/** The value of an expression. */
export function literalValue(node: AnyNode, source: string): Literal {
  const unknown: Unknown = { kind: 'unknown', source: source.slice(node.start, node.end) };
  switch (node.type) {
    case 'Literal':
      return node.value instanceof RegExp || typeof node.value === 'bigint' ? unknown : node.value;
    case 'Identifier':
      return node.name === 'undefined' ? undefined : unknown;
    case 'TemplateLiteral':
      return templateText(node.quasis, node.expressions, source);
    case 'BinaryExpression': {
      const [left, right] = [literalValue(node.left, source), literalValue(node.right, source)];
      const isText = typeof left === 'string' && typeof right === 'string';
      return node.operator === '+' && isText ? left + right : unknown;
    }
    case 'UnaryExpression':
      return node.operator === '!' ? !literalValue(node.argument, source) : unknown;
    case 'ArrayExpression':
      return node.elements.map((each) => (each === null ? undefined : literalValue(each, source)));
    case 'ObjectExpression':
      return { kind: 'object', made: null, ...propertiesOf(node.properties, source) };
    case 'NewExpression':
      return made(node.callee, node.arguments, source) ?? unknown;
    case 'CallExpression': {
      const callee = source.slice(node.callee.start, node.callee.end);
      const [argument] = node.arguments;
      return callee === 'JSON.stringify' && argument !== undefined
        ? jsonText(literalValue(argument, source))
        : unknown;
    }
    default:
      return unknown;
  }
}

/** A template's text; what stands in its holes stays as it is written. */
function templateText(
  quasis: readonly { readonly value: { readonly cooked?: string | null } }[],
  expressions: readonly AnyNode[],
  source: string,
): string {
  return quasis
    .map(({ value }, index) => {
      const hole = expressions[index];
      return `${value.cooked ?? ''}${hole === undefined ? '' : `\${${source.slice(hole.start, hole.end)}}`}`;
    })
    .join('');
}

type Properties = Pick<LiteralObject, 'entries' | 'hidden'>;

function propertiesOf(properties: readonly AnyNode[], source: string): Properties {
  return gathered(
    properties.map((property) => {
      const hidden = source.slice(property.start, property.end);
      if (property.type !== 'Property') return hidden;
      const { key, value, computed } = property;
      const name = key.type === 'Identifier' && !computed ? key.name : literalValue(key, source);
      return typeof name === 'string' ? [name, literalValue(value, source)] : hidden;
    }),
  );
}

/** Entries, and the source of those that are not told. */
function gathered(all: readonly (string | readonly [string, Literal])[]): Properties {
  return {
    entries: all.flatMap((each) => (typeof each === 'string' ? [] : [each])),
    hidden: all.flatMap((each) => (typeof each === 'string' ? [each] : [])),
  };
}

/** `new Headers({…})` and the like: what they were made of. */
function made(callee: AnyNode, parameters: readonly AnyNode[], source: string): Literal | null {
  if (callee.type !== 'Identifier') return null;
  const { name } = callee;
  if (name === 'URL' && parameters[0] !== undefined) return literalValue(parameters[0], source);
  if (!['Headers', 'URLSearchParams', 'FormData', 'Blob', 'ReadableStream'].includes(name)) {
    return null;
  }
  const [first] = parameters.map((each) => literalValue(each, source));
  const { entries, hidden } = entriesOf(first);
  return { kind: 'object', made: name, entries, hidden };
}

/** The entries of an object, or of a list of pairs. */
export function entriesOf(value: Literal): Properties {
  if (isLiteralObject(value)) return value;
  if (isUnknown(value)) return { entries: [], hidden: [value.source] };
  if (!Array.isArray(value)) return { entries: [], hidden: [] };
  return gathered(
    (value as readonly Literal[]).map((pair) => {
      const [name, text] = Array.isArray(pair) ? (pair as readonly Literal[]) : [pair];
      if (typeof name === 'string') return [name, text];
      return isUnknown(name) ? name.source : 'a pair';
    }),
  );
}

/** What `JSON.stringify` makes of a value, with the source of what is not told as a text. */
function jsonText(value: Literal): string {
  return value === undefined ? '' : JSON.stringify(plain(value));
}

function plain(value: Literal): unknown {
  if (Array.isArray(value)) return (value as readonly Literal[]).map(plain);
  if (isUnknown(value)) return value.source;
  if (isLiteralObject(value)) {
    return Object.fromEntries(value.entries.map(([name, each]) => [name, plain(each)]));
  }
  return value;
}
