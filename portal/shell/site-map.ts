import { type PathName, paths } from '../paths.ts';

/** A page that can be reached without knowing an id, with every name people know it by. */
export type SitePage = { label: string; path: string; otherNames: readonly string[]; hint: string };

type NavigationLink = { label: string; page: PathName };
export type NavigationGroup = { label: string; page: PathName; links: readonly NavigationLink[] };

/** The left menu, in the words and the order an administrator knows. */
export const navigation: readonly NavigationGroup[] = [
  { label: 'Users', page: 'users', links: [{ label: 'All users', page: 'users' }] },
  { label: 'Groups', page: 'groups', links: [{ label: 'All groups', page: 'groups' }] },
  {
    label: 'Applications',
    page: 'enterpriseApplications',
    links: [{ label: 'Enterprise applications', page: 'enterpriseApplications' }],
  },
  { label: 'Roles & admins', page: 'roles', links: [{ label: 'All roles', page: 'roles' }] },
  {
    label: 'Monitoring & health',
    page: 'signInLogs',
    links: [
      { label: 'Sign-in logs', page: 'signInLogs' },
      { label: 'Audit logs', page: 'auditLogs' },
    ],
  },
];

export const sitePages: readonly SitePage[] = [
  { label: 'Home', path: paths.home, otherNames: ['Identity', 'Overview', 'Dashboard'], hint: 'Identity' },
  {
    label: 'Enterprise applications',
    path: paths.enterpriseApplications,
    otherNames: ['Enterprise apps', 'All applications', 'Applications', 'SaaS'],
    hint: 'Identity › Applications',
  },
  {
    label: 'New application',
    path: paths.gallery,
    otherNames: ['Add from the gallery', 'Browse gallery', 'App gallery', 'Create your own application'],
    hint: 'Identity › Applications › Enterprise applications',
  },
  {
    label: 'All users',
    path: paths.users,
    otherNames: ['Users', 'People', 'Accounts'],
    hint: 'Identity › Users',
  },
  {
    label: 'New user',
    path: paths.newUser,
    otherNames: ['Create new user', 'Add user'],
    hint: 'Identity › Users › All users',
  },
  { label: 'All groups', path: paths.groups, otherNames: ['Groups', 'Teams'], hint: 'Identity › Groups' },
  {
    label: 'New group',
    path: paths.newGroup,
    otherNames: ['Create group', 'Add group'],
    hint: 'Identity › Groups',
  },
  {
    label: 'Roles and administrators',
    path: paths.roles,
    otherNames: ['Roles & admins', 'Administrator roles', 'Permissions'],
    hint: 'Identity › Roles & admins',
  },
  {
    label: 'Sign-in logs',
    path: paths.signInLogs,
    otherNames: ['Sign-ins', 'Logins', 'AADSTS errors'],
    hint: 'Identity › Monitoring & health',
  },
  {
    label: 'Audit logs',
    path: paths.auditLogs,
    otherNames: ['Directory audit', 'Changes', 'History'],
    hint: 'Identity › Monitoring & health',
  },
  {
    label: 'My Apps',
    path: paths.myApps,
    otherNames: ['My applications', 'Launcher', 'Tiles'],
    hint: 'For everybody',
  },
];

/**
 * Pages whose label or any other name contains every word typed, those whose name begins with the text first.
 */
export function findPages(text: string): SitePage[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const words = wanted.split(/\s+/);
  const names = (page: SitePage) => [page.label, ...page.otherNames].map((name) => name.toLowerCase());
  const matching = sitePages.filter((page) =>
    names(page).some((name) => words.every((word) => name.includes(word))),
  );
  const begins = (page: SitePage) => (names(page).some((name) => name.startsWith(wanted)) ? 0 : 1);
  return matching.toSorted((a, b) => begins(a) - begins(b));
}
