import type { WireRequest, WireResponse } from './audit.js';

/** Sends one request to a target and gives its reply. */
export type Exchange = (request: WireRequest) => Promise<WireResponse>;
