/** A setting as both services' configuration lists it. */
export type Setting = { name: string; flag?: string; default: string; example: string; says: string };

/** What `npm start` was asked for. */
export type Invocation = {
  help: boolean;
  demo: boolean;
  /** Settings given as flags, by their name in the environment. */
  environment: Record<string, string>;
};

/**
 * Reads the flags of `npm start`: `--flag value` or `--flag=value` for each setting that has one, `--demo`, `--help`.
 *
 * @throws Error with a sentence that names an unknown flag or one without a value
 */
export function readFlags(parameters: readonly string[], settings: readonly Setting[]): Invocation {
  const invocation: Invocation = { help: false, demo: false, environment: {} };
  const waiting = [...parameters];
  for (let given = waiting.shift(); given !== undefined; given = waiting.shift()) {
    if (given === '--help' || given === '-h') invocation.help = true;
    else if (given === '--demo') invocation.demo = true;
    else {
      const [flag = '', ...rest] = given.split('=');
      const setting = settings.find((each) => each.flag !== undefined && `--${each.flag}` === flag);
      if (!setting) throw new Error(`There is no flag ${flag}. npm start -- --help lists them.`);
      const value = rest.length > 0 ? rest.join('=') : waiting.shift();
      if (value === undefined || value === '' || (rest.length === 0 && value.startsWith('--')))
        throw new Error(`${flag} needs a value; for example ${flag} ${setting.example}`);
      invocation.environment[setting.name] = value;
    }
  }
  return invocation;
}

/** The text of `npm start -- --help`. */
export function helpText(groups: readonly { title: string; settings: readonly Setting[] }[]): string {
  const lines = [
    'npm start [-- flags]   runs the identity provider with its portal, and Perform, until Ctrl-C.',
    '',
    '  --demo   additionally carries out the tutorial, so that B.Simon can sign in at once, and says how',
    '  --help   this list',
    '',
    'Every setting can be given in the environment, most also as a flag; the flag wins.',
  ];
  for (const { title, settings } of groups) {
    lines.push('', title);
    for (const setting of settings) {
      const flag = setting.flag ? `--${setting.flag}, ` : '';
      lines.push(`  ${flag}${setting.name}`, `      ${setting.says}`, `      Default: ${setting.default}`);
    }
  }
  return lines.join('\n');
}
