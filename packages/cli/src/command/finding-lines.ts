/**
 * A finding as lines: the code, the cause, the fix for any server, and that for ours.
 */
import { VERDICTS, type VerdictCode } from '@cors/browser';

import type { Finding } from '../check-request.js';
import { type Line, line } from './output.js';

/**
 * What a finding says, below a headline.
 *
 * @param ownInFull - All that the request needs, where more is known than the one thing that failed.
 */
export function findingLines(
  { code, cause, fix, clause }: Finding,
  own: string | null,
  ownInFull: readonly Line[] = [],
): Line[] {
  const { chromium = null, firefox = null } = code in VERDICTS ? VERDICTS[code as VerdictCode] : {};
  const names = [
    ...(chromium === null ? [] : [`Chromium calls it ${chromium}`]),
    ...(firefox === null ? [] : [`Firefox calls it ${firefox}`]),
  ];
  return [
    line(`  Cause      ${cause}`),
    ...(fix === null ? [] : [line(`  Fix        ${fix}`, 'bold')]),
    ...(own === null ? [] : [line(`  With @cors ${own}`, 'bold')]),
    ...ownInFull,
    ...(names.length === 0 ? [] : [line(`  Known as   ${names.join('; ')}`, 'dim')]),
    line(`  Standard   ${clause}`, 'dim'),
  ];
}
