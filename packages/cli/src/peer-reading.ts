/**
 * Reading the options of another package: what each of them comes to there, under our names.
 */
import type { ListName, Peer, SharedName } from './peer.js';

/** What was given, and what it comes to. */
export interface PeerReading {
  readonly peer: Peer;
  /** Under our names, as they were given; lists in one string are split. */
  readonly given: Readonly<Partial<Record<SharedName, unknown>>>;
  /** Their options, by their names. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** The names that they give to what has another name here. */
  readonly renamed: readonly string[];
  /** Lists that were one string, under our names. */
  readonly textLists: readonly ListName[];
  /** Options without a counterpart here. */
  readonly gone: readonly string[];
  /** Names that mean nothing to them, either. */
  readonly unknown: readonly string[];
  readonly credentials: boolean;
}

const LISTS: ReadonlySet<string> = new Set<ListName>([
  'methods',
  'allowedHeaders',
  'exposedHeaders',
]);

/** Reads options. */
export function readPeerOptions(peer: Peer, raw: Readonly<Record<string, unknown>>): PeerReading {
  const given: Partial<Record<SharedName, unknown>> = {};
  const textLists: ListName[] = [];
  const known = Object.keys(raw).filter((name) => Object.hasOwn(peer.names, name));
  for (const name of known) {
    const ours = peer.names[name] ?? 'origin';
    const value = raw[name];
    // As if it were not there, to all of them but for `origin`.
    if ((value === undefined || value === null) && ours !== 'origin') continue;
    const isText = LISTS.has(ours) && typeof value === 'string' && peer.splitsText;
    if (isText && value !== '*') textLists.push(ours as ListName);
    given[ours] = isText ? splitText(value) : value;
  }
  return {
    peer,
    given,
    raw,
    renamed: known.filter((name) => peer.names[name] !== name),
    textLists,
    gone: peer.gone.filter((name) => Object.hasOwn(raw, name)),
    unknown: Object.keys(raw).filter(
      (name) => !Object.hasOwn(peer.names, name) && !peer.gone.includes(name),
    ),
    credentials: peer.name === 'cors' ? raw['credentials'] === true : Boolean(raw['credentials']),
  };
}

function splitText(text: string): string | string[] {
  if (text.trim() === '*') return '*';
  return text
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
}

/** What their package calls an option of ours. */
export function theirName({ peer, raw }: PeerReading, ours: string): string {
  const names = Object.keys(peer.names).filter((name) => peer.names[name] === ours);
  return names.find((name) => Object.hasOwn(raw, name)) ?? names[0] ?? ours;
}
