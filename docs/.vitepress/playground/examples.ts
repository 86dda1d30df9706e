/**
 * Where a person may start: ten situations, most of them with one thing wrong.
 */
import type { PlaygroundState } from './share.js';

/** A situation. */
export interface Example {
  readonly title: string;
  readonly state: PlaygroundState;
}

const POLICY = `{
  origin: 'https://app.example.com',
  credentials: true,
  methods: ['PUT', 'DELETE'],
  allowedHeaders: ['Content-Type'],
  exposedHeaders: ['X-Total-Count'],
  maxAge: 600,
}`;

const base: PlaygroundState = {
  policy: POLICY,
  origin: 'https://app.example.com',
  url: 'https://api.example.com/notes',
  method: 'PUT',
  headers: 'Content-Type: application/json',
  credentials: true,
  framework: 'express',
};

const get = { method: 'GET', headers: '', credentials: false };

/** All of them; the first one is shown at the start. */
export const EXAMPLES: readonly Example[] = [
  { title: 'A PUT with cookies that works', state: base },
  {
    title: 'A JSON POST whose Content-Type is not listed',
    state: {
      ...base,
      policy: "{\n  origin: 'https://app.example.com',\n}",
      method: 'POST',
      credentials: false,
    },
  },
  {
    title: 'PATCH, written in lower case by the page',
    state: {
      ...base,
      ...get,
      policy: "{\n  origin: 'https://app.example.com',\n  methods: ['PATCH'],\n}",
      method: 'patch',
    },
  },
  {
    title: 'Any origin, and a page that sends cookies',
    state: { ...base, ...get, policy: "{\n  origin: '*',\n}", credentials: true },
  },
  {
    title: 'Any origin with credentials: refused at start-up',
    state: { ...base, policy: "{\n  origin: '*',\n  credentials: true,\n}" },
  },
  {
    title: 'The page is at another port',
    state: {
      ...base,
      ...get,
      policy: "{\n  origin: 'http://localhost:3000',\n}",
      origin: 'http://localhost:5173',
    },
  },
  {
    title: 'Any subdomain, but not the domain itself',
    state: {
      ...base,
      ...get,
      policy: "{\n  origin: 'https://*.example.com',\n}",
      origin: 'https://example.com',
    },
  },
  {
    title: 'Authorization under *: browsers and the standard differ',
    state: {
      ...base,
      policy: "{\n  origin: '*',\n  allowedHeaders: '*',\n}",
      method: 'GET',
      headers: 'Authorization: Bearer abc',
      credentials: false,
    },
  },
  {
    title: 'A sandboxed frame, whose origin is null',
    state: {
      ...base,
      ...get,
      policy: "{\n  origin: 'https://app.example.com',\n}",
      origin: 'null',
    },
  },
  {
    title: 'Options with six mistakes',
    state: {
      ...base,
      policy: `{
  origin: 'https://app.example.com/',
  credentials: 'true',
  methods: ['GET,PUT', 'patch'],
  allowHeaders: ['Content-Type'],
  maxAge: -1,
}`,
    },
  },
];

/** What the playground shows at first. */
export const START: PlaygroundState = base;
