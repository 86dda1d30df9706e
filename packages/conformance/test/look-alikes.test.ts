import { describe, expect, test } from 'vitest';

import * as alike from '../src/probe/look-alikes.js';

const origins = [
  'https://app.example.com',
  'https://example.com',
  'https://shop.example.co.uk',
  'http://localhost:5173',
  'http://127.0.0.1:8080',
  'http://[::1]:8080',
  'https://a.example:8443',
  'capacitor://localhost',
];

describe.each(origins)('what looks like %s', (origin) => {
  const all = [
    ...alike.lookAlikeNames(origin),
    ...alike.specialCharacterNames(origin),
    ...alike.subdomains(origin),
    ...alike.otherPorts(origin),
    ...alike.malformedPorts(origin),
    ...alike.otherSchemes(origin),
    ...alike.trailingDot(origin),
    ...alike.urlParts(origin),
    ...alike.otherCase(origin),
    ...alike.words,
  ];

  test('is never the origin itself, and can be sent', () => {
    expect(all).not.toContain(origin);
    expect(all.filter((one) => /[^\u0020-\u007e]/.test(one))).toEqual([]);
    expect(all.length).toBeGreaterThan(60);
  });
});

test.each([
  ['https://app.example.com', 'https://evilexample.com'],
  ['https://app.example.com', 'https://app.example.com.evil.example'],
  ['https://app.example.com', 'https://appxexample.com'],
  ['https://app.example.com', 'https://app.examplexcom'],
  ['https://a.example', 'https://evila.example'],
  ['https://a.example', 'https://a.exampl'],
  ['https://shop.example.co.uk', 'https://evilexample.co.uk'],
  ['http://localhost:5173', 'http://localhost:5173.evil.example'],
  ['http://localhost:5173', 'http://evillocalhost:5173'],
  ['http://[::1]:8080', 'http://[::1].evil.example:8080'],
])('what looks like %s: %s', (origin, one) => {
  expect(alike.lookAlikeNames(origin)).toContain(one);
});

test('a neighbour that may be meant is not among what nobody can mean', () => {
  expect(alike.lookAlikeNames('https://app.example.com')).not.toContain(
    'https://evilapp.example.com',
  );
});

test.each([
  ['https://app.example.com', ['https://app.example.com:8443', 'https://app.example.com:1']],
  ['http://localhost:5173', ['http://localhost', 'http://localhost:51731']],
])('other ports than that of %s', (origin, ports) => {
  expect(alike.otherPorts(origin)).toEqual(ports);
});
