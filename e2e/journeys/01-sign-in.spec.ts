import { journey, pageOf, useInstallation } from '../installation.ts';
import { cloudApplicationAdministrator, globalAdministrator, userAdministrator } from '../people.ts';
import { assignRole, createUser, heading } from '../screens/admin-center.ts';
import { openAdminCenter, signIn, signInForTheFirstTime } from '../screens/countersign-sign-in.ts';
import { browsers, notes } from './story.ts';

useInstallation();

journey('1 prerequisite: the Global Administrator creates two administrators with a role each', async () => {
  const page = await pageOf(browsers.global);
  await openAdminCenter(page);
  await signIn(page, globalAdministrator);
  for (const [person, role] of [
    [cloudApplicationAdministrator, 'Cloud Application Administrator'],
    [userAdministrator, 'User Administrator'],
  ] as const) {
    notes.shownPasswords.set(person.userName, await createUser(page, person));
    await assignRole(page, role, person.displayName);
  }
});

journey('1 sign in to the admin center as a Cloud Application Administrator', async () => {
  const page = await pageOf(browsers.cloud);
  await openAdminCenter(page);
  const shown = notes.shownPasswords.get(cloudApplicationAdministrator.userName) ?? '';
  await signInForTheFirstTime(page, cloudApplicationAdministrator, shown);
  await page.waitForURL('**/admin');
  await page.getByRole('link', { name: 'Identity', exact: true }).waitFor();
  await page.getByRole('link', { name: 'Enterprise applications', exact: true }).click();
  await heading(page, 'Enterprise applications').first().waitFor();
});
