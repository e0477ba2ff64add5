import { signInRefusals } from '@countersign/idp/sign-in/refusal.ts';
import { refusals } from '@countersign/idp/sso/refusals.ts';
import { ownRefusals } from '@countersign/perform/sign-in/refusals.ts';
import { kitRefusals } from '@countersign/sp-kit';

const menders: Record<string, string> = {
  person: 'the person',
  administrator: 'an administrator of the organisation',
  application: "the application's side",
  either: 'either side',
  nobody: 'nobody: an attack',
  idp: "the identity provider's side",
  sp: "the service provider's side",
};

const row = (...cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/**
 * The page `docs/error-codes.md`, made from the catalogues that refuse: what a person or an administrator can meet, on both sides.
 * `npm run countersign -- docs` writes it; a test holds the committed page against this text.
 */
export function errorCodesPage(): string {
  const known = new Set<number>(Object.values(signInRefusals).map(({ code }) => code));
  const own = Object.values(refusals)
    .filter(({ code }) => !known.has(code))
    .map((refusal) => ({ ...refusal, says: refusal.says({}) }));
  const numbered = [...Object.values(signInRefusals), ...own].sort((a, b) => a.code - b.code);
  const lines = [
    '# Error codes',
    '',
    'Printed from the code that refuses. The rules of the SAML engine stand in [saml-coverage.md](saml-coverage.md).',
    '',
    '## Identity provider',
    '',
    'Shown on the error page with Request Id, Correlation Id and Timestamp; the same Request Id stands in the sign-in log.',
    '',
    row('code', 'HTTP', 'what happened', 'who can mend it', 'how'),
    row('---', '---', '---', '---', '---'),
    ...numbered.map(({ code, status, says, mender, mend }) =>
      row(`AADSTS${code}`, String(status), says, menders[mender] ?? mender, mend),
    ),
    '',
    '## Service-provider kit and Perform',
    '',
    "The page shows a plain sentence with a reference; the code stands in Perform's log and under Settings › Authentication & SSO › Recent sign-ins.",
    '',
    row('code', 'what happened', 'who can mend it'),
    row('---', '---', '---'),
    ...Object.entries(kitRefusals).map(([code, { says, fixAt }]) =>
      row(`\`${code}\``, says, menders[fixAt] ?? fixAt),
    ),
    ...Object.entries(ownRefusals).map(([code, says]) =>
      row(`\`${code}\``, says, menders.administrator ?? ''),
    ),
  ];
  return `${lines.join('\n')}\n`;
}
