import { createReadStream } from 'node:fs';

/** How the commands are written, one line each. */
export const samlUsage = ['saml inspect [FILE|-]', 'saml verify --json'];

const inspectHelp = `countersign saml inspect [FILE|-]

Shows what a SAML message says: what it is, who sent it to whom, what is signed with what, until when it holds, the
person and the attributes, and what is worth noticing. Reads the file, or standard input for "-" and without a name:
XML, base64 of it, compressed or not, a URL, a query or a form body with SAMLRequest, SAMLResponse or SAMLart, a page with
such a form, a JSON string, or a line for "saml verify".

Nothing is verified: there is no key to verify with. Nothing is written anywhere, and no connection is opened; but who
gets hold of a fresh response can use it, so handle files with messages as you would a password.

Exit code: 0 it was shown, 1 it is no SAML, 2 the command was not understood.`;

const verifyHelp = `countersign saml verify --json

Reads JSON objects from standard input, one a line, and answers each with one line of JSON, in order. Nothing is
written anywhere, and no connection is opened.

A line:
  id              string or number, comes back in the answer
  type            Response, AuthnRequest, LogoutRequest, LogoutResponse or Metadata; taken from the message unless given
  message         base64 of the XML; or
  envelope        SAMLResponse or SAMLRequest as a form brought it; or
  query           the query of a redirect as it stood in the address, without "?"
  certificates    PEM of the sender's certificates
  now             UTC time, such as 2026-11-23T12:00:00Z
  idpEntityId     entity ID of the identity provider
  audience        entity ID of the service provider
  acs             assertion consumer service URL; of requests and logout messages the address they were sent to
  inResponseTo    ID of the request that is answered; null where there may be none
  skewSeconds     0 to 180, 0 unless given
  decryptionKeys  PEM of at most 16 RSA private keys, tried in order
  allow           names of compatibility switches (docs/saml-coverage.md)

An answer is one of
  {"id", "accepted": true, "nameId", "issuer", "audiences", "attributes", "sessionIndex", "signed", "unchecked"}
  {"id", "accepted": false, "code", "says", "fixAt", "expected"?, "actual"?}
  {"id", "error"}      where the line is malformed, has a field or a switch that does not exist, or no id (then null)

What is not given is not checked and is listed in "unchecked". Exit code: 0 when every line was answered.`;

/**
 * Runs `countersign saml …`.
 *
 * @returns the exit code: 0 done, 1 not done, 2 not understood
 */
export async function runSaml(parameters: readonly string[]): Promise<number> {
  const [command, ...rest] = parameters;
  const asksForHelp = rest.includes('--help') || rest.includes('-h');
  // Whoever read the output has gone: nobody is left to tell.
  process.stdout.on('error', () => process.exit(1));
  if (command === '--help' || command === '-h') return say(usageText());
  if (command === 'inspect' && asksForHelp) return say(inspectHelp);
  if (command === 'verify' && asksForHelp) return say(verifyHelp);
  if (command === 'inspect' && rest.length <= 1 && !rest[0]?.startsWith('--'))
    return runInspect(rest[0] ?? '-');
  if (command === 'verify' && rest.length === 1 && rest[0] === '--json') return runVerify();
  process.stderr.write(`${usageText()}\n`);
  return 2;
}

async function runVerify(): Promise<number> {
  const { verifyStream } = await import('./verify.ts');
  try {
    await verifyStream(process.stdin, process.stdout);
    return 0;
  } catch (error) {
    return complain(`Standard input cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

/** A message in base64, however long its file; nothing that is larger is one. */
const largest = 144 * 1024 * 1024;

async function runInspect(name: string): Promise<number> {
  const [{ inspect }, { withoutControls }] = await Promise.all([import('./inspect.ts'), import('./show.ts')]);
  const quoted = withoutControls(JSON.stringify(name));
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of name === '-' ? process.stdin : createReadStream(name)) {
      length += chunk.length;
      if (length > largest) return complain(`This is not SAML: it has more than ${largest} octets.`);
      chunks.push(chunk);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      return complain(`There is no file ${quoted}. A message itself is piped in, as standard input.`);
    return complain(`${name === '-' ? 'Standard input' : quoted} cannot be read (${code}).`);
  }
  try {
    const { code, says } = inspect(Buffer.concat(chunks), Date.now());
    return code === 0 ? say(says) : complain(says);
  } catch {
    // What is said of the fault might repeat what the file holds.
    return complain('It cannot be shown: a fault of this program.');
  }
}

function usageText(): string {
  return [
    'Usage:',
    ...samlUsage.map((line) => `  countersign ${line}`),
    '',
    'Each says more with --help.',
  ].join('\n');
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function complain(text: string): number {
  process.stderr.write(`${text}\n`);
  return 1;
}
