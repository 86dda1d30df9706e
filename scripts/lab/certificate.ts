/**
 * A certificate for the hosts of the lab, made anew for each run: browsers are told not to mind.
 */
import { generate } from 'selfsigned';

let made: Promise<{ readonly key: string; readonly cert: string }> | undefined;

/** The key and the certificate. */
export function certificate(): Promise<{ readonly key: string; readonly cert: string }> {
  made ??= make();
  return made;
}

async function make(): Promise<{ readonly key: string; readonly cert: string }> {
  const pems = await generate([{ name: 'commonName', value: 'app.example' }], {
    algorithm: 'sha256',
    extensions: [
      {
        name: 'subjectAltName',
        altNames: ['app.example', 'www.app.example', 'api.example', 'localhost'].map((value) => ({
          type: 2,
          value,
        })),
      },
    ],
  });
  return { key: pems.private, cert: pems.cert };
}
