/**
 * In the page: makes the requests as an application's script would, and notes what it sees. Nothing
 * may be imported here but types.
 */
import type { PageRequest } from '@cors/browser';
import type { Outcome } from '../../differential/observation.js';

/** Steps of one exchange that pages of one origin make. */
export interface PageTask {
  readonly id: string;
  readonly steps: readonly PageStep[];
}

/** One of them. */
interface PageStep {
  readonly step: number;
  readonly wait: number;
  readonly request: PageRequest;
  /** Whether the server must be told, since the exchange has more than one step. */
  readonly isAnnounced: boolean;
}

/** What the script sees. */
export interface PageResult {
  readonly id: string;
  readonly step: number;
  readonly outcome: Outcome;
  readonly status: number | null;
  readonly headerNames: readonly string[];
  readonly redirected: boolean | null;
  readonly responseType: string | null;
  readonly problem?: string;
}

type Seen = Omit<PageResult, 'id' | 'step'>;

const NOTHING = { status: null, headerNames: [], redirected: null, responseType: null } as const;

declare global {
  // `var` is how a global is declared.
  var playTasks: typeof play;
}
globalThis.playTasks = play;

/** Plays tasks, some at a time. @returns JSON, which every automation protocol carries alike. */
async function play(
  tasks: readonly PageTask[],
  concurrency: number,
  timeout: number,
): Promise<string> {
  const results: PageResult[] = [];
  const left = [...tasks];
  const work = async (): Promise<void> => {
    for (let task = left.shift(); task !== undefined; task = left.shift()) {
      let before: Outcome | undefined;
      for (const step of task.steps) {
        const result = await playStep(task.id, step, before, timeout);
        results.push(result);
        before = result.outcome;
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return JSON.stringify(results);
}

async function playStep(
  id: string,
  { step, wait, request, isAnnounced }: PageStep,
  before: Outcome | undefined,
  timeout: number,
): Promise<PageResult> {
  if (isAnnounced) {
    const blocked = String(before === 'blocked');
    await fetch(
      `${location.origin === 'null' ? location.href : '/page/'}step?exchange=${id}&step=${step}&blocked=${blocked}`,
    );
  }
  if (wait > 0) await sleep(wait);
  const played = request.api === 'xhr' ? sendXhr(request) : sendFetch(request);
  const hung = sleep(timeout).then(
    (): Seen => ({ ...NOTHING, outcome: 'not-observed', problem: `nothing within ${timeout} ms` }),
  );
  return { id, step, ...(await Promise.race([played, hung])) };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function sendFetch(request: PageRequest): Promise<Seen> {
  const init: RequestInit = {
    ...(request.method === undefined ? {} : { method: request.method }),
    ...(request.headers === undefined ? {} : { headers: request.headers.map(([...pair]) => pair) }),
    ...(request.mode === undefined ? {} : { mode: request.mode }),
    ...(request.credentialsMode === undefined ? {} : { credentials: request.credentialsMode }),
    ...(request.redirectMode === undefined ? {} : { redirect: request.redirectMode }),
    ...(request.referrerPolicy === undefined ? {} : { referrerPolicy: request.referrerPolicy }),
  };
  try {
    // fetch() gives a TypeError for both: what throws here has sent nothing.
    new Request(request.url, { ...init, ...bodyOf(request) });
  } catch (error) {
    return threw(error);
  }
  try {
    const response = await fetch(request.url, { ...init, ...bodyOf(request) });
    const headerNames = Array.from(response.headers.keys());
    const { status, redirected, type } = response;
    // Read to its end, so that the connection can be used again.
    await response.arrayBuffer().catch(() => undefined);
    const outcome = type === 'opaque' || type === 'opaqueredirect' ? type : 'readable';
    return { outcome, status, headerNames, redirected, responseType: type };
  } catch {
    return { ...NOTHING, outcome: 'blocked' };
  }
}

function sendXhr(request: PageRequest): Promise<Seen> {
  return new Promise((resolve) => {
    const xhr = new XMLHttpRequest();
    try {
      xhr.open(request.method ?? 'GET', request.url);
      xhr.withCredentials = request.credentialsMode === 'include';
      for (const [name, value] of request.headers ?? []) xhr.setRequestHeader(name, value);
      if (request.uploadListener === true) {
        xhr.upload.addEventListener('progress', () => undefined);
      }
      xhr.onload = () => {
        resolve({
          outcome: 'readable',
          status: xhr.status,
          headerNames: xhr
            .getAllResponseHeaders()
            .split('\r\n')
            .filter((line) => line !== '')
            .map((line) => line.slice(0, line.indexOf(':'))),
          redirected: xhr.responseURL !== withoutFragment(request.url),
          responseType: null,
        });
      };
      xhr.onerror = () => resolve({ ...NOTHING, outcome: 'blocked' });
      xhr.send((bodyOf(request).body as XMLHttpRequestBodyInit | undefined) ?? null);
    } catch (error) {
      resolve(threw(error));
    }
  });
}

function threw(error: unknown): Seen {
  return { ...NOTHING, outcome: 'type-error', problem: String(error) };
}

function withoutFragment(url: string): string {
  const parsed = new URL(url);
  parsed.hash = '';
  return parsed.href;
}

/** Each type comes from the kind of body that brings it. */
function bodyOf({ body }: PageRequest): { body?: BodyInit; duplex?: 'half' } {
  if (body === undefined || body === null) return {};
  const { content, contentType = 'text/plain;charset=UTF-8' } = body;
  if (body.isStream === true) {
    return { body: new Blob([content]).stream(), duplex: 'half' };
  }
  switch (contentType) {
    case null:
      return { body: new TextEncoder().encode(content) };
    case 'text/plain;charset=UTF-8':
      return { body: content };
    case 'application/x-www-form-urlencoded;charset=UTF-8':
      return { body: new URLSearchParams(content) };
    default:
      return { body: new Blob([content], { type: contentType }) };
  }
}
