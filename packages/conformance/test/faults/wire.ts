/** Faults that only a socket shows: raw heads, raw bytes, connections, and clients that leave. */
import { type Fault, faultsOf } from './fault.js';
import { firstMethodOfSeveral } from './echoed-methods.js';
import { onHttp1, onHttp2 } from './on-node.js';
import { denied, fieldOf, readingOrigin, redeciding } from './questions.js';
import { behind, type Gateway } from './tcp-front.js';

const fault = faultsOf('wire', onHttp1);

function gatewayFault(
  id: string,
  description: string,
  gateway: Gateway,
  fails: readonly string[],
): Fault {
  return { id: `wire/${id}`, description, target: behind(gateway, onHttp1({})), fails };
}

const CORS_REQUEST_FIELDS = [
  'Origin',
  'Access-Control-Request-Method',
  'Access-Control-Request-Headers',
];

export const wireFaults: readonly Fault[] = [
  fault(
    'names-in-one-case',
    'The names of request headers are looked up in the case that browsers write.',
    {
      request: (request) => {
        for (const name of CORS_REQUEST_FIELDS) {
          if (!request.rawHeaders.includes(name)) request.headers[name.toLowerCase()] = undefined;
        }
      },
    },
    ['classification/header-names-in-any-case'],
  ),
  fault(
    'first-origin-line',
    'Of several Origin lines the first one counts.',
    {
      request: ({ headers, rawHeaders }) => {
        const first = rawHeaders.indexOf('Origin');
        if (first >= 0) headers.origin = rawHeaders[first + 1];
      },
    },
    ['origins/several-lines-are-denied'],
  ),
  fault(
    'first-method-line',
    'Of several methods asked for the first one counts.',
    { decide: firstMethodOfSeveral },
    ['methods/echo-refuses-the-rest', 'methods/echo-refuses-repeated-lines'],
  ),
  fault(
    'repeated-method-refused',
    'A preflight whose method stands on two lines is refused, though the list is fixed.',
    {
      decide: redeciding((decision, question, { policy }) =>
        decision.kind === 'preflight' &&
        decision.allowed &&
        policy.methods !== '*' &&
        /^\w+, \w+$/.test(fieldOf(question, 'access-control-request-method'))
          ? denied(decision)
          : decision,
      ),
    },
    ['methods/fixed-list-ignores-repeated-lines'],
  ),
  gatewayFault(
    'white-space-kept',
    'White space around a value is taken for a part of it.',
    (bytes) => bytes.replace(/^(Origin): ([ \t].*|.*[ \t])$/m, '$1: "$2"'),
    ['origins/outer-white-space-is-no-part-of-the-value'],
  ),
  gatewayFault(
    'control-characters-copied',
    'An origin that holds a control character is compared up to it, and copied whole.',
    (bytes) => {
      const origin = /^Origin: (https:\/\/a\.example[\0\v\f\x1b\x7f].*)$/m.exec(bytes)?.[1];
      return origin === undefined
        ? bytes
        : {
            reply: `HTTP/1.1 200 OK\r\nContent-Length: 0\r\nVary: Origin\r\nAccess-Control-Allow-Origin: ${origin}\r\n\r\n`,
          };
    },
    ['origins/control-characters-are-denied'],
  ),
  gatewayFault(
    'upgrades-refused',
    'An upgrade from an origin that is not allowed is answered 403.',
    (bytes) =>
      /^Upgrade: test$/m.test(bytes) && bytes.includes('evil.test')
        ? { reply: 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n' }
        : bytes,
    ['unusual-replies/upgrades-of-denied-origins'],
  ),
  gatewayFault(
    'upgrades-of-pages-refused',
    'An upgrade from an allowed origin is answered 400.',
    (bytes) =>
      /^Upgrade: test$/m.test(bytes) && bytes.includes('https://a.example')
        ? { reply: 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n' }
        : bytes,
    ['unusual-replies/upgrades-are-left-alone'],
  ),
  gatewayFault(
    'upgrades-granted',
    'The grant is put on the 101 of an upgrade as well.',
    (bytes) =>
      /^Upgrade: test$/m.test(bytes) && bytes.includes('https://a.example')
        ? {
            reply:
              'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\nAccess-Control-Allow-Origin: https://a.example\r\n\r\n',
          }
        : bytes,
    ['unusual-replies/upgrades-carry-nothing'],
  ),
  gatewayFault(
    'upgrades-vary',
    'The 101 of an upgrade says Vary: Origin.',
    (bytes) =>
      /^Upgrade: test$/m.test(bytes)
        ? {
            reply:
              'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\nVary: Origin\r\n\r\n',
          }
        : bytes,
    ['unusual-replies/upgrades-carry-nothing'],
  ),
  {
    id: 'wire/first-origin-line-of-http2',
    description: 'Over HTTP/2, of several origins the first one counts.',
    target: onHttp2({ decide: readingOrigin((origin) => origin.split(/[\s,]+/)[0] ?? '') }),
    fails: [
      'origins/several-in-one-value-are-denied',
      'origins/denied-replies-are-bare',
      'http2/several-origin-lines',
      'predicates/asked-only-about-origins',
      'decisions/reasons-of-a-list',
    ],
  },
];
