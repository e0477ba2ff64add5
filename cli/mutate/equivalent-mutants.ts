import type { Mutant } from './find-mutants.ts';

/** A mutant that behaves like the original, as a person has seen, with the reason. */
export type Equivalent = {
  file: string;
  /** The line the mutant begins on, without its indentation. */
  line: string;
  /** What stood there and what stands there instead, as `describeMutant` prints it. */
  mutant: string;
  why: string;
};

/** A mutant as one line of text: what stood there, and what stands there instead. */
export function describeMutant({ kind, original, text }: Mutant): string {
  return `${short(original)} → ${kind === 'block' ? 'nothing' : short(text)}`;
}

function short(text: string): string {
  const oneLine = text.replaceAll(/\s+/g, ' ').trim();
  return oneLine.length > 70 ? `${oneLine.slice(0, 69)}…` : oneLine;
}

/** Finds the entry for a mutant that survived. */
export function equivalentOf(
  mutant: Mutant,
  line: string,
  listed: readonly Equivalent[],
): Equivalent | undefined {
  const described = describeMutant(mutant);
  return listed.find(
    (each) => each.file === mutant.file && each.line === line.trim() && each.mutant === described,
  );
}
