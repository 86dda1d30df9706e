import { slug } from 'github-slugger';
import { defineConfig, type MarkdownRenderer } from 'vitepress';

const REPOSITORY = 'https://github.com/cors-js/cors';

/** Links that leave `docs/` lead to files of the repository: on the site, to where it is published. */
const linkToRepository = (md: MarkdownRenderer): void => {
  md.core.ruler.push('link-to-repository', (state) => {
    for (const { children } of state.tokens) {
      for (const token of children ?? []) {
        const href = token.attrGet('href');
        if (token.type === 'link_open' && href?.startsWith('../') === true) {
          token.attrSet('href', `${REPOSITORY}/tree/main/${href.slice('../'.length)}`);
        }
      }
    }
  });
};

export default defineConfig({
  title: '@cors',
  description: 'A CORS engine for JavaScript servers, and the browser’s half that says why.',
  lang: 'en',
  cleanUrls: true,
  lastUpdated: false,
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    // Links within the documentation are written for GitHub, too.
    anchor: { slugify: (title) => slug(title) },
    config: (md) => void md.use(linkToRepository),
  },
  vite: {
    // As everywhere in the repository: packages are their sources, and need no build.
    resolve: { conditions: ['@cors/source', 'module', 'browser', 'default'] },
    ssr: { resolve: { conditions: ['@cors/source'] }, noExternal: [/^@cors\//] },
  },
  themeConfig: {
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
    nav: [
      { text: 'Why is it blocked?', link: '/blocked' },
      { text: 'Playground', link: '/playground' },
      { text: 'Options', link: '/options' },
    ],
    sidebar: [
      {
        text: 'When it is blocked',
        items: [
          { text: 'Why is my request blocked?', link: '/blocked' },
          { text: 'Playground', link: '/playground' },
          { text: 'Every code', link: '/errors' },
          { text: 'The command cors', link: '/cli' },
          { text: 'How the handshake works', link: '/handshake' },
          { text: 'Proxies and CDNs', link: '/proxies-and-cdns' },
        ],
      },
      {
        text: 'Set it up',
        items: [
          { text: 'Express', link: '/express' },
          { text: 'Fastify', link: '/fastify' },
          { text: 'Koa', link: '/koa' },
          { text: 'Hono', link: '/hono' },
          { text: 'h3', link: '/h3' },
          { text: 'Next.js, Workers, Deno, Bun', link: '/edge-runtimes' },
          { text: 'A server of your own', link: '/custom-servers' },
          { text: 'Every option', link: '/options' },
        ],
      },
      {
        text: 'Situations',
        items: [
          { text: 'Tenants', link: '/multi-tenant' },
          { text: 'Preview deployments', link: '/preview-deployments' },
          { text: 'Apps and extensions', link: '/webviews' },
          { text: 'Refusing requests', link: '/refusing-requests' },
        ],
      },
      {
        text: 'Move from',
        items: [
          { text: 'cors', link: '/migrate-from-cors' },
          { text: '@fastify/cors', link: '/migrate-from-fastify-cors' },
          { text: '@koa/cors', link: '/migrate-from-koa-cors' },
          { text: 'hono/cors', link: '/migrate-from-hono-cors' },
          { text: 'h3', link: '/migrate-from-h3' },
        ],
      },
      {
        text: 'Judge and explain',
        items: [
          { text: 'The browser’s half', link: '/browser' },
          { text: 'The command cors-conformance', link: '/conformance' },
          { text: 'The suite as a library', link: '/conformance-library' },
          { text: 'Writing an adapter', link: '/writing-an-adapter' },
          { text: 'Scoreboard', link: '/scoreboard' },
          { text: 'Runtimes', link: '/runtimes' },
          { text: 'How it judges', link: '/conformance-judgements' },
          { text: 'What it costs', link: '/performance' },
          { text: 'Ways to fail, and the tests', link: '/hazards' },
        ],
      },
    ],
  },
});
