const classes: Readonly<Record<string, string>> = { d: 'D', D: 'd', w: 'W', W: 'w', s: 'S', S: 's' };

/**
 * The regular expressions that differ from this one in one place: an anchor left out, a quantifier left out, a class or
 * a group of characters turned into its opposite. In and out are literals as they stand in source, flags included.
 */
export function weakenedRegexes(literal: string): string[] {
  const close = literal.lastIndexOf('/');
  const pattern = literal.slice(1, close);
  const found = new Set<string>();
  const instead = (from: number, to: number, text: string): void => {
    const changed = pattern.slice(0, from) + text + pattern.slice(to);
    if (changed !== '' && compiles(changed, literal.slice(close + 1)))
      found.add(`/${changed}${literal.slice(close)}`);
  };
  let inGroup = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] ?? '';
    if (character === '\\') {
      const other = classes[pattern[at + 1] ?? ''];
      if (other !== undefined) instead(at + 1, at + 2, other);
      at++;
    } else if (inGroup) {
      inGroup = character !== ']';
    } else if (character === '[') {
      inGroup = true;
      if (pattern[at + 1] === '^') instead(at + 1, at + 2, '');
      else instead(at + 1, at + 1, '^');
    } else if (character === '^' || character === '$') {
      instead(at, at + 1, '');
    } else if (character === '{') {
      instead(at, pattern.indexOf('}', at) + 1, '');
    } else if (character === '+' || character === '*' || (character === '?' && pattern[at - 1] !== '(')) {
      instead(at, at + 1, '');
    }
  }
  return [...found];
}

function compiles(pattern: string, flags: string): boolean {
  try {
    return new RegExp(pattern, flags) instanceof RegExp;
  } catch {
    return false;
  }
}
