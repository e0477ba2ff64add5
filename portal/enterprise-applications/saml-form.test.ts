import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Application, ServicePrincipal } from '@countersign/idp/resources.ts';
import { fieldOf, formOf, type SamlForm, updatesOf } from './saml-form.ts';

const application = {
  identifierUris: ['https://perform.trakstar.com'],
  defaultRedirectUri: null,
  web: { redirectUris: [], redirectUriSettings: [] },
} as unknown as Application;
const servicePrincipal = {
  loginUrl: null,
  logoutUrl: null,
  samlSingleSignOnSettings: null,
} as ServicePrincipal;

const replyUrl = 'https://perform.trakstar.com/auth/saml/callback?namespace=contoso';
const form: SamlForm = {
  identifiers: [{ value: 'https://a.example' }, { value: '' }, { value: 'https://b.example' }],
  defaultIdentifier: 2,
  replyUrls: [{ value: ' ' }, { value: replyUrl }, { value: 'https://other.example/acs' }],
  defaultReplyUrl: 2,
  signOnUrl: '',
  relayState: '',
  logoutUrl: '',
};

test('an untouched form asks for nothing', () => {
  const updates = updatesOf(formOf(application, servicePrincipal), application, servicePrincipal);
  assert.deepEqual(updates, { application: undefined, servicePrincipal: undefined });
});

test('there is always a row to type into', () => {
  assert.deepEqual(formOf(application, servicePrincipal).replyUrls, [{ value: '' }]);
});

test('the tutorial’s values become one update of each resource', () => {
  const filledIn: SamlForm = {
    ...formOf(application, servicePrincipal),
    replyUrls: [{ value: ` ${replyUrl} ` }],
    signOnUrl: 'https://perform.trakstar.com/auth/saml/?namespace=contoso',
  };
  assert.deepEqual(updatesOf(filledIn, application, servicePrincipal), {
    application: {
      identifierUris: ['https://perform.trakstar.com'],
      web: { redirectUris: [replyUrl] },
      defaultRedirectUri: replyUrl,
    },
    servicePrincipal: {
      loginUrl: 'https://perform.trakstar.com/auth/saml/?namespace=contoso',
      logoutUrl: null,
      samlSingleSignOnSettings: null,
    },
  });
});

test('empty rows are dropped, the default identifier goes first, the default reply URL is named', () => {
  assert.deepEqual(updatesOf(form, application, servicePrincipal).application, {
    identifierUris: ['https://b.example', 'https://a.example'],
    web: { redirectUris: [replyUrl, 'https://other.example/acs'] },
    defaultRedirectUri: 'https://other.example/acs',
  });
});

test('a refused property is shown at the row it came from', () => {
  assert.equal(fieldOf('identifierUris.0', form), 'identifiers.2');
  assert.equal(fieldOf('identifierUris', form), 'identifiers.2');
  assert.equal(fieldOf('identifierUris.1', form), 'identifiers.0');
  assert.equal(fieldOf('web.redirectUris.0', form), 'replyUrls.1');
  assert.equal(fieldOf('web.redirectUris.1', form), 'replyUrls.2');
  assert.equal(fieldOf('loginUrl', form), 'signOnUrl');
  assert.equal(fieldOf('notes', form), undefined);
});
