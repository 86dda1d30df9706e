/** Faults in the request headers that are echoed, where a star stands beside credentials. */
import { type Fault, faultsOf } from './fault.js';
import { echoing } from './header-list.js';
import { inMemory } from './in-memory.js';
import { changed, redeciding, withHeaders } from './questions.js';

const fault = faultsOf('echoed-headers', inMemory);

export const echoedHeaderFaults: readonly Fault[] = [
  fault(
    'star-sent-as-it-is',
    'A star is sent as it stands, beside credentials too.',
    redeciding((decision, _, { policy: { allowedHeaders, credentials } }) =>
      decision.kind === 'preflight' && decision.allowed && credentials && allowedHeaders === '*'
        ? withHeaders(decision, { 'Access-Control-Allow-Headers': '*' })
        : decision,
    ),
    [
      'echoed-headers/in-lower-case',
      'echoed-headers/names-once-each',
      'echoed-headers/at-most-64-names',
      'echoed-headers/at-most-1024-bytes',
      'echoed-headers/at-most-16-empty-members',
      'echoed-headers/repeats-and-padding-are-bounded',
      'request-headers/star-with-credentials',
    ],
  ),
  fault(
    'without-vary',
    'The reply with echoed names does not vary by the names that were asked for.',
    redeciding((decision) =>
      changed(decision, {
        vary: decision.vary.filter((name) => name !== 'Access-Control-Request-Headers'),
      }),
    ),
    ['vary/by-what-is-echoed'],
  ),
  fault('unchecked', 'What is no name is echoed.', echoing({ isName: () => true }), [
    'echoed-headers/tokens-only',
    'echoed-headers/malformed-lists-are-refused',
    'decisions/reasons-of-echoes',
  ]),
  fault('in-part', 'What is no name is left out, and the rest echoed.', echoing({ whole: false }), [
    'echoed-headers/malformed-lists-are-refused',
    'decisions/reasons-of-echoes',
  ]),
  fault(
    'without-authorization',
    'Authorization is left out of what is echoed.',
    echoing({ echo: (name) => (/^authorization$/i.test(name) ? null : name.toLowerCase()) }),
    ['request-headers/star-with-credentials', 'echoed-headers/names-once-each'],
  ),
  fault('in-any-case', 'Names are echoed as asked.', echoing({ echo: (name) => name }), [
    'echoed-headers/in-lower-case',
  ]),
  fault('of-repeats', 'Repeated names are echoed.', echoing({ distinct: false }), [
    'echoed-headers/in-lower-case',
  ]),
  fault('of-any-number', 'Any number of names is echoed.', echoing({ mostNames: 1e6 }), [
    'echoed-headers/at-most-64-names',
  ]),
  fault('of-few', 'More than 32 names are refused.', echoing({ mostNames: 32 }), [
    'echoed-headers/at-most-64-names',
  ]),
  fault('of-any-length', 'Names of any length are echoed.', echoing({ mostBytes: 1e9 }), [
    'echoed-headers/at-most-1024-bytes',
  ]),
  fault('of-short-ones', 'More than 512 bytes are refused.', echoing({ mostBytes: 512 }), [
    'echoed-headers/at-most-1024-bytes',
  ]),
  fault('empty-without-bound', 'Any number of empty members passes.', echoing({ mostEmpty: 1e9 }), [
    'echoed-headers/at-most-16-empty-members',
  ]),
  fault('padding-without-bound', 'White space of any length passes.', echoing({ longest: 1e9 }), [
    'echoed-headers/repeats-and-padding-are-bounded',
  ]),
  fault(
    'padding-refused',
    'A list with white space in it is refused.',
    echoing({ trim: (member) => member }),
    [
      'echoed-headers/names-once-each',
      'echoed-headers/in-lower-case',
      'echoed-headers/at-most-16-empty-members',
      'echoed-headers/repeats-and-padding-are-bounded',
    ],
  ),
];
