/** A target is named after what it judges, with the version that is installed. */
import { readFileSync } from 'node:fs';

/** Such as `cors 2.8.6`. Some packages do not export their `package.json`, so it is read as a file. */
export function installed(name: string): string {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string };
  return `${name} ${version}`;
}
