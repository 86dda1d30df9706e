/**
 * The vectors of `@cors/browser`, as far as exchanges are made of them.
 */
import { readFileSync } from 'node:fs';
import type { Header, HeaderList } from '@cors/browser';
import type { PageRequest } from '@cors/browser';
import type { PlannedResponse } from '../exchange.js';

/** What every vector has. */
export interface Vector {
  readonly id: string;
}

/** Several values are several lines. */
type HeaderObject = Readonly<Record<string, string | readonly string[]>>;

/** A response as vectors have it. */
export interface VectorResponse {
  readonly status: number;
  readonly headers: HeaderObject;
  readonly location?: string;
}

/** Reads a file. */
export function readVectors(name: string): readonly Vector[] {
  const file = new URL(`../../../packages/browser/test/vectors/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as readonly Vector[];
}

/** A vector's headers as lines. */
export function headerListOf(headers: HeaderObject): HeaderList {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((line): Header => [name, line]),
  );
}

/** A vector's response as it is planned. */
export function plannedResponse({ status, headers, location }: VectorResponse): PlannedResponse {
  const lines = headerListOf(headers);
  return { status, headers: location === undefined ? lines : [...lines, ['Location', location]] };
}

/** An answer that lets a request of this page read everything. */
export function permissive(origin: string, status = 200): PlannedResponse {
  return {
    status,
    headers: [
      ['Access-Control-Allow-Origin', origin],
      ['Access-Control-Allow-Credentials', 'true'],
    ],
  };
}

/** An answer to a preflight that allows exactly this request, not to be remembered. */
export function permissivePreflight({
  origin,
  method = 'GET',
  headers = [],
}: PageRequest): PlannedResponse {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  return {
    status: 204,
    headers: [
      ...permissive(origin).headers,
      ['Access-Control-Allow-Methods', method],
      ['Access-Control-Allow-Headers', [...names, 'content-type'].join(', ')],
      ['Access-Control-Max-Age', '0'],
    ],
  };
}

/**
 * Our server speaks no TLS: `https:` and `http:` change places in all of a vector, which stays the same
 * question as long as it has no URL of the other kind.
 */
export function withoutTls<Kind>(vector: Kind): Kind {
  const text = JSON.stringify(vector).replace(
    /https?:\/\/|:443\b|:80\b/g,
    (found) => SWAPPED[found] ?? found,
  );
  return JSON.parse(text) as Kind;
}

const SWAPPED: Readonly<Record<string, string>> = {
  'https://': 'http://',
  'http://': 'https://',
  ':443': ':80',
  ':80': ':443',
};

/** A vector's URL below the path of its exchange. */
export function below(id: string, url: string): string {
  return url.replace(/^([a-z]+:\/\/[^/]*)\/?/i, `$1/x/${id}/`);
}
