/**
 * Every address of the portal, as plain data: the router, the navigation, the tests that visit each page and the
 * server's own list are all compared with it.
 */
export const paths = {
  home: '/admin',
  enterpriseApplications: '/admin/enterprise-applications',
  gallery: '/admin/enterprise-applications/gallery',
  applicationOverview: '/admin/enterprise-applications/:servicePrincipalId/overview',
  applicationProperties: '/admin/enterprise-applications/:servicePrincipalId/properties',
  applicationUsersAndGroups: '/admin/enterprise-applications/:servicePrincipalId/users-and-groups',
  addAssignment: '/admin/enterprise-applications/:servicePrincipalId/users-and-groups/add',
  singleSignOn: '/admin/enterprise-applications/:servicePrincipalId/single-sign-on',
  applicationSignInLogs: '/admin/enterprise-applications/:servicePrincipalId/sign-in-logs',
  users: '/admin/users',
  newUser: '/admin/users/new',
  user: '/admin/users/:userId',
  groups: '/admin/groups',
  newGroup: '/admin/groups/new',
  group: '/admin/groups/:groupId',
  roles: '/admin/roles',
  signInLogs: '/admin/sign-in-logs',
  auditLogs: '/admin/audit-logs',
  myApps: '/my-apps',
} as const;

export type PathName = keyof typeof paths;

type ParameterNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParameterNames<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/**
 * The address of one page with its parameters filled in.
 *
 * @example addressOf('user', { userId: '0197…' }) // '/admin/users/0197…'
 */
export function addressOf<Name extends PathName>(
  name: Name,
  ...parameters: ParameterNames<(typeof paths)[Name]> extends never
    ? []
    : [Record<ParameterNames<(typeof paths)[Name]>, string>]
): string {
  const values: Record<string, string> = parameters[0] ?? {};
  return paths[name].replace(/:([A-Za-z]+)/g, (_, parameter: string) =>
    encodeURIComponent(values[parameter] ?? ''),
  );
}
