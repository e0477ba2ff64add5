import { attackCoverageText } from './attack-coverage.ts';
import { compatibilitySwitches } from './compatibility.ts';
import { conformanceText } from './conformance.ts';
import { type FixAt, rules } from './rules.ts';

const fixers: Record<FixAt, string> = {
  idp: 'the identity provider',
  sp: 'the service provider',
  either: 'either side',
  nobody: 'nobody: an attack',
};

/** `docs/saml-coverage.md`: every rule, every compatibility switch, the attacks and the standard's own modes, in Markdown. */
export function coverageText(): string {
  return [
    '# What the SAML engine refuses, and what it can be told to let pass',
    '',
    'Printed from `saml/rules.ts` and `saml/compatibility.ts` by `node saml/write-coverage.ts`; a test compares. Core, bindings,',
    'profiles and metadata are the four documents of SAML 2.0; dsig is XML Signature, c14n Canonical XML. Every code has at',
    'least one message that is refused with exactly that code, in the folder of its name under `saml/fixtures/rejected/`.',
    '',
    `## ${Object.keys(rules).length} rules`,
    '',
    '| code | what it says | section | who can mend it |',
    '|---|---|---|---|',
    ...Object.entries(rules).map(
      ([code, { says, section, fixAt }]) =>
        `| [\`${code}\`](../saml/fixtures/rejected/${code}) | ${says} | ${section} | ${fixers[fixAt]} |`,
    ),
    '',
    `## ${Object.keys(compatibilitySwitches).length} compatibility switches`,
    '',
    'Off unless the configuration of one peer names them.',
    '',
    '| switch | what it lets pass, and for whom |',
    '|---|---|',
    ...Object.entries(compatibilitySwitches).map(([name, says]) => `| \`${name}\` | ${says} |`),
    '',
    ...attackCoverageText(),
    ...conformanceText(),
  ].join('\n');
}
