const longest = 256;

/**
 * Why a text cannot be a password, as a sentence; undefined where it can. At least eight characters, with letters in
 * both cases and a digit or another sign, and not the user name.
 */
export function passwordProblem(password: string, userName: string): string | undefined {
  if ([...password].length < 8) return 'A password has at least 8 characters.';
  if (password.length > longest) return `A password has at most ${longest} characters.`;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /[^\p{L}]/u];
  if (!kinds.every((kind) => kind.test(password)))
    return 'A password has small and capital letters and at least one digit or sign.';
  if (password.toLowerCase() === userName.toLowerCase()) return 'A password must not be the user name.';
  return undefined;
}
