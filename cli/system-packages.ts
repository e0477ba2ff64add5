import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A program the tests need beyond npm's packages, where it is looked for, and the Debian package that brings it. */
const programs = [
  {
    package: 'chromium',
    paths: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  },
  { package: 'postgresql', paths: postgresFolders().map((folder) => `${folder}/initdb`) },
  { package: 'xmlsec1', paths: ['/usr/bin/xmlsec1'] },
  // samlsign, Shibboleth's signer and verifier.
  { package: 'opensaml-tools', paths: ['/usr/bin/samlsign'] },
  // The OASIS and W3C schemas that second-judge what the engine reads and writes.
  { package: 'opensaml-schemas', paths: ['/usr/share/xml/opensaml/saml-schema-protocol-2.0.xsd'] },
  { package: 'xmltooling-schemas', paths: ['/usr/share/xml/xmltooling/xmldsig-core-schema.xsd'] },
];

/** Where the programs of a PostgreSQL server may lie, newest first. */
export function postgresFolders(): string[] {
  return [18, 17, 16, 15].map((version) => `/usr/lib/postgresql/${version}/bin`);
}

/** Installs what is missing through apt where it may; otherwise says the one line to run and ends the process. */
export function bringPackages(): void {
  const missing = programs.filter(({ paths }) => !paths.some((path) => existsSync(path)));
  if (missing.length === 0) return;
  const names = missing.map((program) => program.package);
  const line = `apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')}`;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log(`Installing ${names.join(', ')} through apt …`);
    const { status } = spawnSync('sh', ['-c', line], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status === 0) return;
  }
  console.error(`The tests need ${names.join(', ')}. Run:  sudo sh -c '${line}'`);
  process.exit(1);
}
