/**
 * Origin difference: in what `Access-Control-Allow-Origin` is not the origin, in words. To a browser
 * the two are unequal and that is all; a person looks for a slash for an hour.
 */

/** In what a value of `Access-Control-Allow-Origin` differs from the origin that it should be. */
export function originDifference(origin: string, allowOrigin: string): string {
  if (allowOrigin === '') return 'it is empty';
  if (allowOrigin === 'null') return 'it names opaque origins, as sandboxed frames have';
  if (origin === 'null') {
    return 'the request’s origin is opaque: a sandboxed frame, a file, or a redirect across origins';
  }
  if (/^\*/.test(allowOrigin) || allowOrigin.includes('*')) {
    return 'a * inside of an origin stands for nothing but itself';
  }
  if (!URL.canParse(origin)) return 'it is another origin';
  if (!URL.canParse(allowOrigin)) {
    return URL.canParse(`https://${allowOrigin}`)
      ? 'it has no scheme: an origin begins with https:// or http://'
      : 'it is no origin';
  }
  const [wanted, given] = [new URL(origin), new URL(allowOrigin)];
  if (given.origin === wanted.origin) return sameButWritten(origin, allowOrigin, given);
  const differences = [
    wanted.protocol === given.protocol ? null : `the scheme is ${given.protocol.slice(0, -1)}`,
    wanted.hostname === given.hostname ? null : hostDifference(wanted.hostname, given.hostname),
    wanted.port === given.port ? null : `the port is ${given.port || 'the scheme’s own'}`,
  ].filter((difference) => difference !== null);
  return differences.join(', ') || 'it is another origin';
}

function sameButWritten(origin: string, allowOrigin: string, given: URL): string {
  if (allowOrigin === `${origin}/`) return 'it ends in a slash, and an origin does not';
  if (given.pathname !== '/' || given.search !== '' || given.hash !== '') {
    return 'it has a path, and an origin has none';
  }
  if (allowOrigin.toLowerCase() === origin) return 'it is in another case';
  return 'it is not written as browsers write it: lower case, no default port, no slash at the end';
}

function hostDifference(wanted: string, given: string): string {
  if (wanted === `www.${given}`) return `the host lacks the www. of ${wanted}`;
  if (given === `www.${wanted}`) return `the host has a www. that ${wanted} has not`;
  return `the host is ${given}`;
}
