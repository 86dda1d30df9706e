/**
 * The guards that stand between a hazard and a user: each is a piece of source that, when it is
 * taken away, must make a test fail. `find` must stand in the file exactly once.
 */

/** One guard, and how to take it away. */
export interface Guard {
  /** What it guards against. */
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const core = (file: string, name: string, find: string, replace: string): Guard => ({
  name,
  file: `packages/core/src/${file}.ts`,
  find,
  replace,
});
const node = (file: string, name: string, find: string, replace: string): Guard => ({
  name,
  file: `packages/node/src/${file}.ts`,
  find,
  replace,
});
const fetch = (name: string, find: string, replace: string): Guard => ({
  name,
  file: 'packages/fetch/src/cors.ts',
  find,
  replace,
});

/** All of them. */
export const GUARDS: readonly Guard[] = [
  core('serialized-origin', 'an empty label', 'if (index === labelStart) return -1;', ''),
  core(
    'serialized-origin',
    'upper case and foreign characters in a host',
    '} else if (!isLabelCode(code)) {\n      return -1;',
    '} else if (!isLabelCode(code)) {\n      continue;',
  ),
  core(
    'serialized-origin',
    'a host longer than 253',
    '&& index - start <= MAX_HOST_LENGTH ? index',
    '? index',
  ),
  core(
    'serialized-origin',
    'a port that is no number',
    'if (digit < 0 || digit > 9 || (port === 0 && digit === 0)) return -1;',
    'if (port === 0 && digit === 0) return -1;',
  ),
  core('serialized-origin', 'port 0 and leading zeros', '|| (port === 0 && digit === 0)', ''),
  core(
    'serialized-origin',
    'a port over 65535',
    '|| port > MAX_PORT || port === defaultPort',
    '|| port === defaultPort',
  ),
  core(
    'serialized-origin',
    'a default port',
    '|| port > MAX_PORT || port === defaultPort',
    '|| port > MAX_PORT',
  ),
  core(
    'serialized-origin',
    'IPv4 in another spelling',
    'return !endsInNumber(host) || isIpv4Address(host);',
    'return true;',
  ),
  core(
    'serialized-origin',
    'IPv6 in another spelling',
    'return parseUrl(origin)?.origin === origin;',
    'return true;',
  ),
  core(
    'serialized-origin',
    'schemes that have no origin',
    '|| isSchemeWithoutOrigin(scheme)) return false;',
    ') return false;',
  ),
  core(
    'origin-set',
    'the apex of a subdomain pattern',
    'if (dot < start) return false;',
    'if (dot < start) dot = start - 1;',
  ),
  core(
    'origin-set',
    'the port of a pattern',
    "return ports !== null && (ports === 'any' || ports.has(port));",
    'return ports !== null;',
  ),
  core(
    'origin-set',
    'the scheme of a pattern',
    "const scheme = start === 8 ? 'https' : 'http';",
    "const scheme = 'https';",
  ),
  core(
    'origin-pattern',
    'addresses and punycode as the URL parser has them',
    '(needsUrlParser(host) && !isCanonicalHost(host, subdomains))',
    'false',
  ),
  core(
    'origin-pattern',
    'subdomains of an address',
    'if (subdomains && isAddress(host)) return false;',
    '',
  ),
  core(
    'origin-trust',
    'http: under the name of a loopback',
    "name.endsWith('.localhost')",
    "name.endsWith('localhost')",
  ),
  core(
    'origin-trust',
    'names that begin like 127/8',
    "(host.startsWith('127.') && isIpv4Address(host))",
    "host.startsWith('127.')",
  ),
  core('public-suffix', 'ancestors of public suffixes', 'ancestors.has(name) ||', ''),
  core(
    'public-suffix',
    'public suffixes',
    '|| getPublicSuffix(name, { allowPrivateDomains: true }) === name',
    '',
  ),
  core('public-suffix', 'private suffixes', '{ allowPrivateDomains: true }', '{}'),
  core(
    'public-suffix',
    'a trailing dot around a public suffix',
    "domain.endsWith('.') ? domain.slice(0, -1) : domain",
    'domain',
  ),
  core(
    'validate-origin',
    'any origin with credentials',
    "    if (guards.credentials) reportAnyWithCredentials(value, path, report);\n    return { kind: 'any' };\n  }\n  const list",
    "    return { kind: 'any' };\n  }\n  const list",
  ),
  core(
    'validate-origin',
    "['*'] with credentials",
    "  if (guards.credentials) reportAnyWithCredentials(value, path, report);\n  return { kind: 'any' };",
    "  return { kind: 'any' };",
  ),
  core(
    'validate-origin',
    '* beside other origins',
    "if (list.some((member) => member !== '*'))",
    'if (false as boolean)',
  ),
  core(
    'validate-origin',
    'null without its flag',
    'return guards.allowNullOrigin ? NULL_ORIGIN : null;',
    'return NULL_ORIGIN;',
  ),
  core(
    'validate-origin',
    'http: with credentials',
    'if (!guards.credentials || guards.allowInsecureOrigins) return false;',
    'return false;',
  ),
  core(
    'validate-origin',
    'public suffixes with credentials',
    'if (!guards.credentials || guards.allowPublicSuffixes || !pattern.subdomains) return false;',
    'return false;',
  ),
  core(
    'validate-origin',
    'an empty list of origins',
    'if (list.length === 0) {',
    'if (list.length < 0) {',
  ),
  core(
    'validate-lists',
    'exposing any header with credentials',
    "if (credentials && names.includes('*')) {",
    'if (false as boolean) {',
  ),
  core(
    'validate-lists',
    '* beside other names',
    "if (list.has('*') && others.length > 0) {",
    'if (false as boolean) {',
  ),
  core(
    'validate-lists',
    'Authorization beside * with credentials',
    'credentials ? undefined : isNonWildcardRequestHeaderName',
    'isNonWildcardRequestHeaderName',
  ),
  core(
    'header-name',
    'headers that no script can set',
    'FORBIDDEN_REQUEST_HEADERS.has(lower) ||',
    '',
  ),
  core(
    'header-name',
    'exposing Set-Cookie',
    "lower === 'set-cookie' || lower === 'set-cookie2' ||",
    '',
  ),
  core(
    'validate-options',
    'options that are inherited',
    'for (const name of Object.keys(options)) {',
    'for (const name in options) {',
  ),
  core(
    'validate-options',
    'options that cannot be read',
    "report('option-unreadable', '', undefined, why, 'pass a plain object.');",
    'throw error;',
  ),
  core('header-map', 'two keys that differ in case', 'if (found !== undefined) return null;', ''),
  core(
    'header-map',
    'a list of several values',
    'if (Array.isArray(value) && value.length === 1',
    'if (Array.isArray(value) && value.length >= 1',
  ),
  core(
    'header-map',
    'pseudo-headers asked of a Headers',
    "if (name.startsWith(':')) return undefined;",
    '',
  ),
  core(
    'request-header-names',
    'a huge raw value',
    'if (value.length > MAX_RAW_LENGTH) return null;',
    '',
  ),
  core(
    'request-header-names',
    'too many empty members',
    'if (empty > MAX_EMPTY_MEMBERS) return null;',
    '',
  ),
  core('request-header-names', 'too many bytes', 'joined > MAX_JOINED_LENGTH ||', ''),
  core(
    'request-header-names',
    'names that are no tokens',
    '|| !isToken(name)) return null;',
    ') return null;',
  ),
  core('request-header-names', 'too many names', 'if (names.size > MAX_NAMES) return null;', ''),
  core(
    'request-header-names',
    'names echoed in the case they came',
    'names.add(name.toLowerCase());',
    'names.add(name);',
  ),
  core(
    'decide',
    'OPTIONS that is no preflight',
    "method === 'OPTIONS' && read(headers, 'access-control-request-method') !== undefined;",
    "method === 'OPTIONS';",
  ),
  core(
    'decide',
    'an empty request method',
    "read(headers, 'access-control-request-method') !== undefined;",
    "Boolean(read(headers, 'access-control-request-method'));",
  ),
  core(
    'decide',
    'asking a predicate about null',
    "if (origin === 'null') return policy.asksAboutNull ? null : 'null-origin';",
    "if (origin === 'null') return null;",
  ),
  core(
    'decide',
    'asking a predicate about malformed origins',
    "if (!isSerializedOrigin(origin)) return 'origin-malformed';",
    '',
  ),
  core(
    'decide',
    'asking a predicate about insecure origins',
    "return policy.asksAboutInsecure || !isInsecureOrigin(origin) ? null : 'insecure-origin';",
    'return null;',
  ),
  core(
    'decide',
    'answers that are no booleans',
    'if (answer === true) return allow',
    'if (answer) return allow',
  ),
  core('decide', 'a method longer than 64', '|| method.length > MAX_METHOD_LENGTH', ''),
  core(
    'decide',
    'a method that is no token',
    'return isToken(method) && !isForbiddenMethod(method) ? method : null;',
    'return !isForbiddenMethod(method) ? method : null;',
  ),
  core(
    'decide',
    'a forbidden method',
    'return isToken(method) && !isForbiddenMethod(method) ? method : null;',
    'return isToken(method) ? method : null;',
  ),
  core(
    'decide',
    'the Vary of echoed lists',
    "return grant('preflight', 'origin-allowed', reply, preflightVary, preflightStatus);",
    "return grant('preflight', 'origin-allowed', reply, VARY_ORIGIN, preflightStatus);",
  ),
  core(
    'non-cors',
    'a Host that is only the end of the origin',
    'start > 2 && origin.length - start === host.length && origin.endsWith(host)',
    'start > 2 && origin.endsWith(host)',
  ),
  core(
    'non-cors',
    'a forged Host where metadata is there',
    'if (site !== undefined || mode !== undefined || origin === null) return null;',
    'if (origin === null) return null;',
  ),
  core(
    'predicate',
    'thrown values that frameworks take for orders',
    'if (thrown instanceof Error || isErrorOfAnotherRealm(thrown)) return thrown as Error;',
    'return thrown as Error;',
  ),
  core(
    'policy',
    '* sent with credentials, where it is literal',
    "const echoesMethod = credentials && methods.includes('*');",
    'const echoesMethod = false;',
  ),
  core(
    'policy',
    'two policies taken for one',
    'if (a.settings !== b.settings || a.predicate !== b.predicate) return false;',
    '',
  ),
  core(
    'policy',
    'two sets of origins taken for one',
    'for (const member of a) if (!b.has(member)) return false;',
    '',
  ),
  core(
    'cors',
    'maps that throw when they are read',
    '    decideLowerCase: (request, context) => {\n      try {\n        return decide(policy, request.method, request.headers, readLowerCase, context);\n      } catch {\n        return UNREADABLE;\n      }\n    },',
    '    decideLowerCase: (request, context) => decide(policy, request.method, request.headers, readLowerCase, context),',
  ),
  core('decision', 'decisions that can be changed', 'headers: Object.freeze(headers),', 'headers,'),
  core(
    'commit',
    "a handler's fields beside ours",
    'else if (present) fields.remove(response, field);',
    '',
  ),
  core(
    'commit',
    "a handler's Expose-Headers lost",
    'if (present && decision.allowed) value = exposeAlso(decision, existing);',
    '',
  ),
  core(
    'commit',
    "a handler's Expose-Headers on a denied reply",
    'if (present && decision.allowed) value',
    'if (present) value',
  ),
  core('commit', '* exposed with credentials', "|| (name === '*' && isCredentialed)", ''),
  core(
    'commit',
    'a reply that was to be left alone',
    "if (decision.reason !== 'no-policy') {",
    'if (true as boolean) {',
  ),
  core(
    'vary',
    'Vary replaced',
    "return missing.length === 0 ? null : `${value}, ${missing.join(', ')}`;",
    "return missing.length === 0 ? null : missing.join(', ');",
  ),
  core('vary', 'Vary: * made longer', "if (present.has('*')) return null;", ''),
  core('vary', 'Vary repeated in another case', 'name.trim().toLowerCase()', 'name.trim()'),
  core(
    'adapter',
    'the Vary of a policy chosen for the request',
    'chosen ? varyByOrigin(decision) : decision',
    'decision',
  ),
  core(
    'adapter',
    'two policies on one request',
    'return SHARED_REFUSALS[decision.kind',
    'return null; return SHARED_REFUSALS[decision.kind',
  ),
  core(
    'adapter',
    'a grant after a failure',
    "if (decision.error !== null || decision.reason === 'policy-conflict') return decision;",
    '',
  ),
  core(
    'adapter',
    'a choice that is no policy',
    'if (choice === false) return withoutPolicy(NO_POLICY, context, earlier);',
    'if (!choice) return withoutPolicy(NO_POLICY, context, earlier);',
  ),
  core('adapter', 'warnings that repeat', 'if (shown.has(code)) return;', ''),
  core(
    'describe-value',
    'control characters in messages',
    '.replace(/[^\\x20-\\x7e]/g, (char) =>',
    '.replace(/[^\\s\\S]/g, (char) =>',
  ),
  node('commit-on-head', 'upgrades', 'status === 101 ||', ''),
  node(
    'commit-on-head',
    'a head that is already sent',
    '|| response.headersSent) return parameters;',
    ') return parameters;',
  ),
  node('commit-on-head', 'writeHead(status, undefined, headers)', '(headers ?? reason)', 'reason'),
  node('fold-headers', 'a flat list of odd length', 'if (list.length % 2 !== 0) return null;', ''),
  node('fold-headers', 'repeats in a list', 'else group.values.push(...values);', ''),
  node(
    'cors',
    'a predicate that fails where there is no next',
    'handler.failed(error);\n    answer(response, 500);',
    'throw error;',
  ),
  node(
    'answer',
    'Content-Length on 204',
    "if (status === 204) response.removeHeader('Content-Length');\n  else ",
    '',
  ),
  fetch(
    'shared and immutable responses',
    'const reply = new Response(response.body, response);',
    'const reply = response;',
  ),
  fetch(
    'upgrades and network errors',
    'if (response.status === 101 || response.status === 0) return response;',
    '',
  ),
  fetch('an inner policy in conflict', 'handlings.get(request)?.decision ?? decision', 'decision'),
  fetch(
    "the headers on an error's reply",
    'response = await onError(error, request);',
    'return await onError(error, request);',
  ),
];
