import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Random } from './random.ts';
import { mutateXml } from './xml-mutations.ts';

type Parameters = string[];
type QueryMutation = (parameters: Parameters, random: Random, others: readonly Parameters[]) => Parameters;

const split = (query: string): Parameters => query.split('&');
const changed = (parameters: Parameters, at: number, by: string): Parameters =>
  parameters.map((each, index) => (index === at ? by : each));

/** Changes the value of the message, however deep: octets of the base64, of the compressed and of the XML. */
function changeMessage(change: (octets: Buffer, random: Random) => Buffer | string): QueryMutation {
  return (parameters, random) => {
    const at = parameters.findIndex((each) => /^SAML(?:Request|Response)=/.test(each));
    const [name = '', value = ''] = parameters[at]?.split('=') ?? [];
    let decoded: Buffer;
    try {
      decoded = Buffer.from(decodeURIComponent(value), 'base64');
    } catch {
      return parameters;
    }
    const after = change(decoded, random);
    const text = typeof after === 'string' ? after : after.toString('base64');
    return changed(parameters, at, `${name}=${encodeURIComponent(text)}`);
  };
}

function inflated(octets: Buffer): string {
  try {
    return inflateRawSync(octets, { maxOutputLength: 1_000_000 }).toString('latin1');
  } catch {
    return '';
  }
}

const evil = [
  'RelayState=evil',
  'SAMLRequest=x',
  'SAMLResponse=x',
  'SigAlg=x',
  'Signature=x',
  'SAMLEncoding=x',
  'SAMLEncoding=urn%3Aoasis%3Anames%3Atc%3ASAML%3A2.0%3Abindings%3AURL-Encoding%3ADEFLATE',
  '',
  'RelayState',
  '%53AMLRequest=x',
  'x=y',
];

const mutations: QueryMutation[] = [
  // The query itself
  (parameters, random) => parameters.toSpliced(random.below(parameters.length), 1),
  (parameters, random) =>
    parameters.toSpliced(random.below(parameters.length + 1), 0, random.pick([...parameters, ...evil])),
  (parameters, random) => parameters.toSorted(() => random.below(3) - 1),
  (parameters, random, others) => {
    if (others.length === 0) return parameters;
    const other = random.pick(random.pick(others));
    const at = parameters.findIndex((each) => each.split('=')[0] === other.split('=')[0]);
    return at < 0 ? [...parameters, other] : changed(parameters, at, other);
  },
  (parameters, random) => {
    const at = random.below(parameters.length);
    const text = parameters[at] ?? '';
    const place = random.below(text.length);
    const character = text.charCodeAt(place) || 0;
    const by = random.pick([
      `%${character.toString(16).padStart(2, '0')}`,
      `%${character.toString(16).toUpperCase().padStart(2, '0')}`,
      String.fromCharCode(33 + random.below(94)),
      '',
      '+',
      '%20',
      '%00',
      '%',
    ]);
    return changed(parameters, at, text.slice(0, place) + by + text.slice(place + 1));
  },
  (parameters, random) => {
    const at = random.below(parameters.length);
    const lower = (parameters[at] ?? '').replaceAll(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
    return changed(parameters, at, lower);
  },
  // What it carries
  changeMessage((octets, random) => {
    const after = Buffer.from(octets);
    after[random.below(after.length)] = random.below(256);
    return after;
  }),
  changeMessage((octets, random) => Buffer.concat([octets, Buffer.alloc(random.below(4), 'x')])),
  changeMessage((octets, random) => octets.subarray(0, random.below(octets.length))),
  changeMessage((octets, random) => {
    const text = octets.toString('base64');
    const at = random.below(text.length);
    return text.slice(0, at) + random.pick([' ', '\n', '=', '-', 'A']) + text.slice(at + random.below(2));
  }),
  changeMessage((octets, random) =>
    deflateRawSync(Buffer.from(inflated(octets), 'latin1'), { level: random.below(10) }),
  ),
  changeMessage((octets, random) =>
    deflateRawSync(Buffer.from(mutateXml(inflated(octets), random), 'latin1')),
  ),
];

/** One to three changes of a signed query. */
export function mutateQuery(query: string, random: Random, others: readonly string[]): string {
  let parameters = split(query);
  for (let times = 1 + Math.min(random.below(3), random.below(3)); times > 0; times--)
    parameters = random.pick(mutations)(parameters, random, others.map(split));
  return parameters.join('&');
}
