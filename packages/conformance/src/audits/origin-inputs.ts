/**
 * Origins that are not in the policy of the scenario `listed` (`https://a.example`,
 * `https://*.b.example`, `http://localhost:*`), by the mistake that would let them in.
 */
/** Names that begin, end or nearly spell as a listed one does. */
export const lookAlikes: readonly string[] = [
  'https://evila.example',
  'https://evil-a.example',
  'https://x.a.example',
  'https://a.example.evil.test',
  'https://a.examplecommunity',
  'https://a.exampl',
  'https://axexample',
  'https://example',
  'https://evilb.example',
  'https://evil-b.example',
  'https://x.b.example.evil.test',
  'https://x.bxexample',
  'https://xb.example',
];

/** The name that subdomains are of. */
export const apexes: readonly string[] = ['https://b.example', 'https://b.example:8443'];

/** Two listed origins, one after the other: no browser sends such a thing. */
export const concatenations: readonly string[] = [
  'https://a.examplehttps://a.example',
  'https://a.examplehttps://x.b.example',
  'https://x.b.examplehttps://a.example',
  'http://localhost:3000https://a.example',
  'https://a.examplehttp://localhost:3000',
  'https://a.example.b.examplehttps://',
];

/** Names that end in a dot: other names than those without. */
export const trailingDots: readonly string[] = [
  'https://a.example.',
  'https://a.example..',
  'https://x.b.example.',
  'http://localhost.:3000',
];

/** Ports that are not in the policy. */
export const ports: readonly string[] = [
  'https://a.example:8443',
  'https://a.example:1',
  'https://a.example:44',
  'https://a.example:4433',
  'https://x.b.example:8443',
  'https://x.y.b.example:65535',
];

/** What stands where a port should, and is none, or none that a browser sends. */
export const malformedPorts: readonly string[] = [
  'https://a.example:443',
  'https://a.example:',
  'https://a.example:0',
  'https://a.example:00443',
  'https://a.example:443x',
  'https://a.example:65536',
  'https://a.example:-1',
  'https://x.b.example:443',
  'https://x.b.example:',
  'http://localhost:',
  'http://localhost:0',
  'http://localhost:65536',
  'http://localhost:+80',
  'http://localhost:08',
  'http://localhost:80a',
  'http://localhost:3000:3000',
  'http://localhost:99999999999999999999',
  'http://localhost:3000.evil.test',
];

/** Other schemes. */
export const schemes: readonly string[] = [
  'http://a.example',
  'http://x.b.example',
  'https://localhost:3000',
  'https://localhost',
  'ftp://a.example',
  'httpss://a.example',
  'xhttps://a.example',
  'capacitor://a.example',
];

/** What has no scheme, or not the form of one with a name behind it. */
export const withoutScheme: readonly string[] = [
  'a.example',
  '//a.example',
  'https:/a.example',
  'https:a.example',
  'https:///a.example',
  'https//a.example',
  '://a.example',
  'file://',
  'https://',
];

/** Parts of a URL that an origin does not have. */
export const urlParts: readonly string[] = [
  'https://a.example/',
  'https://a.example/path',
  'https://a.example?',
  'https://a.example#',
  'https://a.example@evil.test',
  'https://a.example:443@evil.test',
  'https://@a.example',
  'https://u:p@x.b.example',
  'https://x.b.example/',
  'https://evil.test#.b.example',
  'https://evil.test?.b.example',
  'https://evil.test/.b.example',
  'https://evil.test\\.b.example',
  'https://evil.test:80#.b.example',
  'https://evil.test@x.b.example',
  'https://evil.test%2f.b.example',
  'https://evil.test%00.b.example',
  'http://localhost:3000@evil.test',
  'http://localhost@evil.test:3000',
  'http://evil.test:3000#localhost:3000',
];

/** Words that stand for no page or for too many, and names with nothing between two dots. */
export const words: readonly string[] = [
  'NULL',
  'Null',
  'nullnull',
  '',
  'undefined',
  'true',
  '__proto__',
  'constructor',
  'toString',
  '*',
  'https://*',
  '*.b.example',
  'https://*.b.example',
  'https://*.*.b.example',
  'https://a.*',
  'http://localhost:*',
  'https://.b.example',
  'https://x..b.example',
  'https://..b.example',
];

/** Names and addresses that look like the machine's own. */
export const localLookAlikes: readonly string[] = [
  'http://localhost.evil.test:3000',
  'http://xlocalhost:3000',
  'http://x.localhost:3000',
  'http://localhostx:3000',
  'http://127.0.0.1:3000',
  'http://[::1]:3000',
  'http://0.0.0.0:3000',
];

/** A listed origin and another in one value. */
export const several: readonly string[] = [
  'https://a.example https://evil.test',
  'https://evil.test https://a.example',
  'https://a.example, https://evil.test',
  'https://evil.test, https://a.example',
  'https://a.example,https://evil.test',
  'https://evil.test,https://a.example',
  'https://a.example, https://a.example',
  'https://a.example;https://evil.test',
  'null, https://a.example',
  'https://a.example null',
];
