/** One way to do the work that is compared; it throws or rejects where the work fails. */
export type Contender = { name: string; work: () => unknown };

/**
 * Microseconds per piece of work. `processor` is the time of all threads of the process, in the middle of the rounds: what
 * others do on the machine hardly changes it. `wall` is the shortest time that passed. `rounds` are the processor's, in order.
 */
export type Measured = { name: string; processor: number; wall: number; rounds: number[] };

/**
 * Measures all contenders in paired rounds: in every round each one works for about `milliseconds`, so that what slows the
 * machine slows all of them. `together` pieces are under way at once, for work that waits for the thread pool.
 */
export async function measure(
  contenders: readonly Contender[],
  how: { rounds: number; milliseconds: number; together?: number },
): Promise<Measured[]> {
  const { rounds, milliseconds, together = 1 } = how;
  const lanes: { contender: Contender; pieces: number; wall: number; rounds: number[] }[] = [];
  for (const contender of contenders) {
    await warmUp(contender, 10 * milliseconds);
    const { processor } = await timed(contender, together, together);
    const pieces = together * Math.max(1, Math.round((milliseconds * 1000) / processor / together));
    lanes.push({ contender, pieces, wall: Number.POSITIVE_INFINITY, rounds: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const lane of lanes) {
      const { processor, wall } = await timed(lane.contender, lane.pieces, together);
      lane.rounds.push(processor);
      lane.wall = Math.min(lane.wall, wall);
    }
  }
  return lanes.map(({ contender, wall, rounds: figures }) => ({
    name: contender.name,
    processor: medianOf(figures),
    wall,
    rounds: figures,
  }));
}

/** What has run but a few times is not compiled yet. */
async function warmUp({ work }: Contender, milliseconds: number): Promise<void> {
  const before = process.cpuUsage();
  const spent = (): number => process.cpuUsage(before).user / 1000;
  for (let pieces = 0; pieces < 5_000 && spent() < milliseconds; pieces++) await work();
}

/** How many times as long the first took as the second, in the middle of the rounds they shared. */
export function ratio(first: Measured, second: Measured): number {
  return medianOf(first.rounds.map((figure, round) => figure / (second.rounds[round] ?? Number.NaN)));
}

async function timed(
  { work }: Contender,
  pieces: number,
  together: number,
): Promise<{ processor: number; wall: number }> {
  const start = performance.now();
  const before = process.cpuUsage();
  if (together === 1) {
    for (let i = 0; i < pieces; i++) {
      const done = work();
      if (done instanceof Promise) await done;
    }
  } else {
    const lane = async (): Promise<void> => {
      for (let i = 0; i < pieces / together; i++) await work();
    };
    await Promise.all(Array.from({ length: together }, lane));
  }
  const { user, system } = process.cpuUsage(before);
  return { processor: (user + system) / pieces, wall: ((performance.now() - start) * 1000) / pieces };
}

function medianOf(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
