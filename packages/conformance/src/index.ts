/**
 * `@cors/conformance`: judges any server's CORS over real HTTP, or a web-standard handler in memory.
 *
 * Provide a {@link Target}, and run it with {@link runAudits}, or under a test framework with
 * {@link registerAudits}.
 *
 * @packageDocumentation
 */
export {
  applicationHeader,
  handlerOrigin,
  matchRoute,
  ownCorsFields,
  type RouteMatch,
  splitPolicyName,
  statusFields,
  unknownRoute,
} from './application.js';
export { type ApplicationRoute, applicationRoutes } from './application-routes.js';
export {
  type ApplicationLog,
  type ApplicationLogBook,
  type LoggedDecision,
  type LoggedReport,
  openLogBook,
} from './application-log.js';
export type {
  Audit,
  AuditContext,
  Basis,
  Level,
  Step,
  WireRequest,
  WireResponse,
} from './audit.js';
export { AuditFailure } from './audit-failure.js';
export {
  type AuditDescription,
  type AuditError,
  type AuditOutcome,
  type AuditResult,
  countOutcomes,
  type OutcomeCounts,
  type RecordedExchange,
  type RunReport,
  type StaleEntry,
} from './audit-result.js';
export { audits } from './audits/index.js';
export { missingCapabilities, scenarioCapabilities } from './capabilities.js';
export { type Client, type ClientLimits, createClient, defaultClientLimits } from './client.js';
export { compare } from './compare.js';
export type { Exchange } from './exchange.js';
export type {
  DescribeMessage,
  DescriptionMessage,
  ListeningMessage,
  ReasonMessage,
  ReconfiguredMessage,
  ReconfigureMessage,
  StartMessage,
  SuiteMessage,
  TargetMessage,
} from './exec-messages.js';
export { type ExecOptions, execTarget } from './exec-target.js';
export type { ExpectedCors, ExpectedVerdict, Expectation } from './expectation.js';
export { fetchApplication, fetchErrorHandler, type FetchHandler } from './fetch-application.js';
export { HarnessError, type HarnessErrorOrigin } from './harness-error.js';
export {
  applyKnownFailing,
  type KnownFailing,
  type KnownFailure,
  readKnownFailing,
} from './known-failing.js';
export {
  type ApplicationOptions,
  nodeApplication,
  nodeErrorHandler,
  runNodeHandler,
} from './node-application.js';
export type { NodeHandler, NodeRequest, NodeResponse, NodeStream } from './node-messages.js';
export { nodeUpgrade, type NodeUpgradeRequest, type NodeUpgradeSocket } from './node-upgrade.js';
export { NotExpressibleError } from './not-expressible.js';
export {
  registerAudits,
  type RegisterOptions,
  type RegisterTest,
  type TestFunctions,
} from './register-audits.js';
export { probeAudits, probeScenario } from './probe/probe-audits.js';
export type { ProbeOptions } from './probe/probe-options.js';
export { probeTarget } from './probe/probe-target.js';
export { type ReportOptions, textReport, textResult } from './report.js';
export { jsonReport } from './report-json.js';
export { junitReport } from './report-junit.js';
export { markdownReport } from './report-markdown.js';
export { runAudits, type RunOptions } from './runner.js';
export type { Scenario, ScenarioPolicy, ScenarioPredicate, ScenarioSetup } from './scenario.js';
export {
  type OriginPredicate,
  originPredicate,
  type ScenarioOptions,
  scenarioOptions,
} from './scenario-options.js';
export { scenarios } from './scenarios.js';
export type { AuditSelection } from './select-audits.js';
export type { Address, Capability, RunningTarget, Target, TlsSettings } from './target.js';
export { TransportError, type TransportErrorCode } from './transport-error.js';
