/** Whose code a server's time is spent in. */
import type { Profiler } from 'node:inspector';

/** `outside` is the rest: the parser, the event loop, reading from sockets, threads that help. */
export const PLACES = [
  'middleware',
  'framework',
  'Node.js',
  'writing to the socket',
  'collector',
  'outside',
] as const;
export type Place = (typeof PLACES)[number];

/**
 * CORS: ours, a peer's, or the floor. These are the packages that peers consist of; `cors` brings two.
 * What is inlined into others still counts as its own: the profiler tells lines, not calls.
 */
const MIDDLEWARE =
  /\/packages\/\w+\/dist\/|\/bench\/adapters\/|\/node_modules\/(?:cors|vary|object-assign|@fastify\/cors|@koa\/cors)\/|\/hono\/dist\/middleware\/cors\//;
/** What hands a head to the system; its time is that of the system call, for the most part. */
const WRITING = /^write(?:v|Utf8String|Latin1String|AsciiString|Buffer)$/;

/**
 * The time of each place, in µs: CPU time, shared out as the samples are. (Their own times are by the clock.)
 *
 * @param microseconds - The CPU time of the same while.
 */
export function timeByPlace(
  profile: Profiler.Profile,
  microseconds: number,
): Record<Place, number> {
  const { samples = [], timeDeltas = [] } = profile;
  const places = placesOf(profile.nodes);
  const byTheClock = timeDeltas.reduce((sum, each) => sum + each, 0);
  const times = Object.fromEntries(PLACES.map((place) => [place, 0])) as Record<Place, number>;
  for (const [index, id] of samples.entries()) {
    const share = (timeDeltas[index] ?? 0) / byTheClock;
    times[places.get(id) ?? 'outside'] += share * microseconds;
  }
  return times;
}

/** By the numbers of the nodes. What of the language has no address of its own is with whoever calls it. */
function placesOf(nodes: readonly Profiler.ProfileNode[]): Map<number, Place> {
  const places = new Map<number, Place>();
  // Nodes come before their children.
  for (const { id, callFrame, children = [] } of nodes) {
    const place = placeOf(callFrame) ?? places.get(id) ?? 'outside';
    places.set(id, place);
    for (const child of children) places.set(child, place);
  }
  return places;
}

function placeOf({ functionName, url }: Profiler.ProfileNode['callFrame']): Place | null {
  if (MIDDLEWARE.test(url)) return 'middleware';
  if (url.startsWith('node:')) return 'Node.js';
  if (url !== '') return 'framework';
  if (functionName === '(garbage collector)') return 'collector';
  if (functionName.startsWith('(')) return 'outside';
  return WRITING.test(functionName) ? 'writing to the socket' : null;
}
