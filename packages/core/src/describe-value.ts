/**
 * Values in messages: short, on one line, unforgeable, whatever the value is.
 */

const MAX_LENGTH = 80;

/**
 * The value as one would write it in code, shortened. Control characters and everything outside
 * ASCII are escaped, so that a hostile value can neither break a log line nor pass for another
 * value. Never throws and never runs the value's own code.
 */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'function') return 'a function';
  // 256 bits are 77 digits.
  if (typeof value === 'bigint')
    return BigInt.asIntN(256, value) === value ? `${String(value)}n` : 'a huge bigint';
  if (typeof value === 'symbol') return 'a symbol';
  if (typeof value !== 'object' || value === null)
    return Object.is(value, -0) ? '-0' : String(value);
  try {
    if (Array.isArray(value)) return describeList(value);
    const tag = Object.prototype.toString.call(value).slice('[object '.length, -1);
    return tag === 'Object' ? 'an object' : `a ${quote(tag).slice(1, -1)}`;
  } catch {
    return 'an unreadable value';
  }
}

/** The first few members, strings as they are. */
function describeList(list: readonly unknown[]): string {
  const shown = list.slice(0, 3).map((member) => {
    return Array.isArray(member) ? 'a list' : describeValue(member);
  });
  return `[${shown.join(', ')}${list.length > shown.length ? ', …' : ''}]`;
}

/** A string in single quotes, escaped, cut after 80 characters. */
export function quote(text: string): string {
  const cut = text.length > MAX_LENGTH;
  const rest = cut ? `… (${String(text.length)} characters)` : '';
  return quoteWhole(text.slice(0, MAX_LENGTH)) + rest;
}

/** A string in single quotes, escaped: for advice, which must be right when it is pasted. */
export function quoteWhole(text: string): string {
  return `'${escape(text).replace(/'/g, "\\'")}'`;
}

/** What makes a list of a string that holds one with commas. */
export const SPLIT = "`value.split(',').map((s) => s.trim())`";

/** A string without quotes, escaped, cut after 80 characters. */
export function escapeText(text: string): string {
  return escape(text.slice(0, MAX_LENGTH));
}

/** A line that was put together of texts of any kind: what would break it, or hide, is escaped. */
export function escapeLine(text: string): string {
  return text.replace(UNPRINTABLE, escapeUnit);
}

function escape(text: string): string {
  return JSON.stringify(text).slice(1, -1).replace(/\\"/g, '"').replace(UNPRINTABLE, escapeUnit);
}

const UNPRINTABLE = /[^\x20-\x7e]/g;

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * What an error says, quoted, and where it came from. Never throws: people throw the strangest
 * things. Only the message can hold what a request brought, so only it is quoted.
 */
export function describeError(error: unknown): string {
  try {
    const { message, stack } = error as { readonly message?: unknown; readonly stack?: unknown };
    const frames = typeof stack === 'string' ? (stack.match(/^ +at .*$/gm) ?? []) : [];
    return [describeValue(message), ...frames].join('\n');
  } catch {
    return 'an unreadable error';
  }
}
