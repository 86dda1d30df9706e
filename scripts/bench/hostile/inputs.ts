/** Requests as no browser sends them, beside a preflight as all of them do. */

type Headers = Readonly<Record<string, string>>;

const ORIGIN = 'https://app.example.com';

const preflight = (asked: string, origin = ORIGIN): Headers => ({
  origin,
  'access-control-request-method': 'PUT',
  'access-control-request-headers': asked,
});

const KB = 1_024;

/** Node has joined several lines of a field into one value by the time it hands the request over. */
const lines = (count: number, line: string): string => Array<string>(count).fill(line).join(', ');

export const NORMAL = 'normal preflight';

export const INPUTS: Readonly<Record<string, () => Headers>> = {
  [NORMAL]: () => preflight('authorization,content-type,x-token'),
  'Origin of 8 KB': () => preflight('x-token', `https://${'a'.repeat(8 * KB)}.example.com`),
  'Origin of 64 KB': () => preflight('x-token', `https://${'a'.repeat(64 * KB)}.example.com`),
  'Origin of 10,000 labels': () =>
    preflight('x-token', `https://${'a.'.repeat(10_000)}example.com`),
  'names of 64 KB': () => preflight('x-token,'.repeat(8 * KB)),
  'names of 1 MB': () => preflight('x-token,'.repeat(128 * KB)),
  'one name of 64 KB': () => preflight('x'.repeat(64 * KB)),
  '64 KB of commas': () => preflight(','.repeat(64 * KB)),
  '1 MB of spaces': () => preflight(`x${' '.repeat(KB * KB)}x`),
  'one name 2,000 times': () => preflight('x-token,'.repeat(2_000)),
  '1,000 lines': () => preflight(lines(1_000, 'x-token')),
  '1,000 lines of commas': () => preflight(lines(1_000, ','.repeat(64))),
};
