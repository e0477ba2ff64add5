/**
 * Whether a value fits a template's pattern, for a hint beside the field. Patterns come from the applications' own
 * documents and warn only: an application may run somewhere its makers did not think of.
 *
 * `<PLACEHOLDER>` is one or more characters, `*` any number of them; `http(s)` is either scheme. Everything else
 * stands for itself.
 *
 * @example fitsPattern('https://contoso.example/acs', 'https://<YOUR_DOMAIN>/acs') // true
 */
export function fitsPattern(value: string, pattern: string): boolean {
  const source = pattern
    .split(/(<[^<>]+>|\*|http\(s\))/)
    .map((piece) => {
      if (/^<[^<>]+>$/.test(piece)) return '.+';
      if (piece === '*') return '.*';
      if (piece === 'http(s)') return 'https?';
      return piece.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}$`, 's').test(value) && !/<[^<>]+>/.test(value);
}

/** True when there is nothing to compare with, or the value fits one of the patterns. */
export function fitsOneOf(value: string, patterns: readonly string[]): boolean {
  return patterns.length === 0 || patterns.some((pattern) => fitsPattern(value, pattern));
}

/** A placeholder such as `<YOUR_NAMESPACE>` that somebody forgot to replace. */
export function leftPlaceholder(value: string): string | null {
  return /<[^<>]+>/.exec(value)?.[0] ?? null;
}
