import type { FirstStart } from './service.ts';

/** What the text tells: where both services are, who administers them, where the logs are. */
export type Welcome = {
  idpUrl: string;
  performUrl: string;
  idp: FirstStart | undefined;
  perform: FirstStart | undefined;
  logs: string;
};

/** The text printed when both services answer. */
export function welcome({ idpUrl, performUrl, idp, perform, logs }: Welcome): string {
  return [
    '',
    'Countersign is running.',
    '',
    `  Admin center  ${idpUrl}/admin`,
    `  My Apps       ${idpUrl}/my-apps`,
    ...credentials(idp, 'COUNTERSIGN_ADMIN_PASSWORD'),
    '',
    `  Perform       ${performUrl}`,
    ...credentials(perform, 'PERFORM_ADMIN_PASSWORD'),
    '',
    `  Logs: countersign.log and perform.log in ${logs}. Ctrl-C stops both.`,
    '',
  ].join('\n');
}

/** What a first start made, told where the other side could not start; empty where there was none. */
export function firstStartText(first: FirstStart | undefined): string {
  const side = first?.namespace ? 'Perform' : 'The identity provider';
  const variable = first?.namespace ? 'PERFORM_ADMIN_PASSWORD' : 'COUNTERSIGN_ADMIN_PASSWORD';
  return first ? [`${side} had its first start:`, ...credentials(first, variable), ''].join('\n') : '';
}

function credentials(first: FirstStart | undefined, variable: string): string[] {
  if (!first) return [];
  const password = first.password ?? `the one in ${variable}`;
  return [
    ...(first.namespace ? [`      company       ${first.namespace}`] : []),
    `      sign in as    ${first.userName}`,
    `      password      ${password}   (shown this once)`,
  ];
}
