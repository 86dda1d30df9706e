/**
 * The `Content-Type` of an `XMLHttpRequest` whose body is text: that is sent in UTF-8 whatever the script
 * says, so another charset in the type is replaced. What is sent then is what CORS looks at.
 *
 * @see https://xhr.spec.whatwg.org/#the-send()-method
 */
import MIMEType from 'whatwg-mimetype';

import { byteLowercase } from './byte-sequence.js';
import type { Header, HeaderList } from './header-list.js';
import type { Profile } from './profile.js';

/** The headers with the charset that is true. */
export function withTrueCharset(headers: HeaderList, { xhrCharset }: Profile): HeaderList {
  if (xhrCharset === 'as-set') return headers;
  const toTrue = xhrCharset === 'replaced-in-place' ? replacedInPlace : rewritten;
  return headers.map(
    ([name, value]): Header => [
      name,
      byteLowercase(name) === 'content-type' ? toTrue(value) : value,
    ],
  );
}

// The type is written anew, and so loses quotes that it does not need and parameters that are none.
function rewritten(value: string): string {
  const type = MIMEType.parse(value);
  const charset = type?.parameters.get('charset');
  if (type === null || charset === undefined || byteLowercase(charset) === 'utf-8') return value;
  type.parameters.set('charset', 'UTF-8');
  // eslint-disable-next-line @typescript-eslint/no-base-to-string -- It has one, which its types leave out.
  return type.toString();
}

/** Each `charset` with a value; quotes around it stay, and so does all the rest. */
const CHARSET = /([\0- ;]charset[\0- ]*=[\0- "']*)[^\0- "';]+/gi;

function replacedInPlace(value: string): string {
  return value.replace(CHARSET, '$1UTF-8');
}
