import { randomBytes } from 'node:crypto';
import { Browser } from './browser.ts';

/** Where the demo takes place and who carries it out. */
export type Demo = {
  idpUrl: string;
  performUrl: string;
  idpAdministrator: { userName: string; password: string };
  performAdministrator: { company: string; userName: string; password: string };
  say: (line: string) => void;
};

/** Who can sign in afterwards, and where. */
export type Outcome = { userName: string; password: string; signOnUrl: string };

type Listed<T> = { value: T[] };
type Organization = { id: string; verifiedDomains: { name: string; isDefault: boolean }[] };
type ServicePrincipal = { id: string; applicationId: string; keyCredentials: { key: string }[] };

const defaultAccess = '00000000-0000-0000-0000-000000000000';

/** Thrown when the tutorial was carried out on this installation before. */
export class AlreadyCarriedOut extends Error {}

/**
 * Carries out the Trakstar tutorial over HTTP with the sessions of both administrators, step by step as a person would in
 * a browser: adds the application, configures it, creates and assigns B.Simon, configures Perform, creates and
 * activates Britta Simon there.
 *
 * @throws AlreadyCarriedOut when Trakstar is there already; Error with the refusing side's sentence otherwise
 */
export async function carryOutTutorial(demo: Demo): Promise<Outcome> {
  const idp = new Browser(demo.idpUrl);
  const perform = new Browser(demo.performUrl);
  const namespace = demo.performAdministrator.company;
  const signOnUrl = `${demo.performUrl}/auth/saml/?namespace=${namespace}`;
  await signInToIdp(idp, demo);
  const organization = await first<Organization>(idp, '/organization');

  demo.say('Adding Trakstar from the gallery …');
  const servicePrincipal = await addTrakstar(idp);
  await configure(idp, servicePrincipal, {
    replyUrl: `${demo.performUrl}/auth/saml/callback?namespace=${namespace}`,
    signOnUrl,
  });

  demo.say('Creating B.Simon and assigning the application …');
  const domain = organization.verifiedDomains.find((each) => each.isDefault)?.name ?? 'contoso.example';
  const userName = `B.Simon@${domain}`;
  const password = newPassword();
  const user = await idp.api<{ id: string }>('POST', '/users', {
    accountEnabled: true,
    displayName: 'B.Simon',
    mailNickname: 'B.Simon',
    userPrincipalName: userName,
    passwordProfile: { password, forceChangePasswordNextSignIn: false },
  });
  await idp.api('POST', `/servicePrincipals/${servicePrincipal.id}/appRoleAssignedTo`, {
    principalId: user.id,
    resourceId: servicePrincipal.id,
    appRoleId: defaultAccess,
  });

  demo.say('Configuring Perform and activating Britta Simon there …');
  await signInToPerform(perform, demo);
  await configurePerform(perform, {
    certificate: await signingCertificate(idp, servicePrincipal.id),
    base: `${demo.idpUrl}/${organization.id}`,
  });
  await createBrittaSimon(perform, userName);
  return { userName, password, signOnUrl };
}

async function first<T>(browser: Browser, path: string): Promise<T> {
  const { value } = await browser.api<Listed<T>>('GET', path);
  if (value[0] === undefined) throw new Error(`${path} is empty.`);
  return value[0];
}

async function signInToIdp(browser: Browser, { idpAdministrator }: Demo): Promise<void> {
  const page = await browser.post('/sign-in?return=/admin', idpAdministrator);
  if (page.status >= 400)
    throw new Error(`The identity provider did not let ${idpAdministrator.userName} in.`);
}

async function addTrakstar(browser: Browser): Promise<ServicePrincipal> {
  const template = await first<{ id: string }>(
    browser,
    `/applicationTemplates?$filter=${encodeURIComponent("displayName eq 'Trakstar'")}`,
  );
  const there = await browser.api<Listed<{ id: string }>>(
    'GET',
    `/servicePrincipals?$filter=${encodeURIComponent(`applicationTemplateId eq '${template.id}'`)}`,
  );
  if (there.value.length > 0)
    throw new AlreadyCarriedOut('Trakstar has been added to this organisation before.');
  const path = `/applicationTemplates/${template.id}/instantiate`;
  const made = await browser.api<{ servicePrincipal: ServicePrincipal }>('POST', path, {
    displayName: 'Trakstar',
  });
  return made.servicePrincipal;
}

async function configure(
  browser: Browser,
  { id, applicationId }: ServicePrincipal,
  urls: { replyUrl: string; signOnUrl: string },
): Promise<void> {
  await browser.api('PATCH', `/servicePrincipals/${id}`, { preferredSingleSignOnMode: 'saml' });
  await browser.api('PATCH', `/applications/${applicationId}`, { web: { redirectUris: [urls.replyUrl] } });
  await browser.api('PATCH', `/servicePrincipals/${id}`, { loginUrl: urls.signOnUrl });
}

/** The certificate as the file *Certificate (Base64)* holds it. */
async function signingCertificate(browser: Browser, id: string): Promise<string> {
  const path = `/servicePrincipals/${id}?$select=keyCredentials`;
  const { keyCredentials } = await browser.api<ServicePrincipal>('GET', path);
  const lines = keyCredentials[0]?.key.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

async function signInToPerform(browser: Browser, { performAdministrator }: Demo): Promise<void> {
  const page = await browser.post('/sign-in', performAdministrator);
  if (page.status >= 400) throw new Error(`Perform did not let ${performAdministrator.userName} in.`);
}

async function configurePerform(
  browser: Browser,
  { certificate, base }: { certificate: string; base: string },
): Promise<void> {
  const page = await browser.post('/settings/authentication/saml', {
    certificate,
    loginUrl: `${base}/saml2`,
    identifier: `${base}/`,
    logoutUrl: `${base}/saml2`,
  });
  if (page.status >= 400) throw new Error('Perform did not take the SAML settings.');
}

async function createBrittaSimon(browser: Browser, userName: string): Promise<void> {
  const page = await browser.post('/employees/new', {
    givenName: 'Britta',
    surname: 'Simon',
    userName,
    mail: userName,
    role: 'employee',
    password: '',
  });
  const id = /\/employees\/([0-9a-f-]{36})/.exec(page.url)?.[1];
  if (page.status >= 400 || !id) throw new Error('Perform did not create Britta Simon.');
  await browser.post(`/employees/${id}/activate`, {});
}

/** 16 characters of four kinds from the system's randomness. */
function newPassword(): string {
  return `Aa1-${randomBytes(9).toString('base64url')}`;
}
