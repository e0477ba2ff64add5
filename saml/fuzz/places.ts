/** Where something stands in a text, from the first character to behind the last. */
export type Place = { from: number; to: number };

/** Where a kind of piece stands in a text that is still more or less XML. */
export type PlacesOf = (text: string) => Place[];

const placesOf =
  (pattern: RegExp): PlacesOf =>
  (text) =>
    [...text.matchAll(pattern)].map((found) => {
      const inner = found[1];
      const from = inner === undefined ? found.index : found.index + found[0].indexOf(inner, 1);
      return { from, to: from + (inner ?? found[0]).length };
    });

export const attributes = placesOf(/\s[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*')/g);
export const declarations = placesOf(/\sxmlns(?::[\w.-]+)?="[^"<]*"/g);
export const attributeValues = placesOf(/="([^"<]+)"/g);
export const texts = placesOf(/>([^<>]*[^<>\s][^<>]*)</g);
export const names = placesOf(/<\/?([\w:.-]+)/g);
/** Text that can only be base64: digests, signatures, ciphertexts, certificates. */
export const base64Texts = placesOf(/>\s*([A-Za-z0-9+/\s]{20,}={0,2})\s*</g);
/** The insides of tags in front of their end, where attributes go. */
export const tagEnds: PlacesOf = (text) =>
  [...text.matchAll(/<[\w:.-]+(?:\s[^<>]*?)?(?=\/?>)/g)].map(({ 0: tag, index }) => ({
    from: index + tag.length,
    to: index + tag.length,
  }));
/** In front of the text, and between tags and texts. */
export const gaps: PlacesOf = (text) => [
  { from: 0, to: 0 },
  ...[...text.matchAll(/<|(?<=>)/g)].map(({ index }) => ({ from: index, to: index })),
];

export type ElementPlace = Place & { name: string };

/** All elements, each from its start tag to the end tag that closes it. */
export function elements(text: string): ElementPlace[] {
  const open: { name: string; from: number }[] = [];
  const found: ElementPlace[] = [];
  for (const { 0: tag, 1: slash, 2: name = '', 3: empty, index } of text.matchAll(
    /<(\/?)([\w:.-]+)[^<>]*?(\/?)>/g,
  )) {
    const to = index + tag.length;
    if (empty !== '') found.push({ name, from: index, to });
    else if (slash === '') open.push({ name, from: index });
    else {
      const at = open.findLastIndex((each) => each.name === name);
      const opened = at < 0 ? undefined : open.splice(at)[0];
      if (opened !== undefined) found.push({ name, from: opened.from, to });
    }
  }
  return found;
}

export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
