import { isDeepStrictEqual } from 'node:util';
import { decodePost } from '../bindings/http-post.ts';
import { SamlRejection } from '../rejection.ts';
import { type Genuine, genuineMessages } from './genuine-messages.ts';
import { mutateQuery } from './query-mutations.ts';
import { Random } from './random.ts';
import { mutateXml } from './xml-mutations.ts';

/** What became of the mutants of one kind of message. */
export type Tally = { mutants: number; refused: number; accepted: number };
export type Counts = { kinds: Map<string, Tally>; codes: Map<string, number>; slowest: number };

/** What one message may cost, whatever it is: milliseconds of the processor. */
const budget = 50;

/** A genuine message with all that a reader of it or of the messages it is spliced with is entitled to. */
type Subject = Genuine & { entitled: unknown[] };

/**
 * Changes genuine signed messages and holds them to this: each is refused with a SamlRejection, or yields exactly what was
 * signed, and neither takes longer than the budget.
 */
export class Fuzz {
  readonly counts: Counts = { kinds: new Map(), codes: new Map(), slowest: 0 };
  readonly #seed: number;
  readonly #kinds: Subject[][];

  constructor(seed: number, genuine: readonly Genuine[] = genuineMessages()) {
    this.#seed = seed;
    const subjects = genuine.map(subjectOf);
    this.#kinds = [...Map.groupBy(subjects, ({ kind }) => kind).values()];
  }

  /** How many genuine messages there are of how many kinds. */
  get subjects(): { messages: number; kinds: number } {
    return { messages: this.#kinds.flat().length, kinds: this.#kinds.length };
  }

  /** The mutant of this number: the same for the same seed. */
  mutant(number: number): { subject: Subject; text: string; inForm: boolean } {
    const random = new Random(Math.imul(this.#seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
    const subject = random.pick(random.pick(this.#kinds));
    const { text, others } = subject;
    if (subject.carrier === 'query')
      return { subject, text: mutateQuery(text, random, others), inForm: false };
    if (random.below(20) > 0) return { subject, text: mutateXml(text, random, others), inForm: false };
    return {
      subject,
      text: mutateBase64(Buffer.from(text, 'latin1').toString('base64'), random),
      inForm: true,
    };
  }

  /** Makes and judges that mutant. @throws Error that names it, where it breaks the promise */
  judge(number: number): void {
    const { subject, text, inForm } = this.mutant(number);
    if (text === subject.text) return;
    const tally = this.counts.kinds.get(subject.kind) ?? { mutants: 0, refused: 0, accepted: 0 };
    this.counts.kinds.set(subject.kind, tally);
    tally.mutants++;
    const read = (): unknown => subject.read(inForm ? fromForm(text) : Buffer.from(text, 'latin1'));
    const started = processorTime();
    let value: unknown;
    try {
      value = read();
      tally.accepted++;
    } catch (error) {
      if (!(error instanceof SamlRejection)) throw this.#broken(number, `is answered with ${String(error)}`);
      tally.refused++;
      this.counts.codes.set(error.code, (this.counts.codes.get(error.code) ?? 0) + 1);
    }
    const took = processorTime() - started;
    if (value !== undefined && !subject.entitled.some((each) => isDeepStrictEqual(each, value)))
      throw this.#broken(number, `yields ${JSON.stringify(value)}`);
    if (took > this.counts.slowest) this.#hold(number, read, took);
  }

  /** Something slow is measured again: it may have been the compiler or the collector of garbage. */
  #hold(number: number, read: () => unknown, first: number): void {
    let fastest = first;
    for (let times = 0; times < 3 && fastest > this.counts.slowest; times++) {
      const started = processorTime();
      try {
        read();
      } catch {
        // Judged already.
      }
      fastest = Math.min(fastest, processorTime() - started);
    }
    this.counts.slowest = Math.max(this.counts.slowest, fastest);
    if (fastest > budget) throw this.#broken(number, `takes ${Math.round(fastest)} ms`);
  }

  #broken(number: number, how: string): Error {
    const { subject, text } = this.mutant(number);
    return new Error(
      `${subject.kind}, ${subject.name}: mutant ${number} of seed ${this.#seed} ${how}\n${text.slice(0, 20_000)}`,
    );
  }
}

/** Milliseconds that the processor has spent on this thread: a busy machine makes no message slow. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function subjectOf(genuine: Genuine): Subject {
  const own = genuine.read(Buffer.from(genuine.text, 'latin1'));
  const spliced = genuine.others.flatMap((text) => {
    try {
      return [genuine.read(Buffer.from(text, 'latin1'))];
    } catch (error) {
      if (error instanceof SamlRejection) return [];
      throw error;
    }
  });
  return { ...genuine, entitled: [own, ...spliced] };
}

const fromForm = (value: string): Buffer => Buffer.from(decodePost({ SAMLResponse: value }).octets);

function mutateBase64(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const piece = random.pick([' ', '\r\n', '=', '==', '-', '_', 'A', '\u0000', '%2B']);
  return text.slice(0, at) + piece + text.slice(at + random.below(2));
}
