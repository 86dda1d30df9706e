/**
 * The guard on every reply, whatever its audit asks: what no server may ever send.
 *
 * - No control character in a value, no field name that is no token: response splitting.
 *   https://www.rfc-editor.org/rfc/rfc9110#section-5.5
 * - One line of each single-valued CORS field: browsers join several and deny.
 *   https://fetch.spec.whatwg.org/#http-access-control-allow-origin
 *
 * A star beside Access-Control-Allow-Credentials is not among it: the standard gives it a meaning, no
 * credentials. Where it is unwanted, an audit says so.
 * https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
 */
import { printable } from '@cors/browser';

import type { WireResponse } from './audit.js';
import { type FieldLines, isToken, linesOf } from './field-syntax.js';
import { quoted } from './printable.js';

const SINGLE_VALUED = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Max-Age',
];

/** Says in sentences what is wrong with a reply by itself; empty when nothing is. */
export function replyGuardProblems(response: WireResponse): readonly string[] {
  return [
    ...headProblems(response.headers),
    ...response.interim.flatMap(({ headers, status }) =>
      headProblems(headers).map((problem) => `in the interim reply ${status}: ${problem}`),
    ),
  ];
}

function headProblems(headers: FieldLines): readonly string[] {
  const problems: string[] = [];
  for (const [name, value] of headers) {
    if (!isToken(name)) problems.push(`a field is named ${quoted(name)}, which is no token`);
    if (hasControlCharacter(value)) {
      problems.push(`${printable(name)} holds a control character: ${quoted(value)}`);
    }
  }
  for (const name of SINGLE_VALUED) {
    const lines = linesOf(headers, name);
    if (lines.length > 1)
      problems.push(`${name} has ${lines.length} lines: ${lines.map(quoted).join(' and ')}`);
  }
  return problems;
}

/** A tab is white space inside a value; every other control character has no place in one. */
function hasControlCharacter(value: string): boolean {
  return /[\u0000-\u0008\u000a-\u001f\u007f]/.test(value);
}
