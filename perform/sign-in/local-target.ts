const longest = 1000;

/**
 * A `return` parameter as an address of our own, or undefined: a path that begins with exactly one slash. Browsers
 * read a backslash as a slash and drop tabs and line breaks, so none of them may be there.
 */
export function localTarget(text: string | undefined): string | undefined {
  if (text === undefined || text.length > longest) return undefined;
  if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text)) return undefined;
  // Going back to a page of the sign-in would only ask again.
  if (/^\/(?:sign-in|sign-out|auth)(?:[/?#]|$)/.test(text)) return undefined;
  return text;
}
