/** Id of the template for an application that is not in the gallery; the one Microsoft Entra ID uses for the same. */
export const anyOtherApplicationId = '8adf8e6e-67b2-4cf2-a259-e3dc5476c621';

/** One value of the SAML settings, as the application's vendor documents it. */
export type ConfigurationUri = {
  usage: 'identifierUri' | 'redirectUri' | 'loginUrl' | 'logoutUrl';
  isRequired: boolean;
  /** The same in every organisation: `values` is then exactly one value without placeholders. */
  isFixed: boolean;
  /** Values, or patterns with `<PLACEHOLDER>`s; empty where anything goes. */
  values: string[];
  examples: string[];
};

export type Template = {
  /** UUID, lower case, never reused. */
  id: string;
  displayName: string;
  publisher: string;
  description: string;
  homePageUrl: string | null;
  /** Microsoft Graph's names of categories, in camel case. */
  categories: string[];
  /** Who can start a sign-in: the application (`sp`), the tile of My Apps (`idp`), or either. */
  singleSignOnInitiation: 'sp' | 'idp' | 'both';
  configurationUris: ConfigurationUri[];
  /** Roles an administrator can assign; without any there is Default Access. */
  appRoles: {
    id: string;
    displayName: string;
    description: string;
    value: string | null;
    isEnabled: boolean;
  }[];
  /** What the application's own settings page asks for, by its labels; null where it is not known. */
  applicationSettings: {
    path: string[];
    certificateFormat: 'base64' | 'raw' | 'metadata' | 'thumbprint';
    fields: { value: 'certificate' | 'thumbprint' | 'loginUrl' | 'entityId' | 'logoutUrl'; label: string }[];
  } | null;
  setUpSteps: { side: 'identityProvider' | 'application'; text: string }[];
};
