/**
 * Twenty times one of the services, or both, is killed with SIGKILL at a random moment while people sign in and
 * administrators write. Whatever was answered before must be true afterwards; what was in flight may have happened or
 * not, but never twice.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { GraphRefusal } from './graph.ts';
import { fillForm } from './html-form.ts';
import type { Answer } from './http-client.ts';
import { type Gate, gate, type Ledger, ledger } from './ledger.ts';
import { bSimon, brittaSimon } from './people.ts';
import { bootPlatform, countersignUrl, engineOfThisRun, performUrl, type Platform } from './platform.ts';
import { type Connected, createActiveEmployee, followTheTutorial, submit } from './without-screens.ts';

const kills = 20;
let platform: Platform;
let connected: Connected;
let performAdministrator: ReturnType<Platform['http']>;

before(async () => {
  platform = await bootPlatform({ engine: engineOfThisRun() });
  performAdministrator = platform.http();
  connected = await followTheTutorial(platform.http(), performAdministrator);
});
after(() => platform?.stop());

test('what was answered before any of twenty kill -9 is true after it', { timeout: 240_000 }, async (t) => {
  const answers = ledger();
  const services = gate();
  const stop = { asked: false };
  const workers = [writer(answers, services, stop), recruiter(answers, services, stop)];
  for (let person = 0; person < 2; person += 1) workers.push(signer(answers, services, stop));
  const targets = [[platform.countersign], [platform.perform], [platform.countersign, platform.perform]];

  for (let kill = 0; kill < kills; kill += 1) {
    const victims = targets[kill % targets.length] ?? [];
    const before = answers.size;
    await until(() => answers.size >= before + 4);
    // The moment itself is the subject here, so it is chance and not a condition.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 120));
    services.close();
    await Promise.all(victims.map((service) => service.kill()));
    await Promise.all(victims.map((service) => service.start()));
    await answers.check('new');
    services.open();
  }
  stop.asked = true;
  await Promise.all(workers);
  await answers.check('all');
  t.diagnostic(`${answers.size} answers checked over ${kills} kills`);
});

/** Resolves once a condition holds, looked at whenever the loop is free. */
async function until(holds: () => boolean): Promise<void> {
  const limit = Date.now() + 30_000;
  while (!holds()) {
    if (Date.now() > limit) throw new Error('the workers made no progress for 30 s');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

type Stop = { asked: boolean };

/** Works until asked to stop. A connection that breaks is the test's own doing; an answer of 5xx or 4xx is not. */
async function work(services: Gate, stop: Stop, turn: () => Promise<void>): Promise<void> {
  while (!stop.asked) {
    await services.pass();
    try {
      await turn();
    } catch (error) {
      if (!brokeOff(error)) throw error;
    }
  }
}

class ServiceDown extends Error {}

function brokeOff(error: unknown): boolean {
  if (error instanceof ServiceDown) return true;
  if (error instanceof GraphRefusal) return error.status === 502;
  const text = error instanceof Error ? `${error.message} ${'code' in error ? String(error.code) : ''}` : '';
  return /ECONNRESET|ECONNREFUSED|socket hang up|broke off|EPIPE/.test(text);
}

function alive(answer: { status: number }): void {
  if (answer.status === 502) throw new ServiceDown();
}

/** An administrator of the directory: creates, changes and deletes users through the API. */
async function writer(answers: Ledger, services: Gate, stop: Stop): Promise<void> {
  const api = connected.graph;
  let turn = 0;
  await work(services, stop, async () => {
    turn += 1;
    const userPrincipalName = `worker.${turn}.${Date.now()}@contoso.example`;
    const { id } = await api.post<{ id: string }>('/users', {
      accountEnabled: true,
      displayName: `Worker ${turn}`,
      mailNickname: `worker${turn}`,
      userPrincipalName,
      passwordProfile: { password: 'Granite-Ferry-64' },
    });
    let title: (string | null)[] = [null];
    let gone = false;
    answers.note(`user ${userPrincipalName} was created`, async () => {
      if (gone)
        return assert.rejects(api.get(`/users/${id}`), (error) => (error as GraphRefusal).status === 404);
      const found = await api.get<{ userPrincipalName: string; jobTitle: string | null }>(`/users/${id}`);
      assert.equal(found.userPrincipalName, userPrincipalName);
      assert.ok(
        title.includes(found.jobTitle),
        `jobTitle is ${found.jobTitle}, not one of ${title.join(', ')}`,
      );
    });
    title = [null, `Reviewer ${turn}`];
    await api.patch(`/users/${id}`, { jobTitle: `Reviewer ${turn}` });
    title = [`Reviewer ${turn}`];
    if (turn % 3 !== 0) return;
    const undecided = answers.size;
    assert.ok(undecided > 0);
    await removeUser(id);
    gone = true;
  });

  async function removeUser(id: string): Promise<void> {
    try {
      await api.remove(`/users/${id}`);
    } catch (error) {
      if (!brokeOff(error)) throw error;
      // Whether it happened is unknown: asking again until it is answered makes it known.
      await services.pass();
      await removeUser(id).catch((again: unknown) => {
        if (!(again instanceof GraphRefusal) || again.status !== 404) throw again;
      });
    }
  }
}

/** Perform's administrator: creates and activates people through its pages. */
async function recruiter(answers: Ledger, services: Gate, stop: Stop): Promise<void> {
  let turn = 0;
  await work(services, stop, async () => {
    turn += 1;
    const userName = `hire.${turn}.${Date.now()}@contoso.example`;
    const page = await createActiveEmployee(performAdministrator, {
      firstName: 'New',
      lastName: `Hire ${turn}`,
      userName,
    });
    alive(page);
    assert.equal(page.status, 200, page.text.slice(0, 500));
    answers.note(`${userName} was created and activated in Perform`, async () => {
      const found = await performAdministrator.follow(page.url);
      assert.equal(found.status, 200);
      assert.match(found.text, new RegExp(userName.replaceAll('.', '\\.')));
      assert.match(found.text, /Deactivate/);
    });
  });
}

/** B.Simon, again and again, each time in a browser of their own. */
async function signer(answers: Ledger, services: Gate, stop: Stop): Promise<void> {
  await work(services, stop, async () => {
    const client = platform.http();
    const asked = await client.follow(`${performUrl}/auth/saml/?namespace=contoso`);
    alive(asked);
    const issued = await submit(client, asked, { 'User name': bSimon.userName, Password: bSimon.password });
    alive(issued);
    const form = fillForm(issued.text, {}, '/auth/saml/callback');
    answers.note("B.Simon's session at Countersign was made", async () => {
      const me = await client.ask(`${countersignUrl}/v1.0/me`, {
        headers: { 'sec-fetch-site': 'same-origin' },
      });
      assert.equal(me.status, 200);
    });
    const post = () =>
      client.ask(form.action, {
        form: form.fields,
        headers: { origin: countersignUrl, 'sec-fetch-site': 'cross-site', cookie: '' },
      });
    let accepted: Pick<Answer, 'status' | 'headers'> = await post().catch(async (error: unknown) => {
      if (!brokeOff(error)) throw error;
      return { status: 502, headers: {} };
    });
    if (accepted.status === 502) {
      // Nobody knows whether this one was used. It may be accepted now, but from then on never again.
      await services.pass();
      accepted = await post();
      alive(accepted);
    }
    answers.note('an assertion was used', async () => {
      const again = await post();
      assert.ok(again.status >= 400 && again.status < 500, `the second use was answered ${again.status}`);
    });
    if (accepted.status >= 400) return;
    const home = await client.follow(new URL(accepted.headers.location ?? '/', form.action).href);
    alive(home);
    assert.match(home.text, new RegExp(`Welcome, ${brittaSimon.displayName}`));
    answers.note('a session at Perform was made', async () => {
      const found = await client.follow(`${performUrl}/`);
      assert.match(found.text, new RegExp(`Welcome, ${brittaSimon.displayName}`));
    });
  });
}
