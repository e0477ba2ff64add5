import type { PersonRow, PersonStatus, Role } from '../tables.ts';

/** The words of the screens. */
export const statusLabels: Record<PersonStatus, string> = {
  created: 'Not activated',
  active: 'Active',
  terminated: 'Terminated',
};

export const roleLabels: Record<Role, string> = { administrator: 'Administrator', employee: 'Employee' };

/** First name and last name as one. */
export function displayName(person: Pick<PersonRow, 'givenName' | 'surname'>): string {
  return `${person.givenName} ${person.surname}`.trim();
}

/** What the form for a new employee holds. */
export type NewPerson = {
  givenName: string;
  surname: string;
  userName: string;
  mail: string;
  role: Role;
  /** Empty: the person signs in with single sign-on only. */
  password: string;
};

export type PersonField = keyof NewPerson;

/** In the order in which the form shows them. */
export const personFields: PersonField[] = ['givenName', 'surname', 'userName', 'mail', 'role', 'password'];

const longestName = 100;

/** What is wrong with a user name, as a sentence; undefined where nothing is. */
export function userNameProblem(userName: string): string | undefined {
  if (userName === '') return 'Enter the user name.';
  if (userName.length > 256) return 'At most 256 characters.';
  return /[\s\p{Cc}]/u.test(userName) ? 'A user name has no blanks.' : undefined;
}

/** The sentence for a user name that somebody has. */
export const userNameTaken = 'Another employee has this user name, upper and lower case aside.';

/** Why a form cannot become a person: one sentence for each field, none where it can. */
export function personProblems(form: NewPerson): Partial<Record<PersonField, string>> {
  const problems: Partial<Record<PersonField, string>> = {};
  if (form.givenName === '') problems.givenName = 'Enter the first name.';
  else if (form.givenName.length > longestName) problems.givenName = `At most ${longestName} characters.`;
  if (form.surname === '') problems.surname = 'Enter the last name.';
  else if (form.surname.length > longestName) problems.surname = `At most ${longestName} characters.`;
  const userName = userNameProblem(form.userName);
  if (userName) problems.userName = userName;
  if (form.mail !== '' && !/^[^\s@]+@[^\s@]+$/.test(form.mail))
    problems.mail = 'This is not an e-mail address, for example b.simon@contoso.example.';
  return problems;
}
