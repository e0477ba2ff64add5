import type { Setting } from './flags.ts';

/**
 * The page `docs/configuration.md`, made from the lists that the services read.
 * `npm run countersign -- docs` writes it; a test holds the committed page against this text.
 */
export function configurationPage(
  groups: readonly { title: string; settings: readonly Setting[] }[],
): string {
  const parts = [
    '# Configuration',
    '',
    'Every setting is a variable of the environment; most are also a flag of `npm start` (the flag wins). A wrong value stops the start with',
    'a sentence that says which, why, and an example. This page is printed from the code that reads the settings.',
  ];
  for (const { title, settings } of groups) {
    parts.push(
      '',
      `## ${title}`,
      '',
      '| variable | flag | default | example | what it decides |',
      '|---|---|---|---|---|',
    );
    for (const { name, flag, default: standard, example, says } of settings)
      parts.push(
        `| \`${name}\` | ${flag ? `\`--${flag}\`` : ''} | ${standard ? `\`${standard}\`` : ''} | \`${example}\` | ${says.replaceAll('|', '\\|')} |`,
      );
  }
  return `${parts.join('\n')}\n`;
}
