/**
 * Plays a failure of the lab in a browser: as it is, or mended.
 */
import { request as httpRequest } from 'node:http';
import type { PageRequest } from '@cors/browser';

import type { Failure, LabRequest, LabServers } from './failure.js';
import type { LabBrowser, PageOutcome } from './lab-browser.js';
import type { PageServers } from './pages.js';

/** A failure whose servers run, and what its page asks them for. */
export interface RunningFailure {
  readonly servers: LabServers;
  readonly request: PageRequest;
  readonly pageUrl: string;
}

/** Starts a failure's servers, and makes the requests that come before from elsewhere. */
export async function startFailure(
  failure: Failure,
  pages: PageServers,
  isMended: boolean,
): Promise<RunningFailure> {
  const page = pages.pageOf(failure);
  const servers = await failure.start(page, isMended);
  const asked = isMended ? (failure.mendedRequest ?? failure.request) : failure.request;
  if (typeof failure.before === 'object') await askFrom(failure.before.origin, servers.url);
  return {
    servers,
    request: pageRequest(asked, page.origin, servers.url),
    pageUrl: page.url,
  };
}

/** Plays it in a browser, whose page makes the requests that come before from itself. */
export async function playIn(
  browser: LabBrowser,
  failure: Failure,
  { servers, request, pageUrl }: RunningFailure,
): Promise<PageOutcome> {
  const page = await browser.open(pageUrl);
  try {
    if (failure.before === 'same-page') await page.ask(request, failure.works);
    servers.afterwards?.();
    return await page.ask(request, failure.works);
  } finally {
    await page.close();
  }
}

function pageRequest(
  { method, headers, credentials, body }: LabRequest,
  origin: string,
  url: string,
): PageRequest {
  return {
    origin,
    url,
    ...(method !== undefined && { method }),
    ...(headers !== undefined && { headers }),
    ...(credentials === true && { credentialsMode: 'include' }),
    ...(body !== undefined && { body: { content: body } }),
  };
}

/** A request as a browser sends it for a page of another origin. */
function askFrom(origin: string, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { headers: { Origin: origin } }, (response) => {
      response.resume().on('end', () => resolve());
    });
    sent.on('error', reject).end();
  });
}
