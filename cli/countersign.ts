#!/usr/bin/env node
/**
 * `npx countersign <command>`, or `npm run countersign -- <command>`: what people do beside the screens. Each command
 * loads only what it needs: looking at a SAML message starts no service and opens no database.
 */
const [command, ...parameters] = process.argv.slice(2);

const usage = `Usage: countersign <command>

  saml inspect [FILE|-]           shows what a SAML message says, whatever it is wrapped in
  saml verify --json              judges SAML messages, one JSON object a line
  plan <namespace> --sso on|off   switches single sign-on in the plan of a company of Perform
  docs                            prints the generated pages into docs/
  --help                          this list`;

if (command === 'saml') {
  const { runSaml } = await import('./saml/command.ts');
  process.exitCode = await runSaml(parameters);
} else if (command === 'plan') {
  const { runOperator } = await import('@countersign/perform/operator.ts');
  const { code, says } = await runOperator([command, ...parameters], process.env);
  (code === 0 ? console.log : console.error)(says);
  process.exitCode = code;
} else if (command === 'docs') {
  const { writeGeneratedPages } = await import('./pages.ts');
  writeGeneratedPages();
} else if (command === '--help' || command === '-h') {
  console.log(usage);
} else {
  console.error(usage);
  process.exitCode = 2;
}
