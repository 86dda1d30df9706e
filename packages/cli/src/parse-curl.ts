/**
 * A cURL command, as the developer tools of browsers copy it, → the request that a page made.
 *
 * @see https://curl.se/docs/manpage.html
 */
import type { Header, PageRequestBody } from '@cors/browser';

import { type Pasted, sortHeaders } from './pasted-request.js';
import { shellWords } from './shell-words.js';

/** What an option of curl is to us. */
type Meaning =
  | 'method'
  | 'header'
  | 'data'
  | 'raw'
  | 'json'
  | 'encoded'
  | 'cookie'
  | 'referer'
  | 'user'
  | 'url'
  | 'get'
  | 'head'
  | 'with-value'
  | 'alone';

const MEANINGS: Readonly<Record<string, Meaning>> = {
  '-X': 'method',
  '--request': 'method',
  '-H': 'header',
  '--header': 'header',
  '-d': 'data',
  '--data': 'data',
  '--data-ascii': 'data',
  '--data-binary': 'data',
  '--data-raw': 'raw',
  '--data-urlencode': 'encoded',
  '--json': 'json',
  '-b': 'cookie',
  '--cookie': 'cookie',
  '-e': 'referer',
  '--referer': 'referer',
  '-u': 'user',
  '--user': 'user',
  '--url': 'url',
  '-G': 'get',
  '--get': 'get',
  '-I': 'head',
  '--head': 'head',
  // These change nothing of what a page sends.
  '-A': 'with-value',
  '--user-agent': 'with-value',
  '-o': 'with-value',
  '--output': 'with-value',
  '-m': 'with-value',
  '--max-time': 'with-value',
  '--connect-timeout': 'with-value',
  '-x': 'with-value',
  '--proxy': 'with-value',
  '--compressed': 'alone',
  '-k': 'alone',
  '--insecure': 'alone',
  '-L': 'alone',
  '--location': 'alone',
  '-s': 'alone',
  '--silent': 'alone',
  '-S': 'alone',
  '-i': 'alone',
  '--include': 'alone',
  '-v': 'alone',
  '--verbose': 'alone',
  '--http1.1': 'alone',
  '--http2': 'alone',
  '--globoff': 'alone',
  '-g': 'alone',
  '--path-as-is': 'alone',
};

const HOW = 'Copy it once more, in the tab Network of the developer tools: Copy as cURL.';

const failure = (problem: string, fix: string = HOW): Pasted => ({ ok: false, problem, fix });

/**
 * Reads a cURL command: of Chromium for bash or cmd, of Firefox, of Safari, or written by hand.
 *
 * @example
 * ```ts
 * import { parseCurl } from '@cors/cli';
 *
 * const pasted = parseCurl(
 *   "curl 'https://api.example.com/notes' -X PUT -H 'Origin: https://app.example.com' --data-raw '{}'",
 * );
 * if (pasted.ok) console.log(pasted.request.method, pasted.request.origin);
 * // PUT https://app.example.com
 * ```
 */
export function parseCurl(text: string): Pasted {
  if (/Invoke-WebRequest|New-Object|^\s*\$session/.test(text)) {
    return failure(
      'This is a command of PowerShell.',
      'Choose Copy as cURL instead, for bash or for cmd.',
    );
  }
  const words = shellWords(text.trim());
  if (words === null) return failure('A quotation in the command never ends.');
  const [command, ...rest] = words;
  if (command === undefined || !/^(?:.*[\\/])?curl(?:\.exe)?$/.test(command)) {
    return failure(`The text does not begin with curl.`);
  }
  const options = readOptions(rest);
  return typeof options === 'string' ? failure(options) : requestOf(options);
}

/** The options, and the words that are none; or what is wrong with them. */
type Given = readonly (readonly [Meaning, string])[];

function readOptions(words: readonly string[]): Given | string {
  const given: (readonly [Meaning, string])[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-') || word === '-') {
      given.push(['url', word]);
      continue;
    }
    const { name, value } = optionIn(word);
    const meaning = MEANINGS[name];
    if (meaning === undefined) {
      return `The option ${name} of curl is not one that is known here; leave it out.`;
    }
    if (meaning === 'alone' || meaning === 'get' || meaning === 'head') {
      given.push([meaning, '']);
      // Letters may stand together: `-sSI`.
      if (value !== null) rest.unshift(`-${value}`);
      continue;
    }
    const text = value ?? rest.shift();
    if (text === undefined) return `The option ${name} of curl has no value.`;
    given.push([meaning, text]);
  }
  return given;
}

/** An option, and what is written together with it: `-XPUT`, `--request=PUT`, `-sS`. */
function optionIn(word: string): { readonly name: string; readonly value: string | null } {
  if (!word.startsWith('--')) return { name: word.slice(0, 2), value: word.slice(2) || null };
  const [name = '', ...value] = word.split('=');
  return { name, value: value.length === 0 ? null : value.join('=') };
}

function requestOf(given: Given): Pasted {
  const valuesOf = (wanted: Meaning): string[] =>
    given.flatMap(([meaning, value]) => (meaning === wanted ? [value] : []));
  const [address, ...others] = valuesOf('url');
  if (address === undefined) return failure('The command has no URL.');
  if (others.length > 0) return failure('The command has several URLs.', 'Leave one.');
  const file = given
    .map(([meaning, value]) => fileIn(meaning, value))
    .find((each) => each !== null);
  if (file !== undefined) {
    return failure(
      `The ${file} in a file, which the command only names.`,
      'Write out what is in the file, or leave it out.',
    );
  }
  const lines = valuesOf('header').map(headerOf);
  const json = valuesOf('json');
  const data = given.flatMap(([meaning, value]) => {
    if (meaning === 'encoded') return [encoded(value)];
    return meaning === 'data' || meaning === 'raw' || meaning === 'json' ? [value] : [];
  });
  const isGet = valuesOf('get').length > 0;
  const content = data.join('&');
  const url = withScheme(isGet ? withQuery(address, content) : address);
  const body = data.length === 0 || isGet ? null : bodyOf(content, json.length > 0);
  const sorted = sortHeaders([
    ...lines,
    ...valuesOf('user').map((user): Header => ['Authorization', `Basic ${base64(user)}`]),
    // An empty one only makes curl keep cookies.
    ...valuesOf('cookie').flatMap((cookie): Header[] =>
      cookie === '' ? [] : [['Cookie', cookie]],
    ),
    ...valuesOf('referer').map((referer): Header => ['Referer', referer]),
  ]);
  const isHead = valuesOf('head').length > 0;
  const method = valuesOf('method').at(-1) ?? (isHead ? 'HEAD' : body === null ? 'GET' : 'POST');
  const credentialsMode = sorted.cookie === null ? 'same-origin' : 'include';
  return { ok: true, request: { ...sorted, url, method, body, credentialsMode } };
}

/** What an option takes from a file, as the beginning of a sentence; null where it takes nothing from one. */
function fileIn(meaning: Meaning, value: string): string | null {
  const isNamed = value.startsWith('@') && value.length > 1;
  switch (meaning) {
    case 'data':
    case 'json':
      return isNamed ? 'body is' : null;
    case 'encoded':
      return /^[^=@]*@./.test(value) ? 'body is' : null;
    case 'header':
      return isNamed ? 'headers are' : null;
    case 'cookie':
      return value === '' || value.includes('=') ? null : 'cookies are';
    default:
      return null;
  }
}

/** A URL with more in its query. */
function withQuery(address: string, content: string): string {
  const [url = '', ...fragment] = address.split('#');
  const mark = !url.includes('?') ? '?' : /[?&]$/.test(url) ? '' : '&';
  return [content === '' ? url : `${url}${mark}${content}`, ...fragment].join('#');
}

function headerOf(line: string): Header {
  const colon = line.indexOf(':');
  // `X-Empty;` is how curl sends a header without a value.
  if (colon === -1) return [line.replace(/;$/, '').trim(), ''];
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

function bodyOf(content: string, isJson: boolean): PageRequestBody {
  const contentType = isJson ? 'application/json' : 'application/x-www-form-urlencoded';
  return { content, contentType };
}

function encoded(value: string): string {
  const at = value.indexOf('=');
  const [name, rest] = at > 0 ? [value.slice(0, at + 1), value.slice(at + 1)] : ['', value];
  return name + encodeURIComponent(rest.replace(/^=/, ''));
}

/** As curl reads a URL without one. */
function withScheme(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`;
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
