import assert from 'node:assert/strict';
import { journey, pageOf, useInstallation } from '../installation.ts';
import { bSimon, userAdministrator } from '../people.ts';
import { browseTo, createUser } from '../screens/admin-center.ts';
import { openAdminCenter, signInForTheFirstTime } from '../screens/countersign-sign-in.ts';
import { browsers, notes } from './story.ts';

useInstallation();

journey('6 a Cloud Application Administrator cannot create a user', async () => {
  const page = await pageOf(browsers.cloud);
  await browseTo(page, 'Identity', 'Users', 'All users');
  await page
    .getByText(/takes Global Administrator or User Administrator/)
    .first()
    .waitFor();
  const answer = await page.evaluate<number>(`fetch('/v1.0/users', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      accountEnabled: true, displayName: 'B.Simon', mailNickname: 'B.Simon',
      userPrincipalName: 'B.Simon@contoso.example', passwordProfile: { password: 'Copper-Window-77' },
    }),
  }).then((response) => response.status)`);
  assert.equal(answer, 403);
});

journey('6 a User Administrator creates B.Simon with a shown password', async () => {
  const page = await pageOf(browsers.user);
  await openAdminCenter(page);
  const shown = notes.shownPasswords.get(userAdministrator.userName) ?? '';
  await signInForTheFirstTime(page, userAdministrator, shown);
  await page.waitForURL('**/admin');
  const password = await createUser(page, bSimon);
  assert.ok(password.length >= 8);
  notes.shownPasswords.set(bSimon.userName, password);
});
