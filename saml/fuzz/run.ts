/**
 * Changes signed messages at random for as long as one likes, and stops at the first that yields anything but what was
 * signed: `node saml/fuzz/run.ts [seconds | --mutants n] [--seed n]`. `--mutant n` judges the one of that number alone.
 */
import { parseArgs } from 'node:util';
import { Fuzz } from './fuzz.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, mutant: { type: 'string' }, mutants: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const fuzz = new Fuzz(seed);

if (values.mutant === undefined)
  run(
    values.mutants === undefined
      ? { seconds: Number(positionals[0] ?? 60), mutants: Number.POSITIVE_INFINITY }
      : { seconds: Number.POSITIVE_INFINITY, mutants: Number(values.mutants) },
  );
else {
  console.log(fuzz.mutant(Number(values.mutant)).text);
  fuzz.judge(Number(values.mutant));
}

function run({ seconds, mutants }: { seconds: number; mutants: number }): void {
  const started = Date.now();
  let number = 0;
  while (number < mutants && Date.now() < started + seconds * 1000)
    for (const end = Math.min(number + 500, mutants); number < end; number++) fuzz.judge(number);

  const { kinds, codes, slowest } = fuzz.counts;
  const total = { mutants: 0, refused: 0, accepted: 0 };
  console.log('   mutants     refused    accepted');
  for (const [kind, tally] of [...kinds].sort()) {
    for (const key of ['mutants', 'refused', 'accepted'] as const) total[key] += tally[key];
    console.log(`${line(tally)}  ${kind}`);
  }
  const { messages, kinds: many } = fuzz.subjects;
  console.log(`${line(total)}  in all, of ${messages} messages of ${many} kinds`);
  console.log(
    `\nseed ${seed}, ${Math.round((Date.now() - started) / 1000)} s, the slowest took ${slowest.toFixed(1)} ms`,
  );
  console.log('\nrefused with');
  for (const [code, count] of [...codes].sort(([, a], [, b]) => b - a))
    console.log(`${String(count).padStart(10)}  ${code}`);
}

function line({
  mutants,
  refused,
  accepted,
}: {
  mutants: number;
  refused: number;
  accepted: number;
}): string {
  return [mutants, refused, accepted].map((count) => String(count).padStart(10)).join('  ');
}
