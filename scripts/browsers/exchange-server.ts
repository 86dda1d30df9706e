/**
 * The one server behind every host: it serves the pages, answers exchanges as they plan it, and passes
 * on what is for servers of their own. The browser takes it for its proxy, so whatever else a browser
 * asks of the world ends here as well.
 */
import { forward, type LocalServers } from './forward.js';
import type { Http1Request } from './http1-request.js';
import { http1Reply } from './http1-reply.js';
import { PAGE_PATH, pageHeaders, pageFile } from './page-files.js';
import { RawServer } from './raw-server.js';
import type { RunningExchange } from './running-exchange.js';

/** The server, and the exchanges that it answers at present. */
export class ExchangeServer<Reason> {
  /** How long a blocked step waits for the browser's reason before the next step begins. */
  reasonMilliseconds = 0;
  /** Whether a step waits for that even if it was not blocked, lest what is said be taken for the next one's. */
  awaitsAll = false;
  private running: ReadonlyMap<string, RunningExchange<Reason>> = new Map();
  private server: RawServer | undefined;

  private constructor(private readonly servers: LocalServers) {}

  static async listen<Reason>(servers: LocalServers): Promise<ExchangeServer<Reason>> {
    const created = new ExchangeServer<Reason>(servers);
    created.server = await RawServer.listen((request) => created.answer(request));
    return created;
  }

  /** The address for the browser's proxy settings. */
  get port(): number {
    return this.server?.port ?? 0;
  }

  /** Takes other exchanges, in place of those before. */
  play(exchanges: ReadonlyMap<string, RunningExchange<Reason>>): void {
    this.running = exchanges;
  }

  /** The exchange that a URL, or a text with a URL in it, belongs to. */
  exchangeOf(text: string): RunningExchange<Reason> | undefined {
    const id = /\/x\/([\w-]+)\//.exec(text)?.[1];
    return id === undefined ? undefined : this.running.get(id);
  }

  async close(): Promise<void> {
    await this.server?.close();
  }

  private async answer(request: Http1Request): Promise<string | null> {
    // CONNECT, which has no URL: the browser's own business with the world.
    if (!request.target.startsWith('http://')) return null;
    const url = new URL(request.target);
    if (url.pathname === `${PAGE_PATH}/step`) {
      await this.beginStep(url.searchParams);
      return http1Reply(request.method, 204, pageHeaders(url), '');
    }
    if (url.pathname.startsWith(`${PAGE_PATH}/`)) {
      return http1Reply(request.method, 200, pageHeaders(url), pageFile(url.pathname));
    }
    const exchange = this.exchangeOf(url.pathname);
    const port = this.servers.get(url.host);
    if (port !== undefined) {
      const replied = exchange?.pass(request, url.href);
      const { bytes, headers } = await forward(request, port);
      replied?.(headers);
      return bytes;
    }
    const planned = exchange?.receive(request, url.href);
    return http1Reply(request.method, planned?.status ?? 404, planned?.headers ?? [], 'body');
  }

  /** The page asks before it begins a step; until it is told, the step before is not over. */
  private async beginStep(query: URLSearchParams): Promise<void> {
    const running = this.running.get(query.get('exchange') ?? '');
    if (running === undefined) return;
    if (this.awaitsAll || query.get('blocked') === 'true')
      await running.settled(this.reasonMilliseconds);
    running.step = Number(query.get('step'));
  }
}
