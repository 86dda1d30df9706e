/**
 * The application's log: what a target noted about itself, so that audits can judge what no header
 * shows: whom the predicate was asked about, what was decided, what was reported.
 *
 * `GET /log` answers it as JSON and empties it, so that each audit reads only its own part.
 * Requests for `/log` are never noted themselves.
 */

/** A decision as the target's own hook was told it. */
export interface LoggedDecision {
  readonly kind: string;
  readonly allowed: boolean;
  readonly reason: string;
  /** The request's path, as received. */
  readonly path: string;
}

/** A warning that the target gave its operator. */
export interface LoggedReport {
  readonly code: string;
  readonly message: string;
}

/** What `GET /log` answers. */
export interface ApplicationLog {
  /** The origins that the predicate was asked about, in order. */
  readonly asked: readonly string[];
  readonly decisions: readonly LoggedDecision[];
  readonly reports: readonly LoggedReport[];
}

/** The log of one started server, on the target's side. */
export interface ApplicationLogBook {
  readonly asked: (origin: string) => void;
  readonly decided: (decision: LoggedDecision) => void;
  readonly reported: (report: LoggedReport) => void;
  /** Gives what was noted and empties the book. */
  readonly read: () => ApplicationLog;
}

/** The most entries of each kind that a book keeps: a flood of requests must not fill the memory. */
const MOST_ENTRIES = 10_000;

/** Opens an empty log book: one for each started server. */
export function openLogBook(): ApplicationLogBook {
  let asked: string[] = [];
  let decisions: LoggedDecision[] = [];
  let reports: LoggedReport[] = [];
  return {
    asked: (origin) => {
      if (asked.length < MOST_ENTRIES) asked.push(origin);
    },
    decided: (decision) => {
      if (decisions.length < MOST_ENTRIES && !isLogPath(decision.path)) decisions.push(decision);
    },
    reported: (report) => {
      if (reports.length < MOST_ENTRIES) reports.push(report);
    },
    read: () => {
      const noted = { asked, decisions, reports };
      asked = [];
      decisions = [];
      reports = [];
      return noted;
    },
  };
}

/** Whether a path is that of the log, under whatever policy. */
function isLogPath(path: string): boolean {
  const end = path.indexOf('?');
  return (end < 0 ? path : path.slice(0, end)).endsWith('/log');
}

/**
 * Reads what a target answered on `/log`.
 *
 * @throws a `SyntaxError` or `TypeError` when it is not the documented JSON.
 */
export function parseApplicationLog(json: string): ApplicationLog {
  const value: unknown = JSON.parse(json);
  if (!isRecord(value)) throw new TypeError('the log is not an object');
  const { asked, decisions, reports } = value;
  if (!Array.isArray(asked) || !asked.every((origin) => typeof origin === 'string')) {
    throw new TypeError('`asked` is not a list of strings');
  }
  if (!Array.isArray(decisions) || !decisions.every(isDecision)) {
    throw new TypeError('`decisions` is not a list of { kind, allowed, reason, path }');
  }
  if (!Array.isArray(reports) || !reports.every(isReport)) {
    throw new TypeError('`reports` is not a list of { code, message }');
  }
  return { asked, decisions, reports };
}

function isDecision(value: unknown): value is LoggedDecision {
  return (
    isRecord(value) &&
    typeof value['kind'] === 'string' &&
    typeof value['allowed'] === 'boolean' &&
    typeof value['reason'] === 'string' &&
    typeof value['path'] === 'string'
  );
}

function isReport(value: unknown): value is LoggedReport {
  return (
    isRecord(value) && typeof value['code'] === 'string' && typeof value['message'] === 'string'
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
