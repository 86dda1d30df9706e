/**
 * Findings: what is dangerous in the options of another package, and what is dead: written, and without the
 * effect that it was written for.
 */
import { type CorsProblem, type CorsProblemCode, validateCorsOptions } from '@cors/core';

import type { OriginMeaning } from './peer-origin.js';
import { type PeerReading, theirName } from './peer-reading.js';
import { writtenIn } from './mend-options.js';

/** What was found. */
export interface PeerFinding {
  /** `danger`: it opens more than it should; `dead`: it has no effect, or never works. */
  readonly kind: 'danger' | 'dead';
  /** Where, by the names of that package. */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

/** What findings are made of. */
export interface Found {
  readonly reading: PeerReading;
  readonly meaning: OriginMeaning;
  /** What our engine says of the options as they are. */
  readonly problems: readonly CorsProblem[];
}

/** What is dangerous or dead. */
export function peerFindings(found: Found): readonly PeerFinding[] {
  return [
    ...originFindings(found),
    ...problemFindings(found),
    ...wildcardFindings(found),
    ...nameFindings(found),
    ...ageFindings(found),
  ];
}

const LIST_THEM =
  "list the origins that have your users' trust, as ['https://app.example.com'], or leave `credentials` out.";

function originFindings({ reading, meaning }: Found): PeerFinding[] {
  const { peer, credentials } = reading;
  const finding = (kind: PeerFinding['kind'], message: string, fix: string): PeerFinding => ({
    kind,
    path: 'origin',
    message: `\`origin\`: ${message}`,
    fix,
  });
  switch (meaning.kind) {
    case 'any':
      return credentials
        ? [
            finding(
              'dead',
              `any origin is \`*\`, and ${peer.name} sends it together with credentials: browsers refuse that.`,
              LIST_THEM,
            ),
          ]
        : [];
    case 'reflected': {
      if (credentials) {
        const what = `${peer.name} sends every origin back to itself, with credentials: every site can use the sessions of its visitors.`;
        return [finding('danger', what, LIST_THEM)];
      }
      const what = `it is neither text nor a list of text, and ${peer.name} then lets any origin in.`;
      return meaning.isAccident
        ? [finding('danger', what, "write origins, as ['https://app.example.com'].")]
        : [];
    }
    case 'off':
      return reading.given.origin === false
        ? []
        : [
            finding(
              'dead',
              `it is empty, as an unset variable is, and ${peer.name} then sends no header at all.`,
              'set the variable; to switch CORS off, do not mount it.',
            ),
          ];
    case 'broken':
      return [finding('dead', `${meaning.why}.`, "write origins, as ['https://app.example.com'].")];
    case 'listed':
      // A `*` beside others is a problem by itself, and told as one.
      return meaning.members.every((member) => member === '*')
        ? [
            finding(
              'dead',
              "'*' in a list is compared as it stands, and no origin is equal to it.",
              "write `origin: '*'`.",
            ),
          ]
        : [];
    case 'nobody':
      return [finding('dead', 'an empty list allows nobody.', 'list at least one origin.')];
    default:
      return [];
  }
}

const DANGEROUS: ReadonlySet<CorsProblemCode> = new Set<CorsProblemCode>([
  'origin-insecure',
  'origin-public-suffix',
  'origin-null',
  'origin-regexp',
]);

/** Told in another way, or no fault of theirs. */
const TOLD: ReadonlySet<CorsProblemCode> = new Set<CorsProblemCode>([
  'origin-missing',
  'origin-type',
  'origin-empty',
  'origin-any-with-credentials',
  'exposed-any-with-credentials',
  'option-not-boolean',
  'list-type',
  'max-age-invalid',
]);

function problemFindings({ reading, problems, meaning }: Found): PeerFinding[] {
  if (meaning.kind === 'broken' || meaning.kind === 'reflected') return [];
  return problems
    .filter(({ code }) => !TOLD.has(code))
    .filter(({ code }) => !(code === 'origin-any-among-others' && meaning.kind === 'any'))
    .map(({ code, path, message, fix, value }) => {
      const kind = DANGEROUS.has(code) ? 'danger' : 'dead';
      const ours = /^\w*/.exec(path)?.[0] ?? '';
      const theirs = theirName(reading, ours);
      const proof = value instanceof RegExp ? proofAgainst(value, fix) : '';
      return {
        kind,
        path: path.replace(ours, () => theirs),
        message: `${message.replace(`\`${ours}`, () => `\`${theirs}`)}${proof}`,
        fix,
      };
    });
}

/** A foreign origin that an expression lets in, if it does. */
function proofAgainst(expression: RegExp, fix: string): string {
  const [pattern] = writtenIn(fix);
  if (pattern === undefined) return '';
  const host = pattern.replace(/^https?:\/\/(?:\*\.)?/, '').replace(/:\*$/, '');
  const dashed = host.replace('.', '-');
  const strangers = [
    `https://${host}.attacker.example`,
    `https://a.${host}.attacker.example`,
    `https://attacker-${host}`,
    `https://attacker.example/${host}`,
    `https://${dashed}`,
    `https://a.${dashed}`,
  ];
  const stateless = new RegExp(expression.source, expression.flags.replace(/[gy]/g, ''));
  const stranger = strangers.find((origin) => stateless.test(origin));
  return stranger === undefined ? '' : ` It lets '${stranger}' in.`;
}

/** With credentials `*` is no wildcard. @see https://fetch.spec.whatwg.org/#cors-protocol-and-credentials */
function wildcardFindings({ reading }: Found): PeerFinding[] {
  const { given, credentials } = reading;
  if (!credentials) return [];
  return (['methods', 'allowedHeaders', 'exposedHeaders'] as const)
    .filter(
      (name) => given[name] === '*' || (Array.isArray(given[name]) && given[name].includes('*')),
    )
    .map((name) => {
      const path = theirName(reading, name);
      return {
        kind: 'dead',
        path,
        message: `\`${path}\` is '*', which browsers take for a name like others when there are credentials.`,
        fix:
          name === 'exposedHeaders'
            ? "list them, as ['X-Request-Id']."
            : 'list them; ours sends what is asked for, and keeps `*`.',
      };
    });
}

function nameFindings({ reading }: Found): PeerFinding[] {
  const { peer, raw, unknown } = reading;
  return unknown.map((name) => {
    const [problem] = validateCorsOptions({ origin: '*', [name]: raw[name] }).filter(
      ({ code }) => code === 'option-unknown',
    );
    return {
      kind: 'dead',
      path: name,
      message: `\`${name}\` is no option of ${peer.name}, which ignores it.`,
      fix: problem?.fix ?? `with ours it is \`${name}\`.`,
    };
  });
}

function ageFindings({ reading: { peer, given } }: Found): PeerFinding[] {
  const { maxAge } = given;
  const seconds = Number(maxAge);
  if (maxAge === undefined) return [];
  const finding = (message: string, fix: string): PeerFinding[] => [
    { kind: 'dead', path: 'maxAge', message: `\`maxAge\`: ${message}`, fix },
  ];
  if (peer.name === '@koa/cors' && maxAge === 0) {
    return finding(
      '0 is not sent by @koa/cors, so browsers keep a preflight for 5 seconds.',
      'ours sends it.',
    );
  }
  if (!Number.isInteger(seconds) || seconds < 0) {
    return finding('it is no number of seconds, so browsers ignore it.', 'write `maxAge: 600`.');
  }
  return seconds > 86_400
    ? finding('no browser keeps a preflight for longer than a day.', 'write `maxAge: 86400`.')
    : [];
}
