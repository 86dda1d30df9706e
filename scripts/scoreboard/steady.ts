/** Texts of a run as the next run has them too: safe to show, short, and without ports. */
import { defused } from '@cors/browser';
import { shortened } from '../../packages/conformance/src/printable.js';

const MOST = 300;

/** A sentence of a report. */
export function steady(text: string): string {
  return defused(shortened(withoutPort(text), MOST));
}

/** The port is a free one of this run. */
export function withoutPort(text: string): string {
  return text.replace(/\b(127\.0\.0\.1|localhost):\d{4,5}\b/g, '$1');
}
