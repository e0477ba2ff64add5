import { createReadStream } from 'node:fs';
import { inspectHelp, verifyHelp } from './help.ts';

/** How the commands are written, one line each. */
export const samlUsage = ['saml inspect [FILE|-]', 'saml verify --json'];

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
  tell(usageText());
  return 2;
}

async function runVerify(): Promise<number> {
  const { verifyStream } = await import('./verify.ts');
  if (process.stdin.isTTY) tell('Waiting for lines of JSON on standard input, which ends with Ctrl-D.');
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
  if (name === '-' && process.stdin.isTTY)
    tell(
      'Waiting for a message on standard input, which ends with Ctrl-D. Many terminals cut a line after 4,095 characters ' +
        'or sooner: a longer one belongs in a file.',
    );
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
    if (code === 'EISDIR') return complain(`${quoted} is a folder: name a file in it.`);
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
  tell(text);
  return 1;
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
