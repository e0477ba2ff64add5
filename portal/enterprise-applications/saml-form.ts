import type {
  Application,
  ApplicationUpdate,
  ServicePrincipal,
  ServicePrincipalUpdate,
} from '@countersign/idp/resources.ts';

/** The pane's fields. Of each list the row at `default…` is the one used where a request names none. */
export type SamlForm = {
  identifiers: { value: string }[];
  defaultIdentifier: number;
  replyUrls: { value: string }[];
  defaultReplyUrl: number;
  signOnUrl: string;
  relayState: string;
  logoutUrl: string;
};

/** What is saved, as the pane shows it: always one row to type into. */
export function formOf(application: Application, servicePrincipal: ServicePrincipal): SamlForm {
  const rows = (values: readonly string[]) => (values.length > 0 ? values : ['']).map((value) => ({ value }));
  const { defaultRedirectUri, web } = application;
  return {
    identifiers: rows(application.identifierUris),
    defaultIdentifier: 0,
    replyUrls: rows(web.redirectUris),
    defaultReplyUrl: Math.max(
      0,
      defaultRedirectUri === null ? 0 : web.redirectUris.indexOf(defaultRedirectUri),
    ),
    signOnUrl: servicePrincipal.loginUrl ?? '',
    relayState: servicePrincipal.samlSingleSignOnSettings?.relayState ?? '',
    logoutUrl: servicePrincipal.logoutUrl ?? '',
  };
}

/** The rows that hold something, by their position in the pane; `first` is put in front. */
function filled(rows: readonly { value: string }[], first?: number): number[] {
  const positions = rows.flatMap((row, position) => (row.value.trim() === '' ? [] : [position]));
  return first === undefined || !positions.includes(first)
    ? positions
    : [first, ...positions.filter((position) => position !== first)];
}

const pick = (rows: readonly { value: string }[], positions: readonly number[]) =>
  positions.map((position) => rows[position]?.value.trim() ?? '');

/**
 * The two updates a form asks for; undefined where nothing of it changed. The default identifier is the first of its
 * list, the default reply URL is named.
 */
export function updatesOf(
  form: SamlForm,
  application: Application,
  servicePrincipal: ServicePrincipal,
): { application: ApplicationUpdate | undefined; servicePrincipal: ServicePrincipalUpdate | undefined } {
  const identifierUris = pick(form.identifiers, filled(form.identifiers, form.defaultIdentifier));
  const redirectUris = pick(form.replyUrls, filled(form.replyUrls));
  const chosen = form.replyUrls[form.defaultReplyUrl]?.value.trim();
  const defaultRedirectUri = chosen ? chosen : (redirectUris[0] ?? null);
  const textOrNull = (text: string) => (text.trim() === '' ? null : text.trim());
  const loginUrl = textOrNull(form.signOnUrl);
  const logoutUrl = textOrNull(form.logoutUrl);
  const relayState = textOrNull(form.relayState);

  const same = (a: readonly string[], b: readonly string[]) =>
    a.length === b.length && a.every((one, i) => one === b[i]);
  const registrationChanged =
    !same(identifierUris, application.identifierUris) ||
    !same(redirectUris, application.web.redirectUris) ||
    (redirectUris.length > 1 && defaultRedirectUri !== application.defaultRedirectUri);
  const principalChanged =
    loginUrl !== servicePrincipal.loginUrl ||
    logoutUrl !== servicePrincipal.logoutUrl ||
    relayState !== (servicePrincipal.samlSingleSignOnSettings?.relayState ?? null);
  return {
    application: registrationChanged
      ? { identifierUris, web: { redirectUris }, defaultRedirectUri }
      : undefined,
    servicePrincipal: principalChanged
      ? { loginUrl, logoutUrl, samlSingleSignOnSettings: relayState === null ? null : { relayState } }
      : undefined,
  };
}

export type SamlField =
  | 'signOnUrl'
  | 'relayState'
  | 'logoutUrl'
  | `identifiers.${number}`
  | `replyUrls.${number}`;

const plainTargets: Record<string, SamlField> = {
  loginUrl: 'signOnUrl',
  logoutUrl: 'logoutUrl',
  samlSingleSignOnSettings: 'relayState',
  'samlSingleSignOnSettings.relayState': 'relayState',
};

/**
 * The field a refused property belongs to: `web.redirectUris.1` counts the rows that were sent, the pane counts all of
 * them. Undefined for a property the pane does not show.
 */
export function fieldOf(target: string, form: SamlForm): SamlField | undefined {
  const plain = plainTargets[target];
  if (plain) return plain;
  const match =
    /^(identifierUris|web\.redirectUris|web\.redirectUriSettings|web|defaultRedirectUri)(?:[./[](\d+)\]?)?/.exec(
      target,
    );
  if (!match) return undefined;
  const sent = Number(match[2] ?? 0);
  if (match[1] === 'identifierUris') {
    return `identifiers.${filled(form.identifiers, form.defaultIdentifier)[sent] ?? 0}`;
  }
  return `replyUrls.${filled(form.replyUrls)[sent] ?? 0}`;
}
