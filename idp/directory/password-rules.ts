import { randomInt } from 'node:crypto';

export const passwordLimits = { least: 8, most: 256, kinds: 3 };

const kinds: readonly RegExp[] = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/];

/** The rule a password breaks, as a sentence for the person who typed it; null where it breaks none. */
export function brokenPasswordRule(password: string): string | null {
  if (!/^[\x20-\x7e]*$/.test(password))
    return 'A password may hold letters without accents, digits, blanks and the symbols of an English keyboard only.';
  if (password.length < passwordLimits.least)
    return `A password must have at least ${passwordLimits.least} characters.`;
  if (password.length > passwordLimits.most)
    return `A password may have at most ${passwordLimits.most} characters.`;
  if (kinds.filter((kind) => kind.test(password)).length < passwordLimits.kinds)
    return 'A password must mix three of these four: lower-case letters, upper-case letters, digits, symbols.';
  return null;
}

// Without characters that are mistaken for one another when a password is read out or typed from paper.
const alphabets = ['abcdefghjkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789'] as const;

/** A random password of four groups of four that keeps the rules: about 88 bits. */
export function generatePassword(): string {
  const all = alphabets.join('');
  for (;;) {
    const groups = Array.from({ length: 4 }, () =>
      Array.from({ length: 4 }, () => all[randomInt(all.length)]).join(''),
    );
    const password = groups.join('-');
    if (alphabets.every((alphabet) => [...alphabet].some((character) => password.includes(character))))
      return password;
  }
}
