/** What can be told of a JSON text without building it: how much structure it has, and what its outermost members are called. */
export type JsonOutline = { depth: number; tokens: number; repeated: string | undefined };

/** Whether it may be built: nothing that the commands read needs more than this. */
export function isBuildable({ depth, tokens }: JsonOutline): boolean {
  return depth <= 16 && tokens <= 10_000;
}

/**
 * Scans a JSON text once, jumping over strings. Building a hostile text costs many times its length in memory, so its
 * depth and the number of its brackets, commas and colons are known first. `repeated` is an outermost member that occurs
 * twice: parsers keep the last one in silence, and another parser might keep the first.
 */
export function outlineOf(text: string): JsonOutline {
  const names = new Set<string>();
  let [depth, deepest, tokens] = [0, 0, 0];
  let repeated: string | undefined;
  let latest = '';
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const end = endOfString(text, at + 1);
      if (depth === 1) latest = text.slice(at, end + 1);
      at = end;
    } else if (code === colon || code === comma) {
      tokens++;
      if (code === colon && depth === 1) {
        const name = unescaped(latest);
        if (names.has(name)) repeated ??= name;
        // A text with more members than this is refused for their number.
        if (names.size < 1_000) names.add(name);
      }
    } else if (code === openBracket || code === openBrace) {
      tokens++;
      depth++;
      if (depth > deepest) deepest = depth;
    } else if (code === closeBracket || code === closeBrace) {
      depth--;
    }
  }
  return { depth: deepest, tokens, repeated };
}

const [quote, backslash, colon, comma] = [0x22, 0x5c, 0x3a, 0x2c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/** The place of the closing quote; the end of the text where there is none. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (end - 1 - backslashes >= from && text.charCodeAt(end - 1 - backslashes) === backslash)
      backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

function unescaped(name: string): string {
  if (!name.includes('\\')) return name.slice(1, -1);
  try {
    return String(JSON.parse(name));
  } catch {
    return name;
  }
}
