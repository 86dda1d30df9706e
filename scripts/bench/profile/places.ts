/** Whose code a server's time is spent in. */
import type { Profiler } from 'node:inspector';

/** `outside` is what is left of the CPU time: the parser, the event loop, reading from sockets, the compiler. */
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
 * The time of each place, in µs.
 *
 * @param microseconds - The CPU time of the same while.
 */
export function timeByPlace(
  profile: Profiler.Profile,
  microseconds: number,
): Record<Place, number> {
  const times: Record<Place, number> = {
    middleware: 0,
    framework: 0,
    'Node.js': 0,
    'writing to the socket': 0,
    collector: 0,
    outside: microseconds,
  };
  const places = new Map(profile.nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));
  for (const [index, id] of (profile.samples ?? []).entries()) {
    const place = places.get(id) ?? 'outside';
    const time = profile.timeDeltas?.[index] ?? 0;
    if (place === 'outside') continue;
    times[place] += time;
    times.outside -= time;
  }
  return times;
}

function placeOf({ functionName, url }: CallFrame): Place {
  if (MIDDLEWARE.test(url)) return 'middleware';
  if (url.startsWith('node:')) return 'Node.js';
  if (url !== '') return 'framework';
  if (functionName === '(garbage collector)') return 'collector';
  if (functionName.startsWith('(')) return 'outside';
  return WRITING.test(functionName) ? 'writing to the socket' : 'Node.js';
}

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
}
