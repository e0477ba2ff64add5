import { AlreadyCarriedOut, carryOutTutorial, type Demo } from './demo/tutorial.ts';

/** What `npm start -- --demo` knows; a password is absent where it was set on an earlier start. */
export type DemoRequest = {
  idpUrl: string;
  performUrl: string;
  idpAdministrator: { userName: string; password: string | undefined };
  performAdministrator: { company: string; userName: string; password: string | undefined };
  say: (line: string) => void;
};

/** Runs the demo where it can run. @returns the text to print: how B.Simon signs in, or why there is nothing to do */
export async function runDemo(request: DemoRequest): Promise<string> {
  const passwords = [request.idpAdministrator.password, request.performAdministrator.password];
  if (passwords.includes(undefined))
    return [
      'The demo needs the passwords of both administrators, which were printed on the first start only.',
      'Set COUNTERSIGN_ADMIN_PASSWORD and PERFORM_ADMIN_PASSWORD to them, or start over with an empty data folder: --data <folder>.',
    ].join('\n');
  try {
    const { userName, password, signOnUrl } = await carryOutTutorial(request as Demo);
    return [
      '',
      'The tutorial has been carried out. B.Simon can sign in:',
      '',
      `  Open          ${signOnUrl}`,
      `  User name     ${userName}`,
      `  Password      ${password}   (shown this once)`,
      '',
      `  or click the Trakstar tile in My Apps, ${request.idpUrl}/my-apps`,
      '',
    ].join('\n');
  } catch (error) {
    if (error instanceof AlreadyCarriedOut)
      return 'The demo was carried out on this installation before; B.Simon keeps the password printed then.';
    throw error;
  }
}
