import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Coverage, JudgeMutant, RunnerTask, Verdict } from './runner.ts';

const runner = fileURLToPath(new URL('runner.ts', import.meta.url));
/** Others work on the same machine. */
const niceness = 10;

/** A process that judges one mutant after the other; it is started again when a mutant has killed it. */
export class Runner {
  #task: Omit<RunnerTask, 'fromTheStart'>;
  #process: ChildProcess | undefined;

  constructor(task: Omit<RunnerTask, 'fromTheStart'>) {
    this.#task = task;
  }

  /** Runs every test once and answers what each reaches. @throws Error when the tests cannot be loaded */
  async measure(): Promise<Coverage> {
    await this.#ready();
    return JSON.parse(readFileSync(this.#task.coverageFile, 'utf8'));
  }

  /** Judges a mutant by the tests that reach it, those of `first` first. */
  async judge(message: JudgeMutant): Promise<Verdict> {
    const child = await this.#ready();
    const answer = await ask(child, message);
    if (answer === undefined || answer.poisoned) this.stop();
    return answer ?? { id: message.id, timeout: true };
  }

  stop(): void {
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
  }

  async #ready(): Promise<ChildProcess> {
    if (this.#process !== undefined && isAlive(this.#process)) return this.#process;
    const child = start({ ...this.#task, measure: !existsSync(this.#task.coverageFile) });
    if ((await ask(child)) === undefined) throw new Error('The tests cannot be loaded.');
    this.#process = child;
    return child;
  }
}

/** Judges a mutant that acts while modules load, in a process of its own. */
export async function judgeFromTheStart(task: RunnerTask): Promise<Verdict> {
  const child = start(task);
  const answer = await ask(child);
  child.kill('SIGKILL');
  return answer ?? { id: task.fromTheStart ?? -1, timeout: true };
}

function start(task: RunnerTask): ChildProcess {
  const child = fork(runner, [], {
    cwd: task.root,
    env: {
      ...process.env,
      MUTATION_TASK: JSON.stringify(task),
      NODE_COMPILE_CACHE: `${task.root}/.compiled`,
    },
    execArgv: ['--max-old-space-size=1024'],
    stdio: ['ignore', 'ignore', process.env.MUTATION_DEBUG ? 'inherit' : 'ignore', 'ipc'],
  });
  if (child.pid !== undefined) setPriority(child.pid, niceness);
  return child;
}

const isAlive = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;

/** The next answer of a process; undefined when it ends without one. */
function ask(child: ChildProcess, message?: JudgeMutant): Promise<Verdict | undefined> {
  return new Promise((resolve) => {
    const ended = (): void => {
      child.off('message', answered);
      resolve(undefined);
    };
    const answered = (answer: Verdict): void => {
      child.off('exit', ended);
      resolve(answer);
    };
    child.once('message', answered);
    child.once('exit', ended);
    if (message !== undefined) child.send(message, (error) => error && ended());
  });
}
