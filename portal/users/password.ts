/** Left out: what is mistaken for something else when a password is read to somebody (0 O, 1 l I, and the like). */
const alphabets = {
  lower: 'abcdefghijkmnpqrstuvwxyz',
  upper: 'ABCDEFGHJKLMNPQRSTUVWXYZ',
  digit: '23456789',
  symbol: '#%*+-=?@',
} as const;

const everyCharacter = Object.values(alphabets).join('');
const length = 16;

/**
 * A password of 16 characters with all four kinds in it, about 95 bits.
 *
 * @param randomBelow a uniformly distributed integer from 0 to below its argument
 */
export function generatePassword(randomBelow: (limit: number) => number): string {
  const pick = (characters: string) => characters.charAt(randomBelow(characters.length));
  const characters = Object.values(alphabets).map(pick);
  while (characters.length < length) characters.push(pick(everyCharacter));
  // Fisher–Yates: which places the four kinds got says nothing.
  for (let last = characters.length - 1; last > 0; last--) {
    const other = randomBelow(last + 1);
    const kept = characters[last] ?? '';
    characters[last] = characters[other] ?? '';
    characters[other] = kept;
  }
  return characters.join('');
}

/**
 * Cuts uniform 32-bit numbers down to a range without favouring its beginning: numbers of the incomplete last round
 * are drawn again.
 */
export function uniformBelow(draw: () => number): (limit: number) => number {
  return (limit) => {
    const rounds = Math.floor(2 ** 32 / limit) * limit;
    let number = draw();
    while (number >= rounds) number = draw();
    return number % limit;
  };
}

/** What is wrong with a password somebody thought up; null when nothing is. Entra's rule: 8–256, three of four kinds. */
export function passwordProblem(password: string): string | null {
  if (password.length < 8 || password.length > 256) return 'Use 8 to 256 characters.';
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length;
  return kinds < 3 ? 'Use three of: lower-case letters, capitals, digits, symbols.' : null;
}
