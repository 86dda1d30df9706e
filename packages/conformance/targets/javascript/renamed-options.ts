/** Options in the names of `cors`, for libraries that call some of them otherwise. */

/** What Koa's, Hono's and h3's packages call the three lists. */
const NAMES: Readonly<Record<string, string>> = {
  methods: 'allowMethods',
  allowedHeaders: 'allowHeaders',
  exposedHeaders: 'exposeHeaders',
};

/** The options under the library's own names; others stay as they are. */
export function renamedOptions(options: unknown, names = NAMES): unknown {
  if (typeof options !== 'object' || options === null) return options;
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [names[name] ?? name, value as unknown]),
  );
}
