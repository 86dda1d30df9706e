/**
 * The profiles by name.
 */
import { CHROMIUM } from './chromium-profile.js';
import { FIREFOX } from './firefox-profile.js';
import { type Profile, type ProfileName, STANDARD } from './profile.js';
import { WEBKIT } from './webkit-profile.js';

/**
 * The profiles by name.
 *
 * @example
 * ```ts
 * import { PROFILES } from '@cors/browser';
 *
 * PROFILES.webkit.maxAge.limit; // 600
 * ```
 */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  standard: STANDARD,
  chromium: CHROMIUM,
  firefox: FIREFOX,
  webkit: WEBKIT,
};
