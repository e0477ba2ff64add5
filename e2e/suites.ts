/** A set of files that run in one `node --test`; a sequential one is a story told over several files in one process. */
export type Suite = { name: string; files: string[]; env?: Record<string, string>; sequential?: boolean };

const journeys = [
  '01-sign-in',
  '02-add-from-gallery',
  '03-basic-saml-configuration',
  '04-signing-certificate',
  '05-copy-urls',
  '06-create-user',
  '07-assign-user',
  '08-configure-perform',
  '09-test-three-ways',
  '10-next-step',
].map((name) => `e2e/journeys/${name}.spec.ts`);

/** Everything that needs running services: what `npm test` runs behind the units, in this order. */
export const suites: Suite[] = [
  { name: 'journeys', files: journeys, sequential: true },
  {
    name: 'journeys-postgres',
    files: journeys.slice(0, 9),
    env: { COUNTERSIGN_E2E_ENGINE: 'postgres' },
    sequential: true,
  },
  {
    name: 'refusals',
    files: ['01-at-countersign', '02-at-perform', '03-forged'].map((name) => `e2e/refusals/${name}.spec.ts`),
    sequential: true,
  },
  { name: 'localhost', files: ['e2e/localhost.spec.ts'], sequential: true },
  { name: 'kill', files: ['e2e/kill.spec.ts'], sequential: true },
  {
    name: 'kill-postgres',
    files: ['e2e/kill.spec.ts'],
    env: { COUNTERSIGN_E2E_ENGINE: 'postgres' },
    sequential: true,
  },
  { name: 'looks', files: ['e2e/looks.spec.ts'], sequential: true },
];
