import { type AttackClass, attackClasses } from './fixtures/attack-classes.ts';

/** The classes of attacks and how each ends here, as a section in Markdown; a test checks every case that is counted. */
export function attackCoverageText(): string[] {
  const areas = Object.entries(attackClasses);
  const count = areas.reduce((sum, [, classes]) => sum + Object.keys(classes).length, 0);
  return [
    `## ${count} classes of attacks`,
    '',
    'The cases of each class are named in `saml/fixtures/attack-classes/`. Where the attack has a genuine signature, so have its',
    'cases: xmlsec1, xml-crypto, or a judge that knows nothing but `node:crypto` confirms of each that it is not refused because it was',
    'badly made. “Genuine identity” means that nothing is refused, and what comes out is what was signed.',
    ...areas.flatMap(([area, classes]) => [
      '',
      `### ${area}`,
      '',
      '| class | how it works | how it ends | genuinely signed, and shown besides |',
      '|---|---|---|---|',
      ...Object.entries(classes).map(([name, each]) => row(name, each)),
    ]),
    '',
  ];
}

function row(
  name: string,
  { says, signed = [], signedInfoGenuine = [], unsigned = [], shown }: AttackClass,
): string {
  const genuine = signed.length + signedInfoGenuine.length;
  const cases = [...signed, ...signedInfoGenuine, ...unsigned];
  const besides = shown === undefined ? [] : [`${shown.why} (${files(shown.by)})`];
  const signedCount = cases.length === 0 ? [] : [`${genuine} of ${cases.length} cases`];
  return `| ${name} | ${says} | ${endings(cases)} | ${[...signedCount, ...besides].join('; ')} |`;
}

/** The codes that the cases are refused with, most frequent first. */
function endings(cases: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const folder of cases) {
    const [where = '', code = ''] = folder.split('/');
    const ending = where === 'accepted' ? 'genuine identity' : `\`${code}\``;
    counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  if (counts.size === 0) return 'no message has this form';
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([ending, count]) => (count === 1 ? ending : `${ending} ${count}×`))
    .join(', ');
}

function files(by: readonly (readonly [file: string, title: string])[]): string {
  return [
    ...new Set(by.map(([file]) => `\`${file.startsWith('../') ? file.slice(3) : `saml/${file}`}\``)),
  ].join(', ');
}
