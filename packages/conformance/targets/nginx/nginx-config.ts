/**
 * The configuration of nginx for a scenario: the one that is copied everywhere, `map $http_origin` for
 * the origins and `if ($request_method = OPTIONS)` for preflights, as a careful operator keeps it.
 *
 * - `always`, so that errors carry the headers as well.
 * - The upstream's own CORS fields are hidden: two values of one field are refused by every browser.
 * - Regular expressions in the map, anchored: its plain strings are compared without case.
 * - An empty value sends no field, so that credentials are granted with the origin only.
 *
 * https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header
 * https://nginx.org/en/docs/http/ngx_http_map_module.html
 */
import { NotExpressibleError, type Scenario, type ScenarioPolicy } from '@cors/conformance';

/** Where nginx listens and what stands behind it. */
interface NginxPlace {
  readonly port: number;
  readonly upstreamPort: number;
}

const CORS_FIELDS = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
];

/** The whole file; temporary files go into the prefix that nginx is started with. */
export function nginxConfig(scenario: Scenario, place: NginxPlace): string {
  const blocks = scenarioBlocks(scenario, place);
  const headSize = scenario.maxHeaderSize ?? 0;
  return `
worker_processes 1;
error_log stderr crit;
pid nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  ${headSize === 0 ? '' : `large_client_header_buffers 16 ${headSize};`}
${blocks.maps.join('\n')}
  server {
    listen 127.0.0.1:${place.port};
${blocks.locations.join('\n')}
  }
}
`;
}

interface Blocks {
  readonly maps: readonly string[];
  readonly locations: readonly string[];
}

function scenarioBlocks({ setup }: Scenario, place: NginxPlace): Blocks {
  switch (setup.kind) {
    case 'policy':
      return policyBlocks(setup.policy, place, 'cors');
    case 'chosen': {
      if (setup.when !== 'now') {
        throw new NotExpressibleError(
          'A location is chosen by the path: the choice can neither come later nor fail.',
        );
      }
      const chosen = Object.entries(setup.policies).map(([name, policy]) =>
        policy === false
          ? { maps: [], locations: [location(`/${name}/`, [], place)] }
          : policyBlocks(policy, place, name, `/${name}/`),
      );
      return {
        maps: chosen.flatMap(({ maps }) => maps),
        locations: [...chosen.flatMap(({ locations }) => locations), location('/', [], place)],
      };
    }
    default:
      throw new NotExpressibleError(
        'add_header of an inner block replaces those of the outer ones.',
      );
  }
}

function policyBlocks(policy: ScenarioPolicy, place: NginxPlace, name: string, path = '/'): Blocks {
  refuseInexpressible(policy);
  const origin = policy.origin as '*' | readonly string[];
  const onEvery = [...originFields(policy, name), ...exposedFields(policy)];
  const preflight = [
    `      if ($request_method = OPTIONS) {`,
    ...indented(indented([...originFields(policy, name), ...preflightFields(policy)])),
    `        return ${policy.optionsSuccessStatus ?? 204};`,
    `      }`,
  ];
  return {
    maps: origin === '*' ? [] : originMaps(origin, name),
    locations: [location(path, [...preflight, ...indented(onEvery)], place)],
  };
}

function refuseInexpressible({ origin, preflightContinue }: ScenarioPolicy): void {
  if (typeof origin === 'object' && 'predicate' in origin) {
    throw new NotExpressibleError('map knows strings and regular expressions, and no functions.');
  }
  if (preflightContinue === true) {
    throw new NotExpressibleError('The if that sets the headers of preflights also answers them.');
  }
}

function originMaps(origins: readonly string[], name: string): readonly string[] {
  return [
    `  map $http_origin $${name}_origin {`,
    `    default "";`,
    ...origins.map((origin) => `    "~${originRegExp(origin)}" $http_origin;`),
    `  }`,
    `  map $${name}_origin $${name}_credentials {`,
    `    default "true";`,
    `    "" "";`,
    `  }`,
  ];
}

function originFields({ origin, credentials }: ScenarioPolicy, name: string): readonly string[] {
  if (origin === '*') return [addHeader('Access-Control-Allow-Origin', '*')];
  return [
    addHeader('Access-Control-Allow-Origin', `$${name}_origin`),
    ...(credentials === true
      ? [addHeader('Access-Control-Allow-Credentials', `$${name}_credentials`)]
      : []),
    addHeader('Vary', 'Origin'),
  ];
}

function exposedFields({ exposedHeaders }: ScenarioPolicy): readonly string[] {
  return listField('Access-Control-Expose-Headers', exposedHeaders, '*');
}

/** Beside credentials a star means nothing to browsers: what was asked for is sent back. */
function preflightFields(policy: ScenarioPolicy): readonly string[] {
  const { credentials, methods, allowedHeaders, maxAge } = policy;
  const isEcho = credentials === true;
  return [
    ...listField(
      'Access-Control-Allow-Methods',
      methods,
      isEcho ? '$http_access_control_request_method' : '*',
    ),
    ...listField(
      'Access-Control-Allow-Headers',
      allowedHeaders,
      isEcho ? '$http_access_control_request_headers' : '*',
    ),
    ...(maxAge === undefined ? [] : [addHeader('Access-Control-Max-Age', `${maxAge}`)]),
  ];
}

function listField(
  field: string,
  names: '*' | readonly string[] | undefined,
  all: string,
): readonly string[] {
  if (names === undefined || names.length === 0) return [];
  return [addHeader(field, names === '*' ? all : names.join(', '))];
}

function addHeader(name: string, value: string): string {
  return `add_header ${name} "${value}" always;`;
}

function location(path: string, lines: readonly string[], { upstreamPort }: NginxPlace): string {
  // With a path behind the port, nginx puts it in the place of the location's own.
  const upstreamPath = path === '/' ? '' : '/';
  return [
    `    location ${path} {`,
    ...lines,
    ...(lines.length === 0 ? [] : CORS_FIELDS.map((name) => `      proxy_hide_header ${name};`)),
    `      proxy_buffering off;`,
    `      proxy_http_version 1.1;`,
    `      proxy_pass http://127.0.0.1:${upstreamPort}${upstreamPath};`,
    `    }`,
  ].join('\n');
}

/** Anchored and escaped, for nginx's map. */
function originRegExp(pattern: string): string {
  const [, scheme = '', subdomains = '', host = '', anyPort = ''] =
    /^([^:]+:\/\/)(\*\.)?(.*?)(:\*)?$/.exec(pattern) ?? [];
  if (scheme === '') return `^${escaped(pattern)}$`;
  return [
    `^${escaped(scheme)}`,
    subdomains === '' ? '' : '(?:[a-z0-9_-]+\\.)+',
    escaped(host),
    anyPort === '' ? '' : '(?::[1-9][0-9]{0,4})?',
    '$',
  ].join('');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `      ${line}`);
}
