/**
 * Each difference in a sentence. The pages about moving have the whole of it.
 */

/** By the heading of the page. */
export const DIFFERENCE_TEXTS: Readonly<Record<string, string>> = {
  'options-are-an-object-with-an-origin': 'Who may read must be said: an `origin` is required.',
  'any-origin-with-credentials-is-refused': 'Any origin with credentials is refused at start-up.',
  'true-and-false-are-no-origins':
    '`origin` is no boolean, nor anything else but origins or a predicate.',
  'any-origin-is-a-star': 'Any origin is `*`, and no longer the origin that asks.',
  'regular-expressions-become-patterns':
    'Patterns and predicates take the place of regular expressions.',
  'origins-are-checked':
    'Origins that no browser sends, or that are dangerous, are refused at start-up.',
  'lists-are-lists': 'Lists are arrays, and no longer text with commas.',
  'max-age-is-at-most-a-day': '`maxAge` is 86400 at most: no browser keeps a preflight for longer.',
  'max-age-is-a-number-up-to-a-day': '`maxAge` is a number up to 86400, and 0 is sent.',
  'predicates-return-true-or-false':
    'A predicate says yes or no; where the function names another origin than the one that asks, ours denies.',
  'a-denied-origin-is-no-error': 'A predicate denies with false; an error is a failure.',
  'request-headers-are-not-echoed':
    'Request headers are a list or `*`, and no longer sent back as they came.',
  'nothing-is-sent-to-other-origins': 'Origins that are not allowed get no CORS header.',
  'nothing-is-sent-without-an-origin': 'Requests without Origin get no CORS header.',
  'null-is-not-granted': 'The origin null gets no CORS header.',
  'a-denied-preflight-is-answered-403': 'A preflight that is denied is answered with 403.',
  'plain-options-are-no-preflights': 'OPTIONS that is no preflight goes to the application.',
  'plain-options-carry-the-headers': 'OPTIONS that is no preflight has the CORS headers.',
  'preflights-expose-nothing': 'Access-Control-Expose-Headers is not sent to preflights.',
  'a-204-has-no-content-length': 'A 204 has no Content-Length.',
  'vary-survives-the-handler': '`Vary: Origin` stays where a handler sets another Vary.',
  'vary-is-never-left-out': '`Vary: Origin` is there for origins that are denied, too.',
  'handlers-do-not-overrule-the-policy': 'A handler cannot replace Access-Control-Allow-Origin.',
  'options-that-are-gone': 'Some options have no counterpart.',
  'no-options-route-is-added':
    'No OPTIONS route is added: a preflight that goes on needs one of yours.',
  'error-replies-carry-the-headers': 'Replies to errors have the CORS headers.',
  'the-options-have-other-names': 'Some options have other names.',
  'credentials-are-true-or-false': '`credentials` is no function: make two policies, and choose.',
  'isolation-is-not-part-of-cors':
    'Cross-Origin-Opener-Policy and -Embedder-Policy are the application’s.',
  'private-networks-ask-no-header':
    'Access-Control-Allow-Private-Network is not sent: browsers ask the user.',
};
