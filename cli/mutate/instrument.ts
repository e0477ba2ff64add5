import type { Mutant } from './find-mutants.ts';

/** The name of the switch within an instrumented module. */
const switchName = '__mutant';

/**
 * One text that holds a module and all its mutants: each place asks `globalThis.__mutant(id)` whether its mutant is
 * on. Lines stay where they are.
 *
 * @param mutants as `findMutants` sorts them, outer before inner, each with its id
 */
export function instrument(source: string, mutants: readonly { id: number; mutant: Mutant }[]): string {
  let next = 0;
  return `const ${switchName} = globalThis.${switchName} ?? (() => false); ${render(0, source.length)}`;

  function render(from: number, to: number): string {
    let text = '';
    let at = from;
    for (let first = mutants[next]; first !== undefined && first.mutant.start < to; first = mutants[next]) {
      const { start, end } = first.mutant;
      const here: (typeof first)[] = [];
      for (
        let each = mutants[next];
        each?.mutant.start === start && each.mutant.end === end;
        each = mutants[++next]
      )
        here.push(each);
      text += source.slice(at, start) + choose(here, render(start, end));
      at = end;
    }
    return text + source.slice(at, to);
  }
}

function choose(here: readonly { id: number; mutant: Mutant }[], original: string): string {
  const [block] = here;
  if (block?.mutant.kind === 'block') return `if (!${switchName}(${block.id})) {${original}}`;
  const cases = here.map(({ id, mutant }) => `${switchName}(${id}) ? (${mutant.text}) : `);
  return `(${cases.join('')}(${original}))`;
}
