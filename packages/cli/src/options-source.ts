/**
 * Options as one writes them in code.
 */

/** A value as JavaScript, on several lines where one would be too long. */
export function sourceOf(value: unknown, indent = ''): string {
  if (typeof value === 'string') return `'${escaped(value)}'`;
  if (typeof value === 'function')
    return (sources.get(value) ?? String(value)).replace(/\n/g, `\n${indent}`);
  if (Array.isArray(value)) {
    const parts = (value as readonly unknown[]).map((each) => sourceOf(each, `${indent}  `));
    return wrapped('[', parts, ']', indent);
  }
  if (typeof value === 'object' && value !== null && !(value instanceof RegExp)) {
    const parts = Object.entries(value).map(
      ([name, each]) => `${name}: ${sourceOf(each, `${indent}  `)}`,
    );
    return wrapped('{ ', parts, ' }', indent);
  }
  return String(value);
}

const sources = new WeakMap<object, string>();

/** A function together with how one writes it. */
export function withSource<Function_ extends (...parameters: never[]) => unknown>(
  function_: Function_,
  source: string,
): Function_ {
  sources.set(function_, source);
  return function_;
}

const WIDTH = 90;

function wrapped(open: string, parts: readonly string[], close: string, indent: string): string {
  const line = `${open}${parts.join(', ')}${close}`;
  if (parts.length === 0 || (indent.length + line.length <= WIDTH && !line.includes('\n'))) {
    return line;
  }
  const inner = parts.map((part) => `${indent}  ${part},\n`).join('');
  return `${open.trim()}\n${inner}${indent}${close.trim()}`;
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'");
}
