/**
 * A failure of the lab: real servers that block a page's request, and the same servers mended.
 */
import type { ChromiumCorsError, HeaderList, VerdictCode } from '@cors/browser';

/** What a page asks for, but for where. */
export interface LabRequest {
  readonly method?: string;
  readonly headers?: HeaderList;
  readonly credentials?: boolean;
  readonly body?: string;
}

/** Servers that were started for a failure. */
export interface LabServers {
  /** What the page asks for. */
  readonly url: string;
  /**
   * Turns what is there into what people meet: a policy that is changed after a browser has remembered
   * a preflight, say. Called after the requests of `before`.
   */
  readonly afterwards?: () => void;
  readonly close: () => Promise<void>;
}

/** Where the page is. */
export interface LabPage {
  /** As the browser serializes it; `null` in a sandboxed frame. */
  readonly origin: string;
  /** The page's own server. */
  readonly server: string;
}

/** One failure. */
export interface Failure {
  readonly id: string;
  /** In the words of who has it. */
  readonly title: string;
  /** What is mended, in a sentence. */
  readonly remedy: string;
  readonly page: {
    /** The host of the page; `app.example` when absent. */
    readonly host?: string;
    /** Whether the page is at `https:`. */
    readonly isSecure?: true;
    /** Whether the script runs in a sandboxed frame. */
    readonly isSandboxed?: true;
  };
  readonly start: (page: LabPage, isMended: boolean) => Promise<LabServers>;
  readonly request: LabRequest;
  /** What has to change in the page, where that is the remedy. */
  readonly mendedRequest?: LabRequest;
  /** Requests that were made before: of other origins for caches, of the same page for browsers'. */
  readonly before?: { readonly origin: string } | 'same-page';
  /** The verdict's code, or that of what is no verdict of CORS. */
  readonly code: VerdictCode | 'mixed-content';
  /** What the cause must say. */
  readonly cause: RegExp;
  readonly chromium: ChromiumCorsError | null;
  /**
   * Where the page is allowed to read, and yet gets nothing: an expression of `response` (and `text`) that
   * is false in the failing page, and true in the mended one.
   */
  readonly works?: string;
  /** By what it is found out: `check` asks the server, `why` reads what Chromium's console says. */
  readonly by: 'check' | 'why';
}
