/**
 * A finding as lines: the code, the cause, the fix for any server, and that for ours.
 */
import { VERDICTS, type VerdictCode } from '@cors/browser';

import type { Finding } from '../check-request.js';
import { type Line, line } from './output.js';

/** What a finding says, below a headline. */
export function findingLines({ code, cause, fix, clause }: Finding, own: string | null): Line[] {
  const { chromium = null, firefox = null } = code in VERDICTS ? VERDICTS[code as VerdictCode] : {};
  const names = [
    ...(chromium === null ? [] : [`Chromium calls it ${chromium}`]),
    ...(firefox === null ? [] : [`Firefox calls it ${firefox}`]),
  ];
  return [
    line(`  Cause      ${cause}`),
    ...(fix === null ? [] : [line(`  Fix        ${fix}`, 'bold')]),
    ...(own === null ? [] : [line(`  With @cors ${own}`, 'bold')]),
    ...(names.length === 0 ? [] : [line(`  Known as   ${names.join('; ')}`, 'dim')]),
    line(`  Standard   ${clause}`, 'dim'),
  ];
}
