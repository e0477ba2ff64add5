import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine } from '@countersign/database/testing.ts';
import type { Tables } from '../tables.ts';
import { openPerform, signInAsAdministrator } from '../testing/perform.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { passwordProblem } from './password-rules.ts';

const britta = {
  givenName: 'Britta',
  surname: 'Simon',
  userName: 'B.Simon@contoso.example',
  mail: '',
  role: 'employee',
  password: '',
};

eachEngine<Tables>('employees', (openEmpty) => {
  const open = async () => {
    const perform = await openPerform(await openEmpty());
    return { perform, browser: await signInAsAdministrator(perform) };
  };

  test('are created, activated, deactivated and activated again, with a line of the audit log each', async () => {
    const { perform, browser } = await open();
    const created = await browser.post('/employees/new', britta);
    assert.equal(created.status, 303);
    const path = (created.location ?? '').split('?')[0] ?? '';
    const page = await browser.follow(created);
    assert.match(page.text, /Britta Simon Not activated.*The employee was created/);
    assert.match((await browser.follow(await browser.post(`${path}/activate`))).text, /Britta Simon Active/);
    const list = await browser.get('/employees');
    assert.match(list.text, /Britta Simon B\.Simon@contoso\.example Employee Active Never/);
    assert.match((await browser.follow(await browser.post(`${path}/deactivate`))).text, /Terminated/);
    assert.match((await browser.follow(await browser.post(`${path}/activate`))).text, /Britta Simon Active/);
    const audits = await perform.db.kysely.selectFrom('audits').selectAll().orderBy('id').execute();
    assert.deepEqual(audits.map(({ activity }) => activity).sort(), [
      'Activate employee',
      'Activate employee',
      'Create employee',
      'Deactivate employee',
    ]);
    assert.ok(audits.every(({ actorName, target }) => actorName === 'admin' && target === britta.userName));
  });

  test('are given another user name, also one that differs in upper and lower case alone', async () => {
    const { perform, browser } = await open();
    const made = await browser.post('/employees/new', { ...britta, userName: 'b.simon@contoso.example' });
    const path = (made.location ?? '').split('?')[0] ?? '';
    for (const [userName, problem, status] of [
      [' ', 'Enter the user name', 422],
      ['B Simon', 'A user name has no blanks', 422],
      ['Admin', 'Another employee has this user name', 409],
    ] as const) {
      const refused = await browser.post(`${path}/user-name`, { userName });
      assert.equal(refused.status, status);
      assert.match(refused.html, new RegExp(`id="userName-error">${problem}`));
    }
    const changed = await browser.post(`${path}/user-name`, { userName: britta.userName });
    assert.match(
      (await browser.follow(changed)).text,
      /The user name was changed.*B\.Simon@contoso\.example/,
    );
    const audits = await perform.db.kysely.selectFrom('audits').select(['activity', 'target']).execute();
    assert.deepEqual(
      audits.filter(({ activity }) => activity === 'Change user name').map(({ target }) => target),
      [britta.userName],
    );
  });

  test('who are given another user name leave the old one to whoever comes next', async () => {
    const { perform, browser } = await open();
    const { store } = perform.context.saml;
    const made = await browser.post('/employees/new', britta);
    const path = (made.location ?? '').split('?')[0] ?? '';
    const id = path.split('/').at(-1) ?? '';
    const identifier = 'https://id.example/';
    const connectionId = await store.saveConnection('contoso', {
      id: perform.context.newId(),
      identifier,
      loginUrl: 'https://id.example/saml2',
      logoutUrl: '',
      certificates: [],
      createdDateTime: perform.clock.now,
      lastModifiedDateTime: perform.clock.now,
    });
    const key = {
      connectionId,
      issuer: identifier,
      nameIdFormat: 'format',
      nameQualifier: '',
      spNameQualifier: '',
      nameId: britta.userName,
    };
    await store.linkAccount('contoso', key, id, perform.clock.now);
    await browser.post(`${path}/user-name`, { userName: 'Admin' });
    assert.equal(await store.findLinkedAccount('contoso', key), id);
    await browser.post(`${path}/user-name`, { userName: 'Britta.Miller@contoso.example' });
    assert.equal(await store.findLinkedAccount('contoso', key), undefined);
  });

  test('lose their sessions the moment they are deactivated', async () => {
    const { perform, browser } = await open();
    const made = await browser.post('/employees/new', { ...britta, password: 'Quiet-Meadow-4' });
    const path = (made.location ?? '').split('?')[0] ?? '';
    await browser.post(`${path}/activate`);
    const own = perform.browser();
    const signIn = { company: 'contoso', userName: britta.userName, password: 'Quiet-Meadow-4' };
    assert.equal((await own.post('/sign-in', signIn)).location, '/');
    await browser.post(`${path}/deactivate`);
    assert.equal((await own.get('/')).location, '/sign-in');
    await browser.post(`${path}/activate`);
    assert.equal((await own.get('/')).location, '/sign-in');
  });

  test('lose their other sessions when an administrator sets a new password', async () => {
    const { perform, browser } = await open();
    const own = await signInAsAdministrator(perform);
    const id = (await perform.db.kysely.selectFrom('people').select('id').executeTakeFirstOrThrow()).id;
    const weak = await browser.post(`/employees/${id}/password`, { password: 'short' });
    assert.equal(weak.status, 422);
    assert.match(weak.html, /id="password-error">A password has at least 8 characters/);
    assert.equal((await own.get('/')).status, 200);
    assert.equal(
      (await browser.post(`/employees/${id}/password`, { password: 'Quiet-Meadow-4' })).status,
      303,
    );
    assert.equal((await own.get('/')).location, '/sign-in');
    assert.equal((await browser.get('/')).status, 200);
    const again = perform.browser();
    const answer = await again.post('/sign-in', {
      company: 'contoso',
      userName: 'admin',
      password: 'Quiet-Meadow-4',
    });
    assert.equal(answer.location, '/');
  });

  test('are refused with a sentence beside each field, and nothing is saved', async () => {
    const { perform, browser } = await open();
    const before = await perform.everything();
    const page = await browser.post('/employees/new', {
      ...britta,
      givenName: ' ',
      surname: '',
      userName: 'B Simon',
      mail: 'nowhere',
      password: 'alllowercase',
    });
    assert.equal(page.status, 422);
    assert.match(page.html, /role="alert"[^>]*>Nothing was saved/);
    for (const field of ['givenName', 'surname', 'userName', 'mail', 'password'])
      assert.match(page.html, new RegExp(`<input id="${field}"[^>]*aria-invalid="true"`), field);
    assert.ok(!page.html.includes('alllowercase'));
    assert.deepEqual(await perform.everything(), before);
  });

  test('have a user name nobody else in the company has, upper and lower case aside', async () => {
    const { browser } = await open();
    await browser.post('/employees/new', britta);
    const page = await browser.post('/employees/new', { ...britta, userName: 'b.simon@CONTOSO.example' });
    assert.equal(page.status, 409);
    assert.match(page.text, /Another employee has this user name/);
  });

  test('who administer cannot deactivate themselves', async () => {
    const { perform, browser } = await open();
    const id = (await perform.db.kysely.selectFrom('people').select('id').executeTakeFirstOrThrow()).id;
    const page = await browser.post(`/employees/${id}/deactivate`);
    assert.equal(page.status, 409);
    assert.match(page.text, /You cannot deactivate yourself/);
    assert.equal((await browser.get('/')).status, 200);
  });

  test('of another company cannot be seen or changed, though their id is known', async () => {
    const { perform, browser } = await open();
    await perform.db.kysely
      .insertInto('namespaces')
      .values({ namespace: 'fabrikam', displayName: 'Fabrikam', ssoInPlan: 1, createdDateTime: 1 })
      .execute();
    const id = await perform.person({ namespace: 'fabrikam', userName: 'admin', givenName: 'Foreign' });
    const before = await perform.everything();
    assert.ok(!(await browser.get('/employees')).text.includes('Foreign'));
    assert.equal((await browser.get(`/employees/${id}`)).status, 404);
    for (const act of ['activate', 'deactivate', 'password'])
      assert.equal(
        (await browser.post(`/employees/${id}/${act}`, { password: 'Quiet-Meadow-4' })).status,
        404,
      );
    assert.deepEqual(await perform.everything(), before);
  });

  test('have names that are text wherever they are shown', async () => {
    const { browser } = await open();
    const surname = '<script>alert(1)</script>"\'&';
    const page = await browser.follow(await browser.post('/employees/new', { ...britta, surname }));
    assert.ok(!page.html.includes('<script>alert'));
    assert.ok(!(await browser.get('/employees')).html.includes('<script>alert'));
  });
});

test('a password has eight characters of three kinds and is not the user name', () => {
  for (const password of ['Correct-7', 'Ünïcödé-1', 'Passw0rd', 'Abcdefg!'])
    assert.equal(passwordProblem(password, 'admin'), undefined, password);
  for (const password of ['Short-7', 'alllowercase7', 'ALLUPPER-7', 'OnlyLetters', 'x'.repeat(257), ''])
    assert.notEqual(passwordProblem(password, 'admin'), undefined, password);
  assert.notEqual(passwordProblem('Admin-77', 'aDMIN-77'), undefined);
});

test('a password hash is argon2id in PHC form, salted, and found true for that password alone', async () => {
  const hash = await hashPassword('Correct-Horse-7', Buffer.alloc(16, 1));
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  assert.notEqual(hash, await hashPassword('Correct-Horse-7', Buffer.alloc(16, 2)));
  assert.equal(await verifyPassword('Correct-Horse-7', hash), true);
  assert.equal(await verifyPassword('correct-horse-7', hash), false);
  for (const nothing of [null, undefined, '', 'plain', hash.replace('argon2id', 'argon2i')])
    assert.equal(await verifyPassword('', nothing), false);
});
