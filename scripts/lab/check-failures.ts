/**
 * Checks the lab's failures: the command finds the code and the cause, Chromium reports the same, and the
 * same request passes in both once the remedy is applied.
 */
import { bundleCommand, checkParameters, type CommandAnswer } from './cors-command.js';
import type { Failure } from './failure.js';
import type { LabBrowser, PageOutcome } from './lab-browser.js';
import { startLabChromium } from './lab-chromium.js';
import { type PageServers, startPages } from './pages.js';
import { playIn, startFailure } from './play-failure.js';

interface Setting {
  readonly ask: (parameters: readonly string[]) => Promise<CommandAnswer>;
  readonly browser: LabBrowser;
  readonly pages: PageServers;
}

interface Played {
  readonly outcome: PageOutcome;
  readonly answer: CommandAnswer;
}

/** Checks them all, and prints a line for each. @returns the exit code. */
export async function checkFailures(failures: readonly Failure[]): Promise<number> {
  const browser = await startLabChromium();
  const setting = { ask: bundleCommand(), browser, pages: await startPages() };
  let right = 0;
  for (const failure of failures) {
    const failing = await play(failure, setting, false);
    const wrong = wrongOf(failure, failing, await play(failure, setting, true));
    if (wrong.length === 0) right += 1;
    const time = `${String(Math.round(failing.answer.milliseconds)).padStart(5)} ms`;
    console.log(
      `${wrong.length === 0 ? 'ok   ' : 'wrong'} ${time}  ${failure.id}: ${failure.code}`,
    );
    for (const words of wrong) console.log(`                ${words}`);
  }
  await browser.close();
  await setting.pages.close();
  console.log(
    `\n${right} of ${failures.length} failures: the command's code and cause are right, ` +
      `chromium ${browser.version} reports the same, and the remedy works`,
  );
  return right === failures.length ? 0 : 1;
}

/** What is not as it should be, in words. */
function wrongOf(failure: Failure, failing: Played, mended: Played): readonly string[] {
  const { answer, outcome } = failing;
  const told = [answer.cause, ...answer.hidden];
  const expectations: readonly (readonly [isTrue: boolean, otherwise: string])[] = [
    [!outcome.works, 'Chromium lets the page have what it expects'],
    [
      outcome.corsError === failure.chromium,
      `Chromium reports ${outcome.corsError}, not ${failure.chromium}`,
    ],
    [answer.code === failure.code, `the command says ${answer.code}`],
    [told.some((text) => failure.cause.test(text)), `the cause is: ${answer.cause}`],
    [mended.outcome.works, 'the remedy does not work in Chromium'],
    [
      mended.outcome.corsError === null,
      `Chromium reports ${mended.outcome.corsError} all the same`,
    ],
    // The lab's certificates are nobody's, and the command minds.
    [
      failure.page.isSecure === true || mended.answer.code === 'allowed',
      `with the remedy, the command says ${mended.answer.code}`,
    ],
  ];
  return expectations.filter(([isTrue]) => !isTrue).map(([, otherwise]) => otherwise);
}

async function play(
  failure: Failure,
  { ask, browser, pages }: Setting,
  isMended: boolean,
): Promise<Played> {
  const running = await startFailure(failure, pages, isMended);
  try {
    const outcome = await playIn(browser, failure, running);
    const readsConsole = failure.by === 'why' && !isMended;
    const parameters = readsConsole
      ? ['why', outcome.messages[0] ?? '']
      : checkParameters(running.request);
    return { outcome, answer: await ask(parameters) };
  } finally {
    await running.servers.close();
  }
}
