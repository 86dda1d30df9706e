/**
 * Advice on valid options: what is allowed and need not be, and what costs more than it must. Least privilege:
 * what is not granted cannot be misused.
 */
import { isCorsSafelistedMethod, isCorsSafelistedResponseHeaderName } from '@cors/browser';
import { type CorsOptions, originMatcher, validateCorsOptions } from '@cors/core';

/** What the advice is about. */
export type AdviceCode =
  | 'max-age-missing'
  | 'max-age-zero'
  | 'origin-covered'
  | 'origin-local'
  | 'method-needs-no-listing'
  | 'methods-any'
  | 'header-needs-no-listing'
  | 'headers-any'
  | 'exposed-needs-no-listing'
  | 'exposed-any'
  | 'flag-unlocks-nothing'
  | 'preflight-continue';

/** A piece of advice. */
export interface OptionAdvice {
  readonly code: AdviceCode;
  /** Where in the options. */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

/**
 * Advice on valid options.
 *
 * @example
 * ```ts
 * import { adviseOptions } from '@cors/cli';
 *
 * const options = { origin: 'https://app.example.com', methods: ['GET', 'PUT'] };
 * console.log(adviseOptions(options).map(({ code }) => code));
 * // [ 'method-needs-no-listing', 'max-age-missing' ]
 * ```
 */
export function adviseOptions(options: CorsOptions): readonly OptionAdvice[] {
  return [
    ...originAdvice(options),
    ...methodAdvice(options),
    ...headerAdvice(options),
    ...exposedAdvice(options),
    ...maxAgeAdvice(options),
    ...flagAdvice(options),
  ];
}

function advice(code: AdviceCode, path: string, message: string, fix: string): OptionAdvice {
  return { code, path, message, fix };
}

/** The members of an option, with the place of each. */
function members(
  name: 'origin' | 'methods' | 'allowedHeaders' | 'exposedHeaders',
  options: CorsOptions,
): readonly (readonly [member: string, path: string])[] {
  const value = options[name];
  if (typeof value === 'string') return [[value, name]];
  if (!Array.isArray(value)) return [];
  return (value as readonly string[]).map((member, index) => [member, `${name}[${index}]`]);
}

function isAny(
  name: 'methods' | 'allowedHeaders' | 'exposedHeaders',
  options: CorsOptions,
): boolean {
  return members(name, options).some(([member]) => member === '*');
}

function originAdvice(options: CorsOptions): OptionAdvice[] {
  const listed = members('origin', options).filter(([member]) => member !== '*');
  return listed.flatMap(([member, path]) => {
    const by = listed.find(([other]) => other !== member && covers(other, member))?.[0];
    const isLocal = /^https?:\/\/(?:\*\.)?(?:localhost|127\.\d|\[::1\])/.test(member);
    return [
      ...(by === undefined
        ? []
        : [
            advice(
              'origin-covered',
              path,
              `'${member}' is allowed by '${by}' already.`,
              `Leave out '${member}', or '${by}' if you do not mean all of it.`,
            ),
          ]),
      ...(isLocal && listed.length > 1
        ? [
            advice(
              'origin-local',
              path,
              `'${member}' is the machine of whoever visits: what runs there may read replies, in production as well.`,
              'Add it in development alone.',
            ),
          ]
        : []),
    ];
  });
}

function covers(pattern: string, origin: string): boolean {
  return pattern.includes('*') && !origin.includes('*') && originMatcher(pattern)(origin);
}

function methodAdvice(options: CorsOptions): OptionAdvice[] {
  if (isAny('methods', options)) {
    const fix = "List those that your pages use, as ['PUT', 'DELETE'].";
    return [advice('methods-any', 'methods', 'Every method is allowed.', fix)];
  }
  return members('methods', options)
    .filter(([method]) => isCorsSafelistedMethod(method))
    .map(([method, path]) =>
      advice(
        'method-needs-no-listing',
        path,
        `'${method}' needs no permission: browsers send GET, HEAD and POST anyway.`,
        `Leave it out; it takes nothing away.`,
      ),
    );
}

/** @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header */
const SAFELISTED: ReadonlySet<string> = new Set(['accept', 'accept-language', 'content-language']);

function headerAdvice(options: CorsOptions): OptionAdvice[] {
  if (isAny('allowedHeaders', options)) {
    const fix = "List those that your pages set, as ['Content-Type'].";
    return [advice('headers-any', 'allowedHeaders', 'Every request header is allowed.', fix)];
  }
  return members('allowedHeaders', options)
    .filter(([name]) => SAFELISTED.has(name.toLowerCase()))
    .map(([name, path]) =>
      advice(
        'header-needs-no-listing',
        path,
        `'${name}' needs no permission, unless its value is of an odd form.`,
        'Leave it out.',
      ),
    );
}

function exposedAdvice(options: CorsOptions): OptionAdvice[] {
  if (isAny('exposedHeaders', options)) {
    const fix = "List those that your pages read, as ['ETag'].";
    return [advice('exposed-any', 'exposedHeaders', 'Every response header is exposed.', fix)];
  }
  return members('exposedHeaders', options)
    .filter(([name]) => isCorsSafelistedResponseHeaderName(name, new Set()))
    .map(([name, path]) =>
      advice(
        'exposed-needs-no-listing',
        path,
        `'${name}' can be read by every page that may read the response.`,
        'Leave it out.',
      ),
    );
}

function maxAgeAdvice(options: CorsOptions): OptionAdvice[] {
  const { maxAge, preflightContinue } = options;
  const isPreflighted =
    members('methods', options).some(([method]) => !isCorsSafelistedMethod(method)) ||
    members('allowedHeaders', options).length > 0;
  return [
    ...(maxAge === undefined && isPreflighted
      ? [
          advice(
            'max-age-missing',
            'maxAge',
            'There is no `maxAge`, so browsers ask again 5 seconds after a preflight.',
            'Add `maxAge: 600`: ten minutes, the most that Safari keeps.',
          ),
        ]
      : []),
    ...(maxAge === 0 && isPreflighted
      ? [
          advice(
            'max-age-zero',
            'maxAge',
            '`maxAge: 0` makes browsers ask before every request.',
            'Write `maxAge: 600`, or shorter while the policy changes.',
          ),
        ]
      : []),
    ...(preflightContinue === true
      ? [
          advice(
            'preflight-continue',
            'preflightContinue',
            'Preflights go on to the application, and fail where it answers them with an error or asks for a login.',
            'Leave it out, unless your application has something to say to them.',
          ),
        ]
      : []),
  ];
}

const FLAGS = [
  'dangerouslyAllowInsecureOrigins',
  'dangerouslyAllowPublicSuffixes',
  'dangerouslyAllowNullOrigin',
] as const;

/** A flag that nothing needs lies in wait for the next change. */
function flagAdvice(options: CorsOptions): OptionAdvice[] {
  // What a predicate will be asked about, nobody knows.
  if (typeof options.origin === 'function') return [];
  return FLAGS.filter((flag) => options[flag] === true)
    .filter((flag) => validateCorsOptions({ ...options, [flag]: false }).length === 0)
    .map((flag) =>
      advice('flag-unlocks-nothing', flag, `\`${flag}\` unlocks nothing here.`, 'Leave it out.'),
    );
}
