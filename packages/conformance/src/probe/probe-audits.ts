/**
 * Every audit that can judge a server from outside, of which nothing is known but its address and whom
 * it should let in. They are as the suite's own, and so are their reports.
 */
import type { Audit } from '../audit.js';
import type { Scenario } from '../scenario.js';
import { probeScenarioId } from './ask.js';
import { denialAudits } from './probe-denials.js';
import { grantAudits } from './probe-grants.js';
import { hostileAudits } from './probe-hostile.js';
import { type ProbeOptions, probeSubject } from './probe-options.js';
import { replyAudits } from './probe-replies.js';

/** The audits of a probe, in the order in which they are reported. */
export function probeAudits(options: ProbeOptions): readonly Audit[] {
  const subject = probeSubject(options);
  return [
    ...grantAudits(subject),
    ...replyAudits(subject),
    ...denialAudits(subject),
    ...hostileAudits(subject),
  ];
}

/** The scenario of a probe: what its operator says of the server. */
export function probeScenario({
  allowedOrigin,
  deniedOrigin,
  credentials = false,
}: ProbeOptions): Scenario {
  return {
    id: probeScenarioId,
    description: `A server that lets in ${allowedOrigin}${deniedOrigin === undefined ? ' and everyone else' : ''}${credentials ? ' with cookies' : ''}.`,
    setup: {
      kind: 'policy',
      policy: { origin: deniedOrigin === undefined ? '*' : [allowedOrigin], credentials },
    },
  };
}
