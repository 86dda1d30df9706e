/** Faults that only requests of many kilobytes show. */
import { type Fault, faultsOf } from './fault.js';
import { echoing } from './header-list.js';
import { methodsOfAnyLength } from './echoed-methods.js';
import { onHttp1 } from './on-node.js';
import {
  admitting,
  asking,
  denied,
  fieldOf,
  grantTo,
  originOf,
  redeciding,
  withHeaders,
} from './questions.js';

const fault = faultsOf('hostile', onHttp1);

const withoutNames = { 'access-control-request-headers': undefined };

export const hostileFaults: readonly Fault[] = [
  fault(
    'methods-without-bound',
    'A method of any length is echoed.',
    { decide: methodsOfAnyLength },
    ['methods/echo-refuses-the-rest', 'hostile/huge-methods'],
  ),
  fault(
    'names-without-bound',
    'Request headers are echoed without any bound.',
    {
      decide: echoing({
        mostNames: 1e9,
        mostBytes: 1e9,
        mostEmpty: 1e9,
        longest: 1e9,
        // In linear time: a server that hangs is another fault.
        trim: (member) => member.trim(),
      }),
    },
    [
      'echoed-headers/at-most-64-names',
      'echoed-headers/at-most-1024-bytes',
      'echoed-headers/at-most-16-empty-members',
      'echoed-headers/repeats-and-padding-are-bounded',
      'hostile/header-lists-where-echoed',
    ],
  ),
  fault(
    'long-lists-sent-back',
    'A list that is too long is sent back as it came.',
    {
      decide: redeciding((decision, question, { policy }) => {
        const asked = fieldOf(question, 'access-control-request-headers');
        const isEchoed = policy.credentials === true && policy.allowedHeaders === '*';
        const isTooMuch = decision.reason === 'headers-refused' && asked.length > 4096;
        return isTooMuch && isEchoed
          ? withHeaders(grantTo(originOf(question) ?? '', asking(question, withoutNames), policy), {
              'Access-Control-Allow-Headers': asked,
            })
          : decision;
      }),
    },
    [
      'echoed-headers/repeats-and-padding-are-bounded',
      'hostile/header-lists-where-echoed',
      'hostile/lines-of-commas-where-echoed',
    ],
  ),
  fault(
    'busy-after-long-lists',
    'After a list of 16 KB or more, in one line or many, the next request is answered 503.',
    () => {
      let isBusy = false;
      return {
        listener: (listener) => (request, response) => {
          if (isBusy) {
            isBusy = false;
            response.writeHead(503).end();
            return;
          }
          isBusy = String(request.headers['access-control-request-headers']).length >= 16_000;
          listener(request, response);
        },
      };
    },
    [
      'hostile/header-lists-do-no-harm',
      'hostile/header-lists-where-echoed',
      'hostile/header-lists-where-fixed',
      'hostile/lines-of-commas',
      'hostile/lines-of-commas-where-echoed',
    ],
  ),
  fault(
    'long-lists-refused',
    'A preflight with a long list of names is refused, though ours is fixed.',
    {
      decide: redeciding((decision, question) =>
        decision.allowed && fieldOf(question, 'access-control-request-headers').length > 8192
          ? denied(decision)
          : decision,
      ),
    },
    ['hostile/header-lists-where-fixed'],
  ),
  fault(
    'origins-without-bound',
    'Names of any length are matched.',
    {
      decide: admitting(
        (origin, patterns) =>
          patterns.includes('https://*.b.example') &&
          /^https:\/\/(?:[a-z0-9-]+\.)+b\.example$/.test(origin),
      ),
    },
    ['origins/longest-names', 'hostile/long-origins', 'hostile/huge-origins'],
  ),
];
