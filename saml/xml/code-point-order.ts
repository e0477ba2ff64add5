/** Orders text by code point, as canonical XML does; for characters beyond U+FFFF that is not the order of UTF-16. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const surrogateFirst = isSurrogate(x) === isSurrogate(y) ? 0 : isSurrogate(x) ? 1 : -1;
    return surrogateFirst === 0 ? x - y : surrogateFirst;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
