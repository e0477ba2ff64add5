/**
 * Twenty times one of the services, or both, is killed with SIGKILL at a random moment while people sign in and
 * administrators write. Whatever was answered before must be true afterwards; what was in flight may have happened or
 * not, but never twice.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { GraphRefusal } from './graph.ts';
import { fillForm } from './html-form.ts';
import { type Answer, ServiceDown } from './http-client.ts';
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
  const stop: Stop = { asked: false };
  const workers = Promise.all([
    writer(answers, services, stop),
    recruiter(answers, services, stop),
    signer(answers, services, stop),
    signer(answers, services, stop),
  ]);
  // Whoever awaits it next hears of a failure; until then it must not count as unheard.
  workers.catch(() => undefined);
  const targets = [[platform.countersign], [platform.perform], [platform.countersign, platform.perform]];
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      const victims = targets[kill % targets.length] ?? [];
      await Promise.race([answers.reach(answers.size + 8), workers]);
      // The moment itself is the subject here, so it is chance and not a condition.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 120));
      services.close();
      await Promise.all(victims.map((service) => service.kill()));
      await Promise.all(victims.map((service) => service.start()));
      await answers.check('new');
      services.open();
    }
  } finally {
    stop.asked = true;
    services.open();
  }
  await workers;
  await answers.check('all');
  t.diagnostic(`${answers.size} answers checked over ${kills} kills`);
});

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

/** Whether an error only says that the service was killed under the question. */
function brokeOff(error: unknown): boolean {
  return error instanceof ServiceDown;
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
    // What may be found: several values while a change is on its way and nobody knows whether it arrived.
    let titles: (string | null)[] = [null];
    let state: 'there' | 'leaving' | 'gone' = 'there';
    answers.note(`user ${userPrincipalName} was created`, async () => {
      const allowed = titles;
      const was = state;
      const found = await api
        .get<{ userPrincipalName: string; jobTitle: string | null }>(`/users/${id}`)
        .catch((error: unknown) => {
          if (error instanceof GraphRefusal && error.status === 404) return undefined;
          throw error;
        });
      if (found === undefined) return assert.ok(was !== 'there' || state !== 'there', 'the user is gone');
      assert.notEqual(was, 'gone', 'the user is back');
      assert.equal(found.userPrincipalName, userPrincipalName);
      const possible = [...allowed, ...titles];
      assert.ok(
        possible.includes(found.jobTitle),
        `jobTitle is ${found.jobTitle}, not one of ${possible.join(', ')}`,
      );
    });
    titles = [null, `Reviewer ${turn}`];
    await api.patch(`/users/${id}`, { jobTitle: `Reviewer ${turn}` });
    titles = [`Reviewer ${turn}`];
    if (turn % 3 !== 0) return;
    state = 'leaving';
    await removeUser(id);
    state = 'gone';
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
    const issued = await submit(client, asked, { 'User name': bSimon.userName, Password: bSimon.password });
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
    let accepted: Answer | undefined = await post().catch(async (error: unknown) => {
      if (!brokeOff(error)) throw error;
      return undefined;
    });
    if (accepted === undefined) {
      // Nobody knows whether this one was used. It may be accepted now, but from then on never again.
      await services.pass();
      accepted = await post();
    }
    answers.note('an assertion was used', async () => {
      const again = await post();
      assert.ok(again.status >= 400 && again.status < 500, `the second use was answered ${again.status}`);
    });
    if (accepted.status >= 400) return;
    const home = await client.follow(new URL(accepted.headers.location ?? '/', form.action).href);
    assert.match(home.text, new RegExp(`Welcome, ${brittaSimon.displayName}`));
    answers.note('a session at Perform was made', async () => {
      const found = await client.follow(`${performUrl}/`);
      assert.match(found.text, new RegExp(`Welcome, ${brittaSimon.displayName}`));
    });
  });
}
