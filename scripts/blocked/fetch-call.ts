/**
 * A request as the call of `fetch()` that makes it: it stands on the page, and is what browsers run.
 */
import type { PageRequest } from '@cors/browser';

/** The call, on one line. */
export function fetchCall({ url, method, headers, credentialsMode, body }: PageRequest): string {
  const options = [
    ...(method === undefined ? [] : [`method: '${method}'`]),
    ...(headers === undefined
      ? []
      : [
          `headers: { ${headers.map(([name, value]) => `${keyOf(name)}: '${value}'`).join(', ')} }`,
        ]),
    ...(credentialsMode === undefined ? [] : [`credentials: '${credentialsMode}'`]),
    ...(body === undefined || body === null ? [] : [`body: '${body.content}'`]),
  ];
  const init = options.length === 0 ? '' : `, { ${options.join(', ')} }`;
  return `fetch('${url}'${init})`;
}

function keyOf(name: string): string {
  return /^\w+$/.test(name) ? name : `'${name}'`;
}
