/** nginx in front of an application, as it is often set up. */
import { startNginx } from '../../../packages/conformance/targets/nginx/nginx-process.js';
import { type ApiServer, listen, reply, urlOf } from '../api-server.js';
import type { Failure, LabServers } from '../failure.js';

/** An application with nginx in front: these lines in its `location`, and in its `http` block. */
async function behindNginx(
  application: ApiServer,
  location: string,
  http = '',
): Promise<LabServers> {
  const nginx = await startNginx(
    (port) => `
      pid nginx.pid;
      error_log stderr warn;
      events {}
      http {
        access_log off;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        ${http}
        server {
          listen 127.0.0.1:${port};
          location / {
            proxy_pass http://127.0.0.1:${application.port};
            ${location}
          }
        }
      }`,
  );
  return {
    url: urlOf(nginx),
    close: async () => {
      await nginx.stop();
      await application.close();
    },
  };
}

/** An application that allows whoever asks: what is wrong is in front of it. */
function allowing(ownFields: Readonly<Record<string, string>>): Promise<ApiServer> {
  return listen(({ headers: { origin = '' } }, response) => {
    reply(response, 200, { 'Access-Control-Allow-Origin': origin, ...ownFields });
  });
}

const VARY = { Vary: 'Origin' };

/** The header on replies that nginx makes itself, too. */
const always = (origin: string): string =>
  `add_header Access-Control-Allow-Origin ${origin} always; add_header Vary Origin always;
   proxy_hide_header Access-Control-Allow-Origin; proxy_hide_header Vary;`;

/** What nginx adds, forgets, and remembers. */
export const proxyFailures: readonly Failure[] = [
  {
    id: 'two-headers',
    title: 'The application and nginx set the header, each its own',
    remedy: 'Only one of them sets it.',
    page: {},
    start: async ({ origin }, isMended) =>
      behindNginx(
        await allowing(VARY),
        isMended ? '' : `add_header Access-Control-Allow-Origin ${origin};`,
      ),
    request: {},
    code: 'repeated-allow-origin',
    cause: /several/,
    chromium: 'MultipleAllowOriginValues',
    by: 'check',
  },
  {
    id: 'nginx-413',
    title: 'nginx refuses a large body with 413, without CORS headers',
    remedy: 'nginx sets the headers on its own replies, with `always`.',
    page: {},
    start: async ({ origin }, isMended) =>
      behindNginx(
        await allowing(VARY),
        `client_max_body_size 1k; ${isMended ? always(origin) : ''}`,
      ),
    request: { method: 'POST', body: 'x'.repeat(4096) },
    code: 'missing-allow-origin',
    cause: /status 413/,
    chromium: 'MissingAllowOriginHeader',
    by: 'check',
  },
  {
    id: 'nginx-502',
    title: 'The application is down, and 502 of nginx has no CORS headers',
    remedy: 'nginx sets the headers on its own replies, with `always`.',
    page: {},
    start: async ({ origin }, isMended) => {
      const application = await allowing(VARY);
      const servers = await behindNginx(application, isMended ? always(origin) : '');
      await application.close();
      return servers;
    },
    request: {},
    code: 'missing-allow-origin',
    cause: /status 502/,
    chromium: 'MissingAllowOriginHeader',
    by: 'check',
  },
  {
    id: 'cache-without-vary',
    title: 'It works for one origin, and then, behind a cache, for no other',
    remedy: 'The application says Vary: Origin, and the cache keeps the replies apart.',
    page: {},
    start: async (_, isMended) =>
      behindNginx(
        await allowing(isMended ? VARY : {}),
        'proxy_cache lab; proxy_cache_valid 200 1m;',
        'proxy_cache_path cache keys_zone=lab:1m;',
      ),
    before: { origin: 'https://admin.example' },
    request: {},
    code: 'allow-origin-mismatch',
    cause: /admin\.example/,
    chromium: 'AllowOriginMismatch',
    by: 'check',
  },
];
