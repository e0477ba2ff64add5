import { inflateRawSync, inflateSync } from 'node:zlib';
import { isBuildable, outlineOf } from './json-outline.ts';

/** The XML octets that were found, by which steps, and what travelled beside them. */
export type Unpacked = {
  octets: Uint8Array;
  steps: string[];
  /** Parameters of the query or the form, other than the message: RelayState, SigAlg and so on, in their order. */
  beside: { name: string; value: string }[];
  /** What a strict reader of the binding would have refused. */
  lenient: string[];
};

/** Nothing that was found is SAML; `tried` says what was attempted, in order. */
export class NothingFound extends Error {
  readonly tried: string[];

  constructor(tried: string[]) {
    super('No SAML message was found.');
    this.tried = tried;
  }
}

/** An artifact stands for a message that has to be fetched; there is nothing else to show. */
export class ArtifactFound extends Error {
  readonly artifact: string;

  constructor(artifact: string) {
    super('A SAML artifact.');
    this.artifact = artifact;
  }
}

const largest = 128 * 1024 * 1024;
const largestPage = 4 * 1024 * 1024;
/** How many wrappings lie around each other at most. */
const deepest = 6;
const mostParameters = 1_000;

/**
 * Takes the wrappings off: a page with a form, a URL, a query or a form body, a JSON string or an object with a member of a known name,
 * percent-encoding, base64 in either alphabet, DEFLATE. What is XML at last is not looked into here.
 *
 * @throws NothingFound, ArtifactFound
 */
export function unpack(input: Uint8Array): Unpacked {
  const found: Unpacked = { octets: input, steps: [], beside: [], lenient: [] };
  const tried: string[] = [];
  for (let depth = 0; depth <= deepest; depth++) {
    const field = fromPage(found.octets);
    if (field === undefined && looksLikeXml(found.octets)) {
      return { ...found, steps: [...found.steps, 'XML'] };
    }
    const next = field ?? unwrap(found, tried);
    if (next === undefined) break;
    found.octets = next.octets;
    found.steps.push(next.step);
  }
  throw new NothingFound([...found.steps.map((step) => `${step} (taken off)`), ...tried]);
}

type Step = { octets: Uint8Array; step: string };

function unwrap(found: Unpacked, tried: string[]): Step | undefined {
  const text = textOf(found.octets);
  if (text === undefined) return unwrapOctets(found.octets, tried);
  for (const way of [fromJson, fromParameters, fromBase64, fromPercentEncoding]) {
    const next = way(text, found);
    if (next !== undefined) return next;
  }
  tried.push('XML', 'URL, query or form with SAMLRequest, SAMLResponse or SAMLart', 'JSON', 'base64');
  return undefined;
}

/** What is no text in UTF-8 may be one in UTF-16, as some shells write files, or compressed. */
function unwrapOctets(octets: Uint8Array, tried: string[]): Step | undefined {
  const mark = Buffer.from(octets.subarray(0, 2)).toString('hex');
  if (mark === 'fffe' || mark === 'feff') {
    const text = new TextDecoder(mark === 'fffe' ? 'utf-16le' : 'utf-16be').decode(octets);
    return { octets: Buffer.from(text), step: 'UTF-16' };
  }
  for (const [step, inflate] of [
    ['DEFLATE', inflateRawSync],
    ['zlib', inflateSync],
  ] as const) {
    try {
      return { octets: inflate(octets, { maxOutputLength: largest }), step };
    } catch {
      tried.push(`${step} of ${octets.length} octets`);
    }
  }
  return undefined;
}

function looksLikeXml(octets: Uint8Array): boolean {
  const head = textOf(octets)?.slice(0, 2) ?? Buffer.from(octets.subarray(0, 2)).toString('latin1');
  return /^<[A-Za-z_!?\u0080-\uffff]/.test(head);
}

/** UTF-8 without NUL, trimmed; undefined for anything else. */
function textOf(octets: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(octets).trim();
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** The page with the form that a browser posts by itself, as it is saved or viewed in source. */
function fromPage(octets: Uint8Array): Step | undefined {
  const text = octets.length > largestPage ? undefined : textOf(octets);
  if (text === undefined || !mayBePage(text)) return undefined;
  const name = /name=["'](SAMLResponse|SAMLRequest)["']/i.exec(text);
  if (name === null) return undefined;
  const tag = text.slice(text.lastIndexOf('<', name.index), text.indexOf('>', name.index));
  const [, value] = /^<input\s[^]*?\bvalue=["']([^"']*)["']/i.exec(tag) ?? [];
  if (value === undefined) return undefined;
  const plain = value.replaceAll(
    /&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));/gi,
    (_, hex?: string, decimal?: string) =>
      String.fromCharCode(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
  );
  return { octets: Buffer.from(plain), step: `field ${name[1]} of a page` };
}

const pageBeginning =
  /^<(?:!doctype\s+html|html|head|body|title|meta|script|noscript|style|main|section|div|p|span|center|form|fieldset|input)[\s/>]/i;

/** What begins as XML is a page only if it begins as one: a message may have a form in it that is not meant. */
function mayBePage(text: string): boolean {
  let at = 0;
  for (;;) {
    while (/\s/.test(text.charAt(at))) at++;
    const end = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '?>' : undefined;
    if (end === undefined) break;
    const found = text.indexOf(end, at + 2);
    if (found === -1) return false;
    at = found + end.length;
  }
  return text[at] !== '<' || pageBeginning.test(text.slice(at, at + 100));
}

const members = ['SAMLResponse', 'SAMLRequest', 'SAMLart', 'envelope', 'message', 'query'];

function fromJson(text: string, found: Unpacked): Step | undefined {
  if (!text.startsWith('"') && !text.startsWith('{')) return undefined;
  const outline = outlineOf(text);
  if (!isBuildable(outline)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value === 'string') return { octets: Buffer.from(value), step: 'JSON string' };
  if (outline.repeated !== undefined)
    found.lenient.push(`The member ${outline.repeated} is there twice; only the last is shown.`);
  const object = value as Record<string, unknown>;
  for (const name of members) {
    const inside = Object.hasOwn(object, name) ? object[name] : undefined;
    if (name === 'SAMLart' && typeof inside === 'string') throw new ArtifactFound(inside);
    if (typeof inside === 'string') return { octets: Buffer.from(inside), step: `JSON member ${name}` };
  }
  return undefined;
}

const parameters: ReadonlySet<string> = new Set(['SAMLResponse', 'SAMLRequest', 'SAMLart']);

/** A URL, a request line, a query or a body: whatever stands around the parameters is cut off. */
function fromParameters(text: string, found: Unpacked): Step | undefined {
  const start = /(?:^|[?&\s'"])(?:SAMLResponse|SAMLRequest|SAMLart)=/.exec(text);
  if (start === null) return undefined;
  const mark = text.lastIndexOf('?', start.index + 1);
  const before = text.slice(mark + 1, start.index);
  // What stands before the message may be parameters, or a command line.
  const from = /[\s'"]/.test(before) || mark === -1 ? start.index : mark;
  const query =
    text
      .slice(from)
      .replace(/^[?&\s'"]+/, '')
      .split(/[#\s'"]/, 1)[0] ?? '';
  const parts = query.split('&', mostParameters + 1);
  if (parts.length > mostParameters)
    found.lenient.push(`There are more than ${mostParameters} parameters; only these are looked at.`);
  let message: Step | undefined;
  for (const part of parts.slice(0, mostParameters)) {
    const [name = '', ...rest] = part.split('=');
    const value = decoded(rest.join('='));
    if (name === 'SAMLart') throw new ArtifactFound(value);
    if (!parameters.has(name)) found.beside.push({ name, value });
    else if (message === undefined) message = { octets: Buffer.from(value), step: `parameter ${name}` };
    else found.lenient.push(`There is a second message in ${name}; only the first is shown.`);
  }
  return message;
}

/** `+` is a blank in a form; where it belonged to base64 it is put back when that is read. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}

function fromPercentEncoding(text: string): Step | undefined {
  if (!/%[0-9A-Fa-f]{2}/.test(text)) return undefined;
  try {
    const octets = Buffer.from(decodeURIComponent(text));
    return { octets, step: 'percent-encoding' };
  } catch {
    return undefined;
  }
}

/** As leniently as people copy: line breaks, blanks for plus signs, the alphabet for URLs, padding lost. */
function fromBase64(text: string, found: Unpacked): Step | undefined {
  const restored = / [^ ]/.test(text) && !/[\r\n]/.test(text) ? text.replaceAll(' ', '+') : text;
  const bare = restored.replaceAll(/\s/g, '');
  if (bare.length < 8 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(bare)) return undefined;
  if (restored !== text)
    found.lenient.push('Blanks were read as the plus signs that were lost when it was copied.');
  if (/[_-]/.test(bare))
    found.lenient.push('The base64 uses the alphabet for URLs, which no binding of SAML knows.');
  else if (bare.length % 4 !== 0) found.lenient.push('The padding of the base64 is missing.');
  return { octets: Buffer.from(bare, 'base64'), step: 'base64' };
}
