import { journey, pageOf, useInstallation } from '../installation.ts';
import { bSimon, brittaSimon } from '../people.ts';
import { countersignUrl, performUrl } from '../platform.ts';
import { signIn, signOut } from '../screens/countersign-sign-in.ts';
import { seeHomePage, signOutOfPerform } from '../screens/perform.ts';
import { browsers } from './story.ts';

useInstallation();

journey(
  '10 signed out on both sides, the next sign-in asks for the new password and leads back',
  async () => {
    const page = await pageOf(browsers.simon);
    await page.goto(`${performUrl}/auth/saml/?namespace=contoso`);
    await signIn(page, bSimon);
    await seeHomePage(page, brittaSimon.displayName, bSimon.userName);
    await signOutOfPerform(page);
    await page.goto(`${countersignUrl}/my-apps`);
    await signOut(page);
    await page.goto(`${performUrl}/auth/saml/?namespace=contoso`);
    await signIn(page, bSimon);
    await seeHomePage(page, brittaSimon.displayName, bSimon.userName);
  },
);
