import { journey, pageOf, useInstallation } from '../installation.ts';
import { brittaSimon } from '../people.ts';
import { activateEmployee, createEmployee, saveSamlSettings } from '../screens/perform.ts';
import { browsers, notes } from './story.ts';

useInstallation();

journey("8 Perform's administrator pastes the certificate and the URLs", async () => {
  const page = await pageOf(browsers.perform);
  await saveSamlSettings(page, notes);
});

journey('8 Britta Simon is created and activated in Perform', async () => {
  const page = await pageOf(browsers.perform);
  await createEmployee(page, brittaSimon);
  await activateEmployee(page);
});
