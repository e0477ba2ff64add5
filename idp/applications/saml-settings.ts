/**
 * Which values the SAML settings accept. A template's patterns are no part of it: they warn on the screen, because
 * vendors change their addresses before anybody hears of it.
 */
export const samlLimits = {
  identifier: 255,
  replyUrl: 256,
  replyUrls: 256,
  identifiers: 100,
  url: 2_048,
  relayState: 1_024,
};

// Everything RFC 3986 lets stand in a URL except what no reply URL may hold: ! $ ' ( ) , ; and a fragment.
const replyUrlCharacters = /^[A-Za-z0-9\-._~:/?[\]@&*+=%]+$/;
const urlCharacters = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/;

/** What is wrong with an Identifier (Entity ID), in words that follow "Invalid value …:"; null where nothing is. */
export function identifierFault(identifier: string): string | null {
  if (identifier.trim() !== identifier || identifier === '')
    return 'must not be empty nor begin or end with a blank';
  if (identifier.length > samlLimits.identifier)
    return `must have at most ${samlLimits.identifier} characters`;
  if (/[\s\p{Cc}\p{Surrogate}]/u.test(identifier)) return 'must not contain blanks or control characters';
  return placeholderFault(identifier);
}

/** What is wrong with a Reply URL (assertion consumer service). Assertions go there, so it must be https. */
export function replyUrlFault(url: string): string | null {
  if (url.length > samlLimits.replyUrl) return `must have at most ${samlLimits.replyUrl} characters`;
  const placeholder = placeholderFault(url);
  if (placeholder) return placeholder;
  if (url.includes('*')) return 'must not contain a wildcard: reply URLs are compared octet for octet';
  if (!replyUrlCharacters.test(url))
    return "must be a URL without a fragment and without the characters ! $ ' ( ) , ;";
  return webAddressFault(url);
}

/** What is wrong with a Sign on URL or Logout Url. */
export function urlFault(url: string): string | null {
  if (url.length > samlLimits.url) return `must have at most ${samlLimits.url} characters`;
  const placeholder = placeholderFault(url);
  if (placeholder) return placeholder;
  if (!urlCharacters.test(url)) return 'must be an absolute URL';
  return webAddressFault(url);
}

function placeholderFault(value: string): string | null {
  const placeholder = /<[^<>]*>/.exec(value)?.[0];
  return placeholder ? `still contains the placeholder ${placeholder}: replace it by your own value` : null;
}

function webAddressFault(text: string): string | null {
  if (!URL.canParse(text) || !/^https?:\/\//i.test(text)) return 'must be an absolute https URL';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'must not contain a user name or a password';
  if (url.protocol === 'http:' && !isLocalhost(url.hostname))
    return 'must begin with https:// (http:// is for localhost only)';
  return null;
}

/** This machine: traffic to it cannot be read on the way. */
function isLocalhost(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '127.0.0.1' ||
    hostname === '[::1]'
  );
}
