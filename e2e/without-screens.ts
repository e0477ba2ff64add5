/**
 * What people do on the screens, done over HTTP by the same forms and the same API: for the suites whose subject is
 * not the screens (crashes, refusals, looks) and which need the tutorial behind them.
 */
import { X509Certificate } from 'node:crypto';
import { type Collection, type Graph, graph } from './graph.ts';
import { fillForm } from './html-form.ts';
import type { Answer, HttpClient } from './http-client.ts';
import { bSimon, brittaSimon, globalAdministrator, performAdministrator } from './people.ts';
import { countersignUrl, performUrl } from './platform.ts';

export type Places = { countersign: string; perform: string };
const deployed: Places = { countersign: countersignUrl, perform: performUrl };

/** Sends the form of `page` that has these labels, and follows where it leads. */
export async function submit(
  client: HttpClient,
  page: Answer,
  values: Record<string, string>,
  action = '',
): Promise<Answer> {
  const form = fillForm(page.text, values, action);
  return client.follow(new URL(form.action, page.url).href, { form: form.fields });
}

export async function signInToCountersign(
  client: HttpClient,
  who: { userName: string; password: string },
  places = deployed,
): Promise<Answer> {
  const page = await client.follow(`${places.countersign}/sign-in`);
  return submit(client, page, { 'User name': who.userName, Password: who.password });
}

export async function signInToPerform(
  client: HttpClient,
  who: { company: string; userName: string; password: string },
  places = deployed,
): Promise<Answer> {
  const company = await client.follow(`${places.perform}/sign-in`);
  const person = await submit(client, company, { 'Company name': who.company });
  return submit(client, person, { 'User name': who.userName, Password: who.password });
}

export type Connected = {
  graph: Graph;
  servicePrincipalId: string;
  appId: string;
  tenantId: string;
  bSimonId: string;
};

/** Makes a user with a settled password. */
export async function createSettledUser(
  api: Graph,
  who: { displayName: string; userName: string; password: string },
): Promise<string> {
  const { id } = await api.post<{ id: string }>('/users', {
    accountEnabled: true,
    displayName: who.displayName,
    mailNickname: who.userName.split('@')[0],
    userPrincipalName: who.userName,
    passwordProfile: { password: who.password, forceChangePasswordNextSignIn: false },
  });
  return id;
}

/** The identity provider's half of the tutorial: Trakstar added, configured, B.Simon created and assigned. */
export async function setUpCountersign(client: HttpClient, places = deployed): Promise<Connected> {
  await signInToCountersign(client, globalAdministrator, places);
  const api = graph(client, places.countersign);
  const templates = await api.get<Collection<{ id: string; displayName: string }>>(
    `/applicationTemplates?$filter=${encodeURIComponent("displayName eq 'Trakstar'")}`,
  );
  const template = templates.value[0];
  if (template === undefined) throw new Error('the gallery has no Trakstar');
  const made = await api.post<{
    application: { id: string };
    servicePrincipal: { id: string; appId: string };
  }>(`/applicationTemplates/${template.id}/instantiate`, { displayName: 'Trakstar' });
  const servicePrincipalId = made.servicePrincipal.id;
  await api.patch(`/servicePrincipals/${servicePrincipalId}`, {
    preferredSingleSignOnMode: 'saml',
    loginUrl: `${places.perform}/auth/saml/?namespace=contoso`,
  });
  await api.patch(`/applications/${made.application.id}`, {
    web: { redirectUris: [`${places.perform}/auth/saml/callback?namespace=contoso`] },
  });
  const bSimonId = await createSettledUser(api, bSimon);
  await assign(api, servicePrincipalId, bSimonId);
  const organization = await api.get<Collection<{ id: string }>>('/organization');
  return {
    graph: api,
    servicePrincipalId,
    appId: made.servicePrincipal.appId,
    tenantId: organization.value[0]?.id ?? '',
    bSimonId,
  };
}

/** Assigns a user to an application with Default Access. */
export async function assign(api: Graph, servicePrincipalId: string, userId: string): Promise<string> {
  const { id } = await api.post<{ id: string }>(
    `/servicePrincipals/${servicePrincipalId}/appRoleAssignedTo`,
    {
      principalId: userId,
      resourceId: servicePrincipalId,
      appRoleId: '00000000-0000-0000-0000-000000000000',
    },
  );
  return id;
}

/** The certificate that signs for an application, as PEM. */
export async function signingCertificate(api: Graph, servicePrincipalId: string): Promise<string> {
  const { keyCredentials } = await api.get<{ keyCredentials: { key: string }[] }>(
    `/servicePrincipals/${servicePrincipalId}?$select=keyCredentials`,
  );
  const der = Buffer.from(keyCredentials[0]?.key ?? '', 'base64');
  return new X509Certificate(der).toString();
}

export type SamlSettings = { certificate: string; loginUrl: string; identifier: string; logoutUrl: string };

/** Perform's own SAML page, filled in and saved. `client` is signed in as its administrator. */
export async function savePerformSettings(
  client: HttpClient,
  values: SamlSettings,
  places = deployed,
): Promise<Answer> {
  const page = await client.follow(`${places.perform}/settings/authentication/saml`);
  return submit(client, page, {
    Certificate: values.certificate,
    'Login URL': values.loginUrl,
    Identifier: values.identifier,
    'Logout URL': values.logoutUrl,
  });
}

/** Creates somebody in Perform and activates them; answers the page of the person. */
export async function createActiveEmployee(
  client: HttpClient,
  who: { firstName: string; lastName: string; userName: string },
  places = deployed,
): Promise<Answer> {
  const page = await client.follow(`${places.perform}/employees/new`);
  const person = await submit(client, page, {
    'First name': who.firstName,
    'Last name': who.lastName,
    'User name': who.userName,
    Email: who.userName,
  });
  return submit(client, person, {}, '/activate');
}

/** Both halves of the tutorial, so that B.Simon can sign in. */
export async function followTheTutorial(
  administrator: HttpClient,
  performClient: HttpClient,
  places = deployed,
): Promise<Connected> {
  const connected = await setUpCountersign(administrator, places);
  await signInToPerform(performClient, performAdministrator, places);
  const base = `${places.countersign}/${connected.tenantId}`;
  await savePerformSettings(
    performClient,
    {
      certificate: await signingCertificate(connected.graph, connected.servicePrincipalId),
      loginUrl: `${base}/saml2`,
      identifier: `${base}/`,
      logoutUrl: `${base}/saml2`,
    },
    places,
  );
  await createActiveEmployee(performClient, brittaSimon, places);
  return connected;
}
