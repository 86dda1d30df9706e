/**
 * The pages that scripts run in: blank, one for each origin, with the script that plays steps.
 */
import { readFileSync } from 'node:fs';
import type { HeaderList } from '@cors/browser';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

/** Where all files of a page are, on any host. No exchange has such a path. */
export const PAGE_PATH = '/page';

/** Where a page of an opaque origin is served. */
const OPAQUE_PAGE_URL = `http://opaque.test${PAGE_PATH}/`;

// The page gets it as JavaScript. A function's own text would not do: tsx leaves calls of a helper in
// it that no page has.
const script = transpileModule(
  readFileSync(new URL('page/play-steps.ts', import.meta.url), 'utf8'),
  { compilerOptions: { target: ScriptTarget.ES2022, module: ModuleKind.ESNext } },
).outputText;

const html = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="${PAGE_PATH}/play-steps.js"></script>`;

/** The URL of the page of an origin. */
export function pageUrl(origin: string): string {
  return origin === 'null' ? OPAQUE_PAGE_URL : `${origin}${PAGE_PATH}/`;
}

/** A file's text. */
export function pageFile(path: string): string {
  return path.endsWith('.js') ? script : html;
}

/** A file's headers. */
export function pageHeaders(url: URL): HeaderList {
  const isScript = url.pathname.endsWith('.js');
  return [
    ['Content-Type', isScript ? 'text/javascript' : 'text/html'],
    // A page of an opaque origin is a stranger to its own server.
    ['Access-Control-Allow-Origin', '*'],
    ...(OPAQUE_PAGE_URL.startsWith(url.origin) && !isScript
      ? ([['Content-Security-Policy', 'sandbox allow-scripts']] as const)
      : []),
  ];
}
