import { readFileSync } from 'node:fs';

import type { CredentialsMode, Header, HeaderList } from '../src/index.js';

/** What every vector has. */
interface Vector {
  readonly id: string;
  /** Whether browsers, or the tests that they share, disagree with the standard. */
  readonly contested?: true;
  readonly note?: string;
}

/** Headers as vectors have them: several values are several lines. */
export type HeaderObject = Readonly<Record<string, string | readonly string[]>>;

interface CorsCheckVector extends Vector {
  readonly requestOrigin: string;
  readonly credentialsMode: CredentialsMode;
  readonly responseHeaders: HeaderObject;
  readonly expected: 'success' | 'failure';
  readonly reason: string;
}

export interface PreflightCheckVector extends Vector {
  readonly request: {
    readonly origin: string;
    readonly method: string;
    readonly methodIsFinal?: true;
    readonly headers: HeaderList;
    readonly credentialsMode: CredentialsMode;
    readonly useCorsPreflightFlag?: true;
  };
  readonly preflightResponse: { readonly status: number; readonly headers: HeaderObject };
  readonly expected: 'allow' | 'deny';
  readonly reason: string;
}

export type SafelistVector = Vector &
  (
    | {
        readonly kind: 'single';
        readonly name: string;
        readonly value: string;
        readonly safelisted: boolean;
      }
    | {
        readonly kind: 'byte-class';
        readonly name: string;
        readonly valueTemplate: string;
        readonly testedBytes: '1..255 except 10 and 13';
        readonly safelistedBytes: readonly number[];
      }
    | {
        readonly kind: 'header-list';
        readonly headers: HeaderList;
        readonly expectedUnsafeNames: readonly string[];
      }
  );

interface ExposedHeadersVector extends Vector {
  readonly credentialsMode: CredentialsMode;
  readonly responseHeaders: HeaderObject;
  readonly exposed: readonly string[];
  readonly hidden: readonly string[];
}

export interface MaxAgeVector extends Vector {
  readonly headerValue: string | readonly string[] | null;
  /** Null for a number that JSON cannot hold exactly: the text has it. */
  readonly expectedSeconds: number | null;
  readonly expectedSecondsText?: string;
}

export interface NeedsPreflightVector extends Vector {
  readonly api: 'fetch' | 'xhr';
  readonly pageOrigin: string;
  readonly url: string;
  readonly method: string;
  readonly headers: HeaderList;
  readonly mode: 'cors' | 'no-cors' | 'same-origin';
  readonly uploadListener?: boolean;
  readonly expected: boolean;
  readonly outcome: 'preflight' | 'no-preflight' | 'type-error' | 'network-error';
  readonly expectedRequestMethod?: string;
  readonly expectedRequestHeaders?: string | null;
  readonly expectedPreflight?: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly absentHeaders: readonly string[];
  };
}

interface VectorFiles {
  'cors-check': CorsCheckVector;
  'preflight-check': PreflightCheckVector;
  'safelisted-request-header': SafelistVector;
  'exposed-headers': ExposedHeadersVector;
  'max-age': MaxAgeVector;
  'needs-preflight': NeedsPreflightVector;
}

export function readVectors<Name extends keyof VectorFiles>(name: Name): VectorFiles[Name][] {
  const file = new URL(`vectors/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as VectorFiles[Name][];
}

export function headerListOf(headers: HeaderObject): HeaderList {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((line): Header => [name, line]),
  );
}
