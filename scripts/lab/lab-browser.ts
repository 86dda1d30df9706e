/**
 * A real browser that opens the lab's pages, and what it says of a request that it blocks.
 */
import type { PageRequest } from '@cors/browser';

import { fetchCall } from '../blocked/fetch-call.js';

/** What came of a request in a page. */
export interface PageOutcome {
  /** Whether the page got a reply, and what it expects of it. */
  readonly works: boolean;
  /** Chromium's `corsErrorStatus`; null where it has none, and in Firefox. */
  readonly corsError: string | null;
  /** What the console says, once for each message. */
  readonly messages: readonly string[];
}

/** A page that is open. */
interface LabBrowserPage {
  /** Makes a request, and waits until the browser has said all about it. */
  readonly ask: (request: PageRequest, works: string | undefined) => Promise<PageOutcome>;
  readonly close: () => Promise<void>;
}

/** A browser. */
export interface LabBrowser {
  readonly name: 'chromium' | 'firefox';
  readonly version: string;
  /** Opens a page in a profile of its own, with empty caches. */
  readonly open: (url: string) => Promise<LabBrowserPage>;
  readonly close: () => Promise<void>;
}

/** An expression that makes the request, and gives whether it works. */
export function askExpression(request: PageRequest, works = 'true'): string {
  const call = fetchCall(request);
  return `(async () => {
    try {
      const response = await ${call};
      const text = await response.text();
      return Boolean(${works});
    } catch {
      return false;
    }
  })()`;
}
