import { readFileSync } from 'node:fs';

import type {
  CredentialsMode,
  FetchResponse,
  Header,
  HeaderList,
  ProfileName,
  RedirectTaint,
  ReferrerPolicy,
  RequestMode,
  ResponseTainting,
} from '../src/index.js';

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
  readonly engines?: Partial<Record<ProfileName, 'allow' | 'deny'>>;
}

export type SafelistVector = Vector &
  (
    | {
        readonly kind: 'single';
        readonly name: string;
        readonly value: string;
        readonly safelisted: boolean;
        readonly engines?: Partial<Record<ProfileName, boolean>>;
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
  /** The browser's own limits applied; null where nobody knows. */
  readonly engineActualSeconds: Readonly<Record<'chromium' | 'firefox' | 'webkit', number | null>>;
}

export interface NeedsPreflightVector extends Vector {
  readonly api: 'fetch' | 'xhr';
  readonly pageOrigin: string;
  readonly url: string;
  readonly method: string;
  readonly headers: HeaderList;
  readonly mode: 'cors' | 'no-cors' | 'same-origin';
  readonly credentials: CredentialsMode;
  readonly uploadListener?: boolean;
  /** In words. */
  readonly body?: string;
  /** The names of what is left of the headers. */
  readonly headersSent?: readonly string[];
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

export interface OriginVector extends Vector {
  readonly kind: 'serialize' | 'redirect-taint' | 'origin-header';
  /** Of `serialize`; `opaque` says in words what has an opaque origin. */
  readonly url?: string;
  readonly opaque?: string;
  /** Of `redirect-taint`. */
  readonly requestOrigin: string;
  readonly urlList: readonly string[];
  readonly expectedTaint: RedirectTaint;
  /** Of `origin-header`. */
  readonly request: {
    readonly origin: string;
    readonly mode: RequestMode;
    readonly method: string;
    readonly referrerPolicy: ReferrerPolicy;
    readonly url: string;
    readonly redirectTaint?: RedirectTaint;
    readonly responseTainting?: ResponseTainting;
  };
  readonly expectedOriginHeader: string | null;
}

/** A response as vectors have it. */
export interface VectorResponse {
  readonly status: number;
  readonly headers: HeaderObject;
  readonly location?: string;
}

export interface PreflightCacheVector extends Vector {
  readonly description: string;
  readonly steps: readonly {
    /** In seconds. */
    readonly at: number;
    readonly request: {
      readonly origin: string;
      readonly url: string;
      readonly method: string;
      readonly headers: HeaderList;
      readonly credentialsMode: CredentialsMode;
      readonly topLevelSite: string;
      readonly useCorsPreflightFlag?: boolean;
    };
    readonly preflightResponse: VectorResponse;
    /** To the request itself; one that lets the page read it when absent. */
    readonly actualResponse?: 'network-error';
    readonly expectPreflight: boolean;
    readonly expectOutcome: 'ok' | 'network-error';
  }[];
  /** By browser: `P` for a preflight, `-` for none, then words. */
  readonly engines?: Partial<Record<ProfileName, string>>;
}

export interface RedirectVector extends Vector {
  readonly description: string;
  readonly request: {
    readonly origin: string;
    readonly mode: 'cors' | 'no-cors' | 'same-origin';
    readonly credentialsMode: CredentialsMode;
    readonly redirectMode: 'follow' | 'error' | 'manual';
    readonly method: string;
    readonly headers: HeaderList;
    readonly body?: string;
  };
  readonly hops: readonly {
    readonly url: string;
    readonly preflight?: VectorResponse;
    readonly response: VectorResponse;
  }[];
  readonly expected: {
    readonly outcome: 'success' | 'network-error' | 'opaqueredirect';
    readonly originHeaders: readonly (string | null)[];
    readonly methods: readonly string[];
    readonly preflightSent: readonly boolean[];
    readonly finalHeaderNames?: readonly string[];
    readonly responseTainting?: ResponseTainting;
    readonly failsAtHop?: number;
    readonly reason?: string;
  };
}

interface VectorFiles {
  'origin-serialization': OriginVector;
  'preflight-cache': PreflightCacheVector;
  redirects: RedirectVector;
  'cors-check': CorsCheckVector;
  'preflight-check': PreflightCheckVector;
  'safelisted-request-header': SafelistVector;
  'exposed-headers': ExposedHeadersVector;
  'max-age': MaxAgeVector;
  'needs-preflight': NeedsPreflightVector;
}

/** The browsers that vectors know answers of. */
export const ENGINES = ['chromium', 'firefox', 'webkit'] as const;

export function readVectors<Name extends keyof VectorFiles>(name: Name): VectorFiles[Name][] {
  const file = new URL(`vectors/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as VectorFiles[Name][];
}

export function headerListOf(headers: HeaderObject): HeaderList {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((line): Header => [name, line]),
  );
}

/** A response as the algorithms take it: where it redirects to is one more header. */
export function responseOf({ status, headers, location }: VectorResponse): FetchResponse {
  const more: HeaderList = location === undefined ? [] : [['Location', location]];
  return { status, headers: [...headerListOf(headers), ...more] };
}
