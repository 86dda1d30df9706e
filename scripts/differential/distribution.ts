/**
 * What became of the requests of a run, counted: exchanges of which nearly all die at the same check
 * would test little else.
 */
import type { Observation } from './observation.js';

/** The counts, one line each, the largest first. */
export function describeDistribution(observations: readonly Observation[]): string {
  const counts = new Map<string, number>();
  for (const observation of observations) {
    const kind = kindOf(observation);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return Array.from(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => {
      const share = ((100 * count) / observations.length).toFixed(1);
      return `${String(count).padStart(7)} ${share.padStart(5)} %  ${kind}`;
    })
    .join('\n');
}

function kindOf({ outcome, requests, chromium, firefox }: Observation): string {
  const preflights = requests.filter(({ isPreflight }) => isPreflight).length;
  const sent = preflights > 0 ? ', preflighted' : '';
  if (outcome !== 'blocked') return `${outcome}${sent}`;
  // Firefox's message has the reason in brackets; the values that it quotes do not matter here.
  const reason =
    chromium?.corsError ??
    /\(Reason: ([^\n]*?)\)\./.exec(firefox?.[0] ?? '')?.[1]?.replace(/‘(?!Access-)[^’]*’/g, '…');
  return `${outcome}${sent}: ${reason ?? 'not because of CORS'}`;
}
