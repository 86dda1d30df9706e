import { describe, expect, it } from 'vitest';

import { parseCurl, parseFetchCall, type Pasted, type PastedRequest } from '../src/index.js';

function requestIn(pasted: Pasted): PastedRequest {
  if (!pasted.ok) throw new Error(`${pasted.problem} ${pasted.fix}`);
  return pasted.request;
}

const URL = 'https://api.example.com/notes';
const ORIGIN = 'https://app.example.com';

// As each browser's developer tools copy the same request.
const CHROMIUM_BASH = String.raw`curl 'https://api.example.com/notes' \
  -X 'PATCH' \
  -H 'accept: */*' \
  -H 'accept-language: en-US,en;q=0.9' \
  -H 'cache-control: no-cache' \
  -H 'content-type: application/json' \
  -b 'session=1; theme=dark' \
  -H 'origin: https://app.example.com' \
  -H 'pragma: no-cache' \
  -H 'priority: u=1, i' \
  -H 'referer: https://app.example.com/' \
  -H 'sec-ch-ua: "Chromium";v="140", "Not=A?Brand";v="24"' \
  -H 'sec-fetch-mode: cors' \
  -H 'user-agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0' \
  -H 'x-request-id: a1' \
  --data-raw $'{"text":"it\'s \u0021"}'`;

const CHROMIUM_CMD = [
  'curl ^"https://api.example.com/notes^" ^',
  '  -X ^"PATCH^" ^',
  '  -H ^"content-type: application/json^" ^',
  '  -b ^"session=1; theme=dark^" ^',
  '  -H ^"origin: https://app.example.com^" ^',
  '  -H ^"x-request-id: a1^" ^',
  String.raw`  --data-raw ^"^{^\^"text^\^":^\^"it's ^!^\^"^}^"`,
].join('\r\n');

const FIREFOX = String.raw`curl 'https://api.example.com/notes' --compressed -X PATCH -H 'User-Agent: Mozilla/5.0 Firefox/140.0' -H 'Accept: */*' -H 'Accept-Encoding: gzip, deflate, br, zstd' -H 'Referer: https://app.example.com/' -H 'content-type: application/json' -H 'x-request-id: a1' -H 'Origin: https://app.example.com' -H 'Connection: keep-alive' -H 'Cookie: session=1; theme=dark' -H 'Sec-Fetch-Site: same-site' --data-raw $'{"text":"it\'s !"}'`;

const SAFARI = String.raw`curl 'https://api.example.com/notes' \
-X 'PATCH' \
-H 'Accept: */*' \
-H 'Origin: https://app.example.com' \
-H 'Cookie: session=1; theme=dark' \
-H 'Content-Type: application/json' \
-H 'User-Agent: Mozilla/5.0 Version/18.0 Safari/605.1.15' \
-H 'x-request-id: a1' \
--data-binary $'{"text":"it\'s !"}'`;

const CHROMIUM_FETCH = `fetch("https://api.example.com/notes", {
  "headers": {
    "accept": "*/*",
    "accept-language": "en-US,en;q=0.9",
    "cache-control": "no-cache",
    "content-type": "application/json",
    "pragma": "no-cache",
    "priority": "u=1, i",
    "sec-ch-ua": "\\"Chromium\\";v=\\"140\\"",
    "x-request-id": "a1"
  },
  "referrer": "https://app.example.com/",
  "body": "{\\"text\\":\\"it's !\\"}",
  "method": "PATCH",
  "mode": "cors",
  "credentials": "include"
});`;

const NODE_FETCH = `fetch("https://api.example.com/notes", {
  "headers": {
    "content-type": "application/json",
    "x-request-id": "a1",
    "cookie": "session=1; theme=dark",
    "Referer": "https://app.example.com/"
  },
  "body": "{\\"text\\":\\"it's !\\"}",
  "method": "PATCH"
});`;

const FIREFOX_FETCH = `await fetch("https://api.example.com/notes", {
    "credentials": "include",
    "headers": {
        "User-Agent": "Mozilla/5.0 Firefox/140.0",
        "Accept": "*/*",
        "content-type": "application/json",
        "x-request-id": "a1",
        "Sec-Fetch-Site": "same-site"
    },
    "referrer": "https://app.example.com/",
    "body": "{\\"text\\":\\"it's !\\"}",
    "method": "PATCH",
    "mode": "cors"
});`;

describe('the same request, copied from each browser', () => {
  const copies = [
    ['Chromium, cURL (bash)', parseCurl, CHROMIUM_BASH],
    ['Chromium, cURL (cmd)', parseCurl, CHROMIUM_CMD],
    ['Firefox, cURL', parseCurl, FIREFOX],
    ['Safari, cURL', parseCurl, SAFARI],
    ['Chromium, fetch', parseFetchCall, CHROMIUM_FETCH],
    ['Chromium, fetch (Node.js)', parseFetchCall, NODE_FETCH],
    ['Firefox, fetch', parseFetchCall, FIREFOX_FETCH],
  ] as const;

  it.each(copies)('%s', (name, parse, text) => {
    const request = requestIn(parse(text));
    expect(request).toMatchObject({
      url: URL,
      method: 'PATCH',
      origin: ORIGIN,
      body: { content: `{"text":"it's !"}` },
    });
    const own = request.headers!.filter(([header]) => !/^accept/i.test(header));
    expect(own.map(([header, value]) => [header.toLowerCase(), value])).toEqual([
      ['content-type', 'application/json'],
      ['x-request-id', 'a1'],
    ]);
    const hasCookie = !/^(?:Chromium|Firefox), fetch$/.test(name);
    expect(request.cookie).toBe(hasCookie ? 'session=1; theme=dark' : null);
    if (name !== 'Chromium, fetch (Node.js)') expect(request.credentialsMode).toBe('include');
  });

  it('leaves out what the browser adds, and says so', () => {
    expect(requestIn(parseCurl(CHROMIUM_BASH)).leftOut).toEqual([
      'cache-control',
      'origin',
      'pragma',
      'priority',
      'referer',
      'sec-ch-ua',
      'sec-fetch-mode',
      'user-agent',
      'Cookie',
    ]);
  });

  it('keeps Cache-Control where the script set it', () => {
    const text = `curl ${URL} -H 'cache-control: max-age=0'`;
    expect(requestIn(parseCurl(text)).headers).toEqual([['cache-control', 'max-age=0']]);
  });
});

describe('parseCurl', () => {
  it.each([
    [`curl ${URL}`, { url: URL, method: 'GET', body: null, credentialsMode: 'same-origin' }],
    [`curl -XDELETE ${URL}`, { method: 'DELETE' }],
    [`curl --request=PUT ${URL}`, { method: 'PUT' }],
    [`/usr/bin/curl -sSI ${URL}`, { method: 'HEAD' }],
    [`curl -I ${URL}`, { method: 'HEAD' }],
    [`curl -sSLk ${URL} | jq .`, { url: URL, method: 'GET' }],
    [`curl ${URL} > notes.json; rm x`, { url: URL }],
    [
      `curl ${URL} -d a=1 -d b=2`,
      {
        method: 'POST',
        body: { content: 'a=1&b=2', contentType: 'application/x-www-form-urlencoded' },
      },
    ],
    [
      `curl ${URL} --data-urlencode 'a=b c'`,
      { body: { content: 'a=b%20c', contentType: 'application/x-www-form-urlencoded' } },
    ],
    [
      `curl ${URL} --json '{}'`,
      { method: 'POST', body: { content: '{}', contentType: 'application/json' } },
    ],
    [`curl ${URL} --data-raw '@me'`, { body: { content: '@me' } }],
    [
      `curl ${URL} --data-raw a=1 --data-urlencode 'b=c d' -d e`,
      { body: { content: 'a=1&b=c%20d&e' } },
    ],
    [`curl ${URL} -b ''`, { cookie: null, credentialsMode: 'same-origin' }],
    [`curl -G '${URL}?x=1' -d y=2`, { url: `${URL}?x=1&y=2`, method: 'GET' }],
    [`curl -G '${URL}?' -d y=2 -d z=3`, { url: `${URL}?y=2&z=3` }],
    [`curl -G '${URL}#there' -d y=2`, { url: `${URL}?y=2#there` }],
    [`curl -G '${URL}'`, { url: URL }],
    [`curl -G ${URL} -d a=1`, { url: `${URL}?a=1`, method: 'GET', body: null }],
    [`curl localhost:3000/notes`, { url: 'http://localhost:3000/notes' }],
    [`curl ${URL} -u me:pass`, { headers: [['Authorization', 'Basic bWU6cGFzcw==']] }],
    [`curl ${URL} -u ü:`, { headers: [['Authorization', 'Basic w7w6']] }],
    [`curl ${URL} -H 'X-Empty;'`, { headers: [['X-Empty', '']] }],
    [`curl ${URL} -H "X-A: \\"b\\" \\$c"`, { headers: [['X-A', '"b" $c']] }],
    [`curl ${URL} -H $'X-A: \\x41\\102\\u0043\\t'`, { headers: [['X-A', 'ABC']] }],
    [`curl 'https://api.example.com/'notes\\ 1`, { url: 'https://api.example.com/notes 1' }],
    [`curl ${URL} -e ${ORIGIN}/page`, { origin: ORIGIN }],
    [`curl ${URL} -H 'Origin: null'`, { origin: 'null' }],
  ])('%s', (text, expected) => {
    expect(requestIn(parseCurl(text))).toMatchObject(expected);
  });

  it.each([
    ['', 'The text does not begin with curl.'],
    ['wget https://a.example', 'The text does not begin with curl.'],
    ['curl', 'The command has no URL.'],
    ['curl a b', 'The command has several URLs.'],
    [`curl 'https://a.example`, 'A quotation in the command never ends.'],
    [`curl "https://a.example`, 'A quotation in the command never ends.'],
    [`curl https://a.example -H`, 'The option -H of curl has no value.'],
    ['curl https://a.example --config x', 'The option --config of curl is not one'],
    ['curl https://a.example -F a=b', 'The option -F of curl is not one'],
    ['curl https://a.example -d @file', 'The body is in a file'],
    ['curl https://a.example --json @file', 'The body is in a file'],
    ['curl https://a.example --data-binary @file', 'The body is in a file'],
    ['curl https://a.example --data-urlencode name@file', 'The body is in a file'],
    ['curl https://a.example -b cookies.txt', 'The cookies are in a file'],
    ['curl https://a.example -H @headers.txt', 'The headers are in a file'],
    ['Invoke-WebRequest -Uri "https://a.example"', 'This is a command of PowerShell.'],
    ['$session = New-Object Microsoft.PowerShell', 'This is a command of PowerShell.'],
  ])('%s: says what is wrong', (text, problem) => {
    const pasted = parseCurl(text);
    expect(pasted).toMatchObject({
      ok: false,
      problem: expect.stringContaining(problem) as string,
    });
    expect(pasted.ok ? '' : pasted.fix).toMatch(/^[A-Z].*\.$/);
  });
});

describe('parseFetchCall', () => {
  it.each([
    [`fetch('${URL}')`, { url: URL, method: 'GET', body: null, origin: null }],
    [`const reply = await fetch(\`${URL}\`).then((r) => r.json())`, { url: URL }],
    [`window.fetch('${URL}', { method: 'put' })`, { method: 'put' }],
    [`fetch(new URL('${URL}'), undefined)`, { url: URL }],
    [`fetch('https://api.example.com' + '/notes')`, { url: URL }],
    [
      `fetch('${URL}', { mode: 'no-cors', redirect: 'manual' })`,
      { mode: 'no-cors', redirectMode: 'manual' },
    ],
    [`fetch('${URL}', { credentials: "omit" }); // later`, { credentialsMode: 'omit' }],
    [
      `fetch('${URL}', { method: 'POST', body: JSON.stringify({ a: [1, true, note] }) })`,
      { body: { content: '{"a":[1,true,"note"]}' } },
    ],
    [
      `fetch('${URL}', { headers: new Headers({ 'X-A': token, "Authorization": \`Bearer \${token}\` }) })`,
      {
        headers: [
          ['X-A', 'token'],
          ['Authorization', 'Bearer ${token}'],
        ],
      },
    ],
    [
      `fetch('${URL}', { headers: [['X-A', 'b'], ['X-N', 1]] })`,
      {
        headers: [
          ['X-A', 'b'],
          ['X-N', '1'],
        ],
      },
    ],
    [
      `fetch('${URL}', { body: new URLSearchParams({ a: 'b c' }), method: 'POST' })`,
      {
        body: { content: 'a=b+c', contentType: 'application/x-www-form-urlencoded;charset=UTF-8' },
      },
    ],
    [
      `fetch('${URL}', { body: new FormData(form), method: 'POST' })`,
      { body: { contentType: 'multipart/form-data; boundary=cors' } },
    ],
    [`fetch('${URL}', { body: notes, method: 'POST' })`, { body: { content: 'notes' } }],
    [`fetch('${URL}', { body: null, signal, headers: undefined })`, { body: null, method: 'GET' }],
    [`fetch('${URL}', { 'method': 'PUT', ['mode']: 'no-cors' })`, { method: 'PUT' }],
  ])('%s', (text, expected) => {
    expect(requestIn(parseFetchCall(text))).toMatchObject(expected);
  });

  it.each([
    ['axios.get(url)', 'The text has no call of fetch().'],
    ['fetch(url)', 'The URL is not written out'],
    ['fetch(`https://a.example/${id}`, options)', 'The options of the call are not written out'],
    ['fetch("https://a.example"', 'The call cannot be read'],
    ['fetch()', 'The URL is not written out'],
    [
      `fetch('${URL}', { method: m, headers: h, credentials: c })`,
      'written out in the call: method, credentials, headers (h).',
    ],
    [`fetch('${URL}', { method, mode, redirect: r() })`, 'the call: method, mode, redirect.'],
    [`fetch('${URL}', { method: \`\${verb}\` })`, 'the call: method.'],
    [`fetch('${URL}', { ...rest, [key]: 1 })`, 'the call: ...rest, [key]: 1.'],
    [`fetch('${URL}', { headers: { ...auth, 'X-A': 'b' } })`, 'the call: headers (...auth).'],
    [`fetch('${URL}', { headers: new Headers(h) })`, 'the call: headers (h).'],
    [`fetch('${URL}', { headers: [[name, 'b'], pair] })`, 'headers (name), headers (pair).'],
  ])('%s: says what is wrong', (text, problem) => {
    const pasted = parseFetchCall(text);
    expect(pasted).toMatchObject({
      ok: false,
      problem: expect.stringContaining(problem) as string,
    });
    expect(pasted.ok ? '' : pasted.fix).toMatch(/^[A-Z].*\.$/);
  });

  it('runs nothing', () => {
    const text = `fetch('${URL}', { body: globalThis.process.exit(9), headers: { 'X-A': alert(1) } })`;
    const { body, headers } = requestIn(parseFetchCall(text));
    expect(body?.content).toBe('globalThis.process.exit(9)');
    expect(headers).toEqual([['X-A', 'alert(1)']]);
  });
});
