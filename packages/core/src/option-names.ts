/**
 * The names of options, and what a name that is none of them was probably meant to be.
 */

/** Every option that there is. */
export const OPTION_NAMES = [
  'origin',
  'credentials',
  'methods',
  'allowedHeaders',
  'exposedHeaders',
  'maxAge',
  'preflightContinue',
  'optionsSuccessStatus',
  'dangerouslyAllowInsecureOrigins',
  'dangerouslyAllowPublicSuffixes',
  'dangerouslyAllowNullOrigin',
] as const;

/** The name of an option. */
export type OptionName = (typeof OPTION_NAMES)[number];

/** Names that other packages use, without case and separators. */
const OTHER_NAMES: Readonly<Record<string, OptionName>> = {
  origins: 'origin',
  alloworigin: 'origin',
  alloworigins: 'origin',
  allowedorigin: 'origin',
  allowedorigins: 'origin',
  whitelist: 'origin',
  allowmethods: 'methods',
  allowedmethods: 'methods',
  headers: 'allowedHeaders',
  allowheaders: 'allowedHeaders',
  exposeheaders: 'exposedHeaders',
  allowcredentials: 'credentials',
  supportscredentials: 'credentials',
  withcredentials: 'credentials',
  accesscontrolmaxage: 'maxAge',
  optionssuccesscode: 'optionsSuccessStatus',
  statuscode: 'optionsSuccessStatus',
};

/** Options of other packages that have no counterpart, and why. */
const WITHOUT_COUNTERPART: Readonly<Record<string, string>> = {
  ondecision: 'leave it out here: it is an option of the adapters, not of a policy',
  policy: 'leave it out here: it is an option of the adapters, not of a policy',
  onerror: 'leave it out here: it is an option of `@cors/fetch`, not of a policy',
  preflight: 'leave it out: preflights are always answered; `preflightContinue` passes them on',
  strictpreflight:
    'leave it out: only OPTIONS with Origin and Access-Control-Request-Method is a preflight',
  hook: 'leave it out: the headers are applied when the head of the reply is written',
  hideoptionsroute: 'leave it out: no OPTIONS route is added',
  cachecontrol: 'leave it out: set Cache-Control in the application',
  delegator: 'leave it out: give the adapter `policy`, a function of the request',
  keepheadersonerror: 'leave it out: the headers are on every reply, errors too',
  securecontext:
    'leave it out: set the Cross-Origin-Opener- and -Embedder-Policy headers in the application',
  privatenetworkaccess: 'leave it out: browsers ask for a permission now, not with a header',
};

/** What to write instead of an unknown option, or null when nothing is like it. */
export function suggestOption(name: string): string | null {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  const instead =
    (Object.hasOwn(OTHER_NAMES, plain) ? OTHER_NAMES[plain] : undefined) ??
    OPTION_NAMES.find((known) => isAlike(known.toLowerCase(), plain));
  if (instead !== undefined) return `write \`${instead}\``;
  return Object.hasOwn(WITHOUT_COUNTERPART, plain) ? (WITHOUT_COUNTERPART[plain] ?? null) : null;
}

/** Whether two names differ by at most two letters left out, put in or changed. */
function isAlike(known: string, given: string): boolean {
  const atMost = known.length > 7 ? 2 : 1;
  if (Math.abs(known.length - given.length) > atMost) return false;
  let previous = Array.from({ length: given.length + 1 }, (_, index) => index);
  for (let row = 1; row <= known.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= given.length; column += 1) {
      const change = known.charAt(row - 1) === given.charAt(column - 1) ? 0 : 1;
      current.push(
        Math.min(
          (previous[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (previous[column - 1] ?? 0) + change,
        ),
      );
    }
    previous = current;
  }
  return (previous[given.length] ?? Infinity) <= atMost;
}
