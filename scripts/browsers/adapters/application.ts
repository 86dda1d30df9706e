/**
 * The application behind every adapter: what its handlers reply, and a journal of when they ran. It
 * knows nothing of CORS.
 */
import type { HeaderList } from '@cors/browser';

/** What a handler is called with. */
interface Call {
  readonly method: string;
  /** The path, with or without a query. */
  readonly url: string;
  readonly cookie: string | undefined;
  /** Parsed. */
  readonly body?: unknown;
}

/** What it replies. */
interface HandlerReply {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Replies; null where there is nothing, for the framework to say. It throws, too. */
export type Application = (call: Call) => HandlerReply | null;

/** What a handler throws, on purpose. */
export class PlannedFailure extends Error {}

const SESSION = 'session=abc';

/** Which handlers ran, by the scene that made them run. */
export class Journal {
  private readonly entries = new Map<string, string[]>();

  note(scene: string, entry: string): void {
    this.entries.set(scene, [...(this.entries.get(scene) ?? []), entry]);
  }

  /** What was noted of a scene since it was last asked for. */
  take(scene: string): readonly string[] {
    const taken = this.entries.get(scene) ?? [];
    this.entries.delete(scene);
    return taken;
  }
}

/**
 * An application for a server. Its paths are those of exchanges, `/x/<scene>/<resource>`.
 *
 * @param server - What the journal calls it; nothing for the first one.
 * @param otherOrigin - The server that it redirects to.
 */
export function application(journal: Journal, server: string, otherOrigin: string): Application {
  return ({ method, url, cookie, body }) => {
    const [, scene, resource] = /^\/x\/([\w-]+)\/([\w-]+)/.exec(url) ?? [];
    if (scene === undefined || resource === undefined) return null;
    const called = `${method} ${server}${resource}`;
    const handler = HANDLERS[`${method} ${resource}`];
    if (handler === undefined) return null;
    const what = [called, cookie, body === undefined ? undefined : JSON.stringify(body)];
    journal.note(scene, what.filter((each) => each !== undefined).join(' '));
    return handler({ base: `/x/${scene}/`, otherOrigin, isLoggedIn: cookie === SESSION });
  };
}

interface Context {
  readonly base: string;
  readonly otherOrigin: string;
  readonly isLoggedIn: boolean;
}

const TOTAL: HeaderList = [
  ['X-Total', '3'],
  ['X-Hidden', '1'],
];

const HANDLERS: Readonly<Record<string, (context: Context) => HandlerReply>> = {
  // The cookie is the scene's own: all are played at a time.
  'GET login': ({ base }) => ({
    status: 200,
    headers: [['Set-Cookie', `${SESSION}; Path=${base}; HttpOnly`]],
    body: { welcome: true },
  }),
  'GET notes': () => ({ status: 200, headers: TOTAL, body: { notes: ['milk'] } }),
  'PUT note': ({ isLoggedIn }) =>
    isLoggedIn
      ? { status: 200, headers: TOTAL, body: { saved: true } }
      : { status: 401, headers: [], body: { error: 'Log in first.' } },
  'DELETE note': () => ({ status: 200, headers: [], body: { deleted: true } }),
  'GET broken': () => {
    throw new PlannedFailure('The handler throws.');
  },
  'PUT broken': () => {
    throw new PlannedFailure('The handler throws.');
  },
  'GET moved': ({ base }) => redirect(302, `${base}notes`),
  'PUT moved': ({ base }) => redirect(307, `${base}note`),
  'GET away': ({ base, otherOrigin }) => redirect(302, `${otherOrigin}${base}notes`),
  'PUT away': ({ base, otherOrigin }) => redirect(307, `${otherOrigin}${base}note`),
};

function redirect(status: number, location: string): HandlerReply {
  return { status, headers: [['Location', location]], body: { moved: true } };
}
