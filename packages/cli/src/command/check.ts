/**
 * `cors check`: asks a real server what a browser would ask it, and says what the browser concludes.
 */
import { printable } from '@cors/browser';

import { type Check, checkRequest } from '../check-request.js';
import { checkJson, checkLines, exitCodeOf } from './check-report.js';
import type { ExitCode } from './exit-code.js';
import { networkSend } from './network-send.js';
import { type Line, line, print } from './output.js';
import { type GivenRequest, givenRequest, type RequestFlags } from './page-request.js';
import { UsageError } from './usage-error.js';

/** The options of `cors check`. */
export interface CheckFlags extends RequestFlags {
  readonly send?: boolean | undefined;
  readonly timeout: number;
  readonly json?: boolean | undefined;
}

/** Runs `cors check`. */
export async function check(url: string | undefined, flags: CheckFlags): Promise<ExitCode> {
  const given = givenRequest(url, flags);
  const result = await askServer(given, flags);
  print([...leftOutLines(given), ...checkLines(result)], checkJson(result), flags.json === true);
  return exitCodeOf(result);
}

/** Sends a page's request as a browser would. What cannot be sent is an error, and none of the server's. */
export async function askServer(
  { page, cookie }: GivenRequest,
  { browser, send, timeout }: Pick<CheckFlags, 'browser' | 'send' | 'timeout'>,
): Promise<Check> {
  const sender = { origin: page.origin, url: page.url, cookie };
  const result = await checkRequest(page, {
    send: networkSend(sender, timeout),
    profile: browser,
    sendsAll: send === true,
  });
  const failure = result.transcript.failure?.failure;
  if (failure?.reason === 'network-failure' && failure.error instanceof UsageError) {
    throw failure.error;
  }
  return result;
}

function leftOutLines({ leftOut }: GivenRequest): Line[] {
  const names = leftOut.filter((name) => !/^(?:origin|cookie|referer)$/i.test(name));
  return names.length === 0
    ? []
    : [
        line(
          `Left out, since browsers set it themselves: ${names.map(printable).join(', ')}.`,
          'dim',
        ),
      ];
}
