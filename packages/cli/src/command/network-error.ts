/**
 * Why a server could not be reached, in words: nothing listens, no such host, no TLS, a certificate that
 * browsers refuse, no reply in time, or one that is no HTTP. In ASCII, since it is quoted.
 */

/** What Node's codes stand for; `%s` is the host with its port. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at %s',
  ENOTFOUND: 'there is no host of that name: %s',
  EAI_AGAIN: 'the name of the host could not be looked up: %s',
  EHOSTUNREACH: 'there is no way to %s',
  ENETUNREACH: 'there is no way to %s',
  ETIMEDOUT: 'no connection to %s in time',
  ECONNRESET: 'the connection was closed before a whole reply head had come',
  EPIPE: 'the connection was closed before a whole reply head had come',
  EPROTO: 'no TLS is spoken at %s; is it http: there?',
  ERR_SSL_WRONG_VERSION_NUMBER: 'no TLS is spoken at %s; is it http: there?',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'no TLS is spoken at %s; is it http: there?',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate is by an authority that nobody knows',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the chain of certificates is not whole',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate is by an authority that nobody knows',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another host than %s',
  HPE_HEADER_OVERFLOW: 'the head of the reply is larger than 256 KB',
  ERR_INVALID_URL: 'the URL is none',
};

/** The error that a simulated fetch is told of. */
export function networkError(error: unknown, host: string): Error {
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  const { code = '', message } = first as { readonly code?: string; readonly message?: string };
  const reason = REASONS[code] ?? (code.startsWith('HPE_') ? NO_HTTP : (message ?? String(first)));
  return new Error(
    reason.replace('%s', () => host),
    { cause: first },
  );
}

const NO_HTTP = 'what came is no HTTP reply';
