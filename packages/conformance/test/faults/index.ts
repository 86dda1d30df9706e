/** Every fault. In memory they are quick, so all that can be shown there is. */
import { applicationFieldFaults } from './application-fields.js';
import { broadFaults } from './broad.js';
import { classificationFaults } from './classification.js';
import { credentialsFaults } from './credentials.js';
import { denialFaults } from './denials.js';
import { echoedHeaderFaults } from './echoed-headers.js';
import { echoedMethodFaults } from './echoed-methods.js';
import { exposedHeaderFaults } from './exposed-headers.js';
import type { Fault } from './fault.js';
import { headFaults } from './heads.js';
import { hostileFaults } from './hostile.js';
import { methodFaults } from './methods.js';
import { operatorFaults } from './operators.js';
import { optionFaults } from './options.js';
import { originsLetInByForm } from './origins-by-form.js';
import { originsLetInByName } from './origins-by-name.js';
import { lockingOriginsOut } from './origins-locked-out.js';
import { policyFaults } from './policies.js';
import { predicateFaults } from './predicates.js';
import { preflightFaults } from './preflights.js';
import { reconfigureFaults } from './reconfiguring.js';
import { replyFaults } from './replies.js';
import { requestHeaderFaults } from './request-headers.js';
import { stateFaults } from './state.js';
import { varyFaults } from './vary.js';
import { wireFaults } from './wire.js';
import { writeHeadFaults } from './write-head.js';

/** Who is let in, and with what. */
export const decisionFaults: readonly Fault[] = [
  ...broadFaults,
  ...classificationFaults,
  ...preflightFaults,
  ...originsLetInByName,
  ...originsLetInByForm,
  ...lockingOriginsOut,
  ...denialFaults,
  ...credentialsFaults,
  ...methodFaults,
  ...echoedMethodFaults,
  ...requestHeaderFaults,
  ...echoedHeaderFaults,
];

/** What leaves, under which policy, and who is told. */
export const replyAndPolicyFaults: readonly Fault[] = [
  ...exposedHeaderFaults,
  ...varyFaults,
  ...replyFaults,
  ...applicationFieldFaults,
  ...stateFaults,
  ...predicateFaults,
  ...policyFaults,
  ...reconfigureFaults,
  ...operatorFaults,
  ...optionFaults,
];

/** What only a socket shows. */
export const socketFaults: readonly Fault[] = [
  ...wireFaults,
  ...hostileFaults,
  ...headFaults,
  ...writeHeadFaults,
];
