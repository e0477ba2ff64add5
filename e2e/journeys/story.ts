/** What the people of the tutorial write down on the way from one of its steps to the next. */
type Notes = {
  /** Passwords that were shown when a user was created, by user name. */
  shownPasswords: Map<string, string>;
  /** Perform's *ACS (Consumer) URL* and *Entity ID*. */
  acsUrl: string;
  entityId: string;
  /** Text of the downloaded *Certificate (Base64)*. */
  certificate: string;
  loginUrl: string;
  identifier: string;
  logoutUrl: string;
};

export const notes: Notes = {
  shownPasswords: new Map(),
  acsUrl: '',
  entityId: '',
  certificate: '',
  loginUrl: '',
  identifier: '',
  logoutUrl: '',
};

/** Names of the browsers that stay open from journey to journey. */
export const browsers = {
  global: 'the Global Administrator',
  cloud: 'the Cloud Application Administrator',
  user: 'the User Administrator',
  perform: "Perform's administrator",
  simon: 'B.Simon',
};
