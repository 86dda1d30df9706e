/**
 * The routes of the test application, as data. The rules for all of them stand in `application.ts`.
 */
import type { Capability } from './target.js';

/** One route of the test application. */
export interface ApplicationRoute {
  /** A fixed path, or one whose last segment is a `:parameter`. */
  readonly path: string;
  /** What the handler does, in words that hold for any language. */
  readonly description: string;
  /** What a target must be capable of to have this route. */
  readonly requires?: Capability;
}

/** Every route. */
export const applicationRoutes: readonly ApplicationRoute[] = [
  { path: '/ok', description: '200, text/plain, `ok`.' },
  {
    path: '/status/:code',
    description:
      'The status `:code`, 200 to 599, with what belongs to it and, where a body is allowed, the text `status <code>`: ' +
      '201, 301, 302, 303, 307, 308 with `Location: /ok`; 206 with `Content-Range: bytes 0-9/100`; ' +
      '304 with `ETag: "v1"`; 401 with `WWW-Authenticate: Basic realm="application"`; 405 with `Allow: GET`; ' +
      '429 and 503 with `Retry-After: 1`. A code that is none of these numbers is an unknown path.',
  },
  {
    path: '/guarded',
    description:
      '401 with `WWW-Authenticate: Basic realm="application"` unless the request has an `Authorization` field; then as `/ok`.',
  },
  {
    path: '/get-only',
    description:
      'As `/ok` for GET and HEAD; 405 with `Allow: GET, HEAD` for every other method, OPTIONS included.',
  },
  {
    path: '/throw',
    description:
      'The handler throws, before it replies; the error handler replies 500. `X-Application` may be missing.',
    requires: 'error-handling',
  },
  {
    path: '/reject',
    description: 'As `/throw`, but asynchronously, as a rejected promise or its like.',
    requires: 'error-handling',
  },
  {
    path: '/error-after-head',
    description:
      'Sends the head of a 200 and the text `partial` with more announced, then fails: the connection (or stream) breaks off.',
    requires: 'streams',
  },
  {
    path: '/malformed/%zz',
    description:
      'Any path that cannot be percent-decoded is answered 400. `X-Application` may be missing.',
    requires: 'malformed-paths',
  },

  {
    path: '/vary/set',
    description: 'As `/ok`, with `Vary` set (what stood there is replaced) to `Accept`.',
  },
  {
    path: '/vary/array',
    description: 'As `/ok`, with `Vary` set to two lines, `Accept` and `Accept-Language`.',
  },
  {
    path: '/vary/lower',
    description: 'As `/ok`, with the field named `vary` set to `accept, ORIGIN`.',
  },
  { path: '/vary/star', description: 'As `/ok`, with `Vary` set to `*`.' },
  {
    path: '/vary/append',
    description: 'As `/ok`, with `Accept` appended to whatever `Vary` holds.',
  },
  { path: '/vary/remove', description: 'As `/ok`, with `Vary` removed, whatever it held.' },

  {
    path: '/write-head/object',
    description:
      '`writeHead(200, headers)`, headers an object. All `/write-head` routes give: `X-Application`, `Vary: Accept`, `X-Own: 1`, two `Set-Cookie` (`a=1` and `b=2`), `Access-Control-Allow-Origin: https://handler.example`; then the text `ok`.',
    requires: 'write-head',
  },
  {
    path: '/write-head/flat',
    description: 'The same with headers a flat array of names and values.',
    requires: 'write-head',
  },
  {
    path: '/write-head/pairs',
    description: 'The same with headers an array of pairs.',
    requires: 'write-head',
  },
  {
    path: '/write-head/reason',
    description:
      'The same as the object form, with the reason phrase `Fine` between status and headers.',
    requires: 'write-head',
  },
  {
    path: '/write-head/after-set-header',
    description:
      '`setHeader` sets `X-Application`, `Vary: Accept-Language`, `X-Set: 1` and one `Set-Cookie` (`c=3`) first; then as the object form.',
    requires: 'write-head',
  },
  {
    path: '/write-head/shared',
    description:
      'The same as the object form, with one headers object that is shared by all replies of the application.',
    requires: 'write-head',
  },
  {
    path: '/write-head/twice',
    description:
      'The same as the object form; then `writeHead(202)` again, whose error the handler ignores.',
    requires: 'write-head',
  },
  {
    path: '/write-head/status-only',
    description:
      '`setHeader` sets all the fields of the object form; then `writeHead(200)` without headers.',
    requires: 'write-head',
  },

  {
    path: '/own-cors',
    description:
      'As `/ok`, with six CORS fields of its own: Allow-Origin `https://handler.example`, Allow-Credentials `true`, Allow-Methods `PATCH`, Allow-Headers `X-Handler`, Expose-Headers `X-Handler`, Max-Age `1`.',
  },
  {
    path: '/own-cors/lower',
    description:
      'As `/ok`, with the field named `access-control-allow-origin` set to `https://handler.example`.',
  },
  {
    path: '/own-cors/twice',
    description:
      'As `/ok`, with two lines of Access-Control-Allow-Origin: `https://handler.example` and `https://a.example`.',
  },
  {
    path: '/own-cors/expose',
    description:
      'As `/ok`, with Access-Control-Expose-Headers `X-Handler, not a token, x-handler`.',
  },
  {
    path: '/own-cors/throw',
    description: 'Sets the six fields of `/own-cors`, then throws, as `/throw`.',
    requires: 'error-handling',
  },
  {
    path: '/fields',
    description:
      'As `/ok`, with fields that are no business of CORS: `X-Own: 1`, `Cache-Control: private, max-age=60`, `Content-Type: application/x-own`, two `Set-Cookie` (`a=1` and `b=2`), `Cross-Origin-Resource-Policy: same-site`, `Timing-Allow-Origin: https://handler.example`.',
  },

  {
    path: '/stream',
    description: '200, text/plain, `one two three` in three pieces, some milliseconds apart.',
    requires: 'streams',
  },
  {
    path: '/events',
    description:
      '200, text/event-stream: three events, `data: 1` to `data: 3`, some milliseconds apart, and the end.',
    requires: 'streams',
  },
  {
    path: '/flush',
    description: 'Sends the head of a 200 at once, and the text `ok` some milliseconds later.',
    requires: 'flush-headers',
  },
  {
    path: '/early-hints',
    description: 'An interim 103 with `Link: </style.css>; rel=preload; as=style`, then as `/ok`.',
    requires: 'early-hints',
  },
  { path: '/slow', description: 'As `/ok`, some 100 milliseconds later.' },
  { path: '/large', description: '200, text/plain, 262,144 times the letter `x`.' },
  {
    path: '/redirect',
    description: "302 with `Location: /ok`, made by the framework's own means for a redirect.",
  },
  {
    path: '/immutable',
    description:
      'A `Response` whose headers cannot be changed, of status 302: `Response.redirect`. No `X-Application`.',
    requires: 'response-objects',
  },
  {
    path: '/immutable/fetched',
    description:
      'A `Response` whose headers cannot be changed, as `fetch` gives it: the text `ok`. No `X-Application`.',
    requires: 'response-objects',
  },
  {
    path: '/shared-response',
    description: 'One and the same `Response` object for every request: 200 with no body.',
    requires: 'response-objects',
  },
  {
    path: '/shared-headers',
    description:
      'A new `Response` for every request, the text `ok`, all made with one and the same `Headers` object, which holds `X-Application`.',
    requires: 'response-objects',
  },
  {
    path: '/echo-body',
    description: "200, text/plain, the request's body, up to 1,048,576 bytes.",
  },
  {
    path: '/socket',
    description:
      'A request with `Upgrade: test` is answered 101 with `Connection: Upgrade` and `Upgrade: test`, by a handler of upgrades, and the connection is closed. Any other is answered 426 with `Upgrade: test`.',
    requires: 'upgrade',
  },
  {
    path: '/log',
    description:
      '200, application/json: `{ asked, decisions, reports }` since it was last read, see `application-log.ts`.',
    requires: 'log',
  },
];
