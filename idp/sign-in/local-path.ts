/**
 * Reads an address to return to after signing in. Only a path of this service is one: `//host`, `/\host`, other
 * schemes and control characters (which browsers drop, so that `/<tab>/host` is `//host`) all lead elsewhere.
 *
 * @returns path, query and fragment; null for anything else
 */
export function localPath(text: string | null | undefined): string | null {
  if (!text || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes('\\')) return null;
  const here = 'https://here.invalid';
  if (!URL.canParse(text, here)) return null;
  const url = new URL(text, here);
  // Dot segments may leave two slashes at the front: /.//host.
  if (url.origin !== here || url.pathname.startsWith('//')) return null;
  return url.pathname + url.search + url.hash;
}
