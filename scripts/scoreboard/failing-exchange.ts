/**
 * The exchange that shows a failure, in a few lines: what was asked, and those fields of the reply that
 * an audit looks at. Dates, lengths and the like differ from run to run, and explain nothing.
 */
import { printable } from '@cors/browser';
import type { AuditResult, RecordedExchange } from '@cors/conformance';
import { shortened } from '../../packages/conformance/src/printable.js';
import { steady, withoutPort } from './steady.js';

const MOST_VALUE = 100;
const MOST_LINES = 12;

const FIELDS = /^(?:access-control-.*|vary|location|allow|set-cookie|x-application|x-own)$/i;

/** The one whose reply was judged wrong; where the suite marks none, the last. */
export function failingExchange({
  exchanges,
}: Pick<AuditResult, 'exchanges'>): readonly string[] | undefined {
  const exchange = exchanges.find(({ isAtFault }) => isAtFault) ?? exchanges.at(-1);
  return exchange === undefined ? undefined : exchangeLines(exchange);
}

function exchangeLines({ request, response, error }: RecordedExchange): readonly string[] {
  return [
    `> ${value(request.method)} ${value(request.path)}`,
    ...fieldLines('>', request.headers),
    ...(response === undefined
      ? []
      : [
          `< ${response.status}`,
          ...fieldLines(
            '<',
            response.headers.filter(([name]) => FIELDS.test(name)),
          ),
        ]),
    ...(error === undefined ? [] : [`! ${steady(error)}`]),
  ];
}

function fieldLines(
  mark: string,
  headers: readonly (readonly [name: string, value: string])[],
): readonly string[] {
  const shown = headers
    .slice(0, MOST_LINES)
    .map(([name, text]) => `${mark} ${value(name)}: ${value(text)}`);
  const left = headers.length - shown.length;
  return left > 0 ? [...shown, `${mark} … (${left} more lines)`] : shown;
}

function value(text: string): string {
  return printable(shortened(withoutPort(text), MOST_VALUE));
}
