/** Whether a program's prototypes are what they were. */
import { EventEmitter } from 'node:events';
import { ClientRequest, IncomingMessage, OutgoingMessage, Server, ServerResponse } from 'node:http';
import { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { Socket } from 'node:net';
import { Duplex, Readable, Stream, Writable } from 'node:stream';

const CLASSES = [
  ...[ClientRequest, IncomingMessage, OutgoingMessage, Server, ServerResponse],
  ...[Http2ServerRequest, Http2ServerResponse, Socket, EventEmitter],
  ...[Stream, Readable, Writable, Duplex, Headers, Request, Response],
  ...[Object, Function, Array, Map, WeakMap, Set, Promise, String, Symbol, RegExp],
] as readonly { readonly prototype: object }[];

/** All that the classes of Node and the language, and the given ones, have. To be compared by identity. */
export function snapshot(others: readonly object[] = []): readonly unknown[] {
  const objects = [...CLASSES, ...CLASSES.map(({ prototype }) => prototype), ...others];
  return objects.flatMap((object) => [
    Object.getPrototypeOf(object) as unknown,
    ...Reflect.ownKeys(object).flatMap((key) => {
      const own = Object.getOwnPropertyDescriptor(object, key)!;
      const flags = [own.writable, own.enumerable, own.configurable];
      // What is behind a getter is nobody's business here.
      // eslint-disable-next-line @typescript-eslint/unbound-method
      return [key, own.value as unknown, own.get, own.set, ...flags];
    }),
  ]);
}

/** Whether two snapshots are the same. */
export function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each, index) => Object.is(each, other[index]));
}
