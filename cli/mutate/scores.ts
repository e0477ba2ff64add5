import { dirname } from 'node:path';
import { describeMutant, type Equivalent, equivalentOf } from './equivalent-mutants.ts';
import type { Mutant } from './find-mutants.ts';
import type { Outcome } from './results-cache.ts';

/** How many mutants of one file or folder came to which end. `score` is in percent, equivalent ones set aside. */
export type Score = {
  path: string;
  score: number;
  killed: number;
  timeout: number;
  survived: number;
  notReached: number;
  equivalent: number;
};
export type Survivor = {
  at: string;
  operator: string;
  line: string;
  mutant: string;
  status: Outcome['status'];
};
export type Scores = {
  files: Score[];
  folders: Score[];
  survivors: Survivor[];
  /** Entries of the list of equivalent mutants that no mutant answers to any more, or that a test kills after all. */
  stale: Equivalent[];
};

/** Counts outcomes by file and by folder. */
export function scoreOf(
  mutants: readonly Mutant[],
  outcomes: readonly (Outcome | undefined)[],
  lineOf: (mutant: Mutant) => string,
  listed: readonly Equivalent[],
): Scores {
  const files = new Map<string, Score>();
  const survivors: Survivor[] = [];
  const used = new Set<Equivalent>();
  for (const [id, mutant] of mutants.entries()) {
    const score = files.get(mutant.file) ?? emptyScore(mutant.file);
    files.set(mutant.file, score);
    const { status } = outcomes[id] ?? { status: 'survived' };
    const equivalent = status === 'survived' ? equivalentOf(mutant, lineOf(mutant), listed) : undefined;
    if (equivalent !== undefined) {
      used.add(equivalent);
      score.equivalent++;
    } else if (status === 'killed') score.killed++;
    else if (status === 'timeout') score.timeout++;
    else {
      if (status === 'survived') score.survived++;
      else score.notReached++;
      survivors.push({
        at: `${mutant.file}:${mutant.line}:${mutant.column}`,
        operator: mutant.operator,
        line: lineOf(mutant).trim(),
        mutant: describeMutant(mutant),
        status,
      });
    }
  }
  const folders = new Map<string, Score>();
  for (const score of files.values()) {
    const path = `${dirname(score.path)}/`;
    const folder = folders.get(path) ?? emptyScore(path);
    folders.set(path, folder);
    for (const count of counts) folder[count] += score[count];
  }
  for (const score of [...files.values(), ...folders.values()]) score.score = percentage(score);
  const stale = listed.filter((each) => files.has(each.file) && !used.has(each));
  return { files: [...files.values()], folders: [...folders.values()], survivors, stale };
}

const counts = ['killed', 'timeout', 'survived', 'notReached', 'equivalent'] as const;

function emptyScore(path: string): Score {
  return { path, score: 100, killed: 0, timeout: 0, survived: 0, notReached: 0, equivalent: 0 };
}

function percentage({ killed, timeout, survived, notReached }: Score): number {
  const all = killed + timeout + survived + notReached;
  return all === 0 ? 100 : Math.floor((1000 * (killed + timeout)) / all) / 10;
}

/** Prints survivors, then the scores. */
export function printScores(
  { files, folders, survivors, stale }: Scores,
  print: (line: string) => void,
): void {
  const places = Map.groupBy(survivors, ({ at, line }) => `${at.replace(/:\d+$/, '')}  ${line}`);
  for (const [place, here] of places) {
    print(`\n${place}`);
    const reached = here.filter(({ status }) => status === 'survived');
    for (const { operator, mutant } of reached) print(`    ${operator}: ${mutant}`);
    if (reached.length < here.length) print(`    no test reaches ${here.length - reached.length} mutants`);
  }
  for (const { file, line, mutant } of stale)
    print(`\nlisted as equivalent, but it is not: ${file}: ${line}: ${mutant}`);
  print('\n score   killed  timeout  survived  not reached  equivalent');
  for (const each of [...files, ...folders])
    print(
      `${each.score.toFixed(1).padStart(5)} %${String(each.killed).padStart(8)}${String(each.timeout).padStart(9)}` +
        `${String(each.survived).padStart(10)}${String(each.notReached).padStart(13)}${String(each.equivalent).padStart(12)}  ${each.path}`,
    );
}
