import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { journey, pageOf, useInstallation } from '../installation.ts';
import { heading, openApplication } from '../screens/admin-center.ts';
import { browsers, notes } from './story.ts';

useInstallation();

journey(
  '4 the certificate made for Trakstar is downloaded as Certificate (Base64) and lasts three years',
  async () => {
    const page = await pageOf(browsers.cloud);
    await openApplication(page, 'Trakstar', 'Single sign-on');
    await heading(page, /SAML (Signing )?Certificates?/)
      .first()
      .waitFor();
    const waiting = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download Certificate (Base64)' }).click();
    const download = await waiting;
    assert.match(download.suggestedFilename(), /\.cer$/);
    notes.certificate = await readFile(await download.path(), 'utf8');
    const certificate = new X509Certificate(notes.certificate);
    const years = certificate.validToDate.getUTCFullYear() - certificate.validFromDate.getUTCFullYear();
    assert.equal(years, 3);
    assert.match(certificate.subject, /CN=Countersign Federated SSO Certificate/);
    await page.getByText(certificate.fingerprint.replaceAll(':', '')).first().waitFor();
  },
);
