import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { paths } from './paths.ts';
import { PageProblem } from './shell/page-problem.tsx';
import { PageNotFound } from './shell/page-not-found.tsx';
import { AdminShell } from './shell/admin-shell.tsx';
import { StartingUp } from './shell/starting-up.tsx';

/** The one list of pages. Every page is its own chunk and loads when it is first visited. */
const adminPages: RouteObject[] = [
  { path: paths.home, lazy: () => import('./home/home-page.tsx') },
  {
    path: paths.enterpriseApplications,
    lazy: () => import('./enterprise-applications/all-applications-page.tsx'),
  },
  { path: paths.gallery, lazy: () => import('./enterprise-applications/gallery-page.tsx') },
  {
    path: '/admin/enterprise-applications/:servicePrincipalId',
    lazy: () => import('./enterprise-applications/application-layout.tsx'),
    children: [
      { index: true, element: <Navigate to="overview" replace /> },
      { path: paths.applicationOverview, lazy: () => import('./enterprise-applications/overview-page.tsx') },
      {
        path: paths.applicationProperties,
        lazy: () => import('./enterprise-applications/properties-page.tsx'),
      },
      {
        path: paths.applicationUsersAndGroups,
        lazy: () => import('./enterprise-applications/users-and-groups-page.tsx'),
      },
      { path: paths.addAssignment, lazy: () => import('./enterprise-applications/add-assignment-page.tsx') },
      { path: paths.singleSignOn, lazy: () => import('./enterprise-applications/single-sign-on-page.tsx') },
      {
        path: paths.applicationSignInLogs,
        lazy: () => import('./enterprise-applications/application-sign-in-logs-page.tsx'),
      },
    ],
  },
  { path: paths.users, lazy: () => import('./users/all-users-page.tsx') },
  { path: paths.newUser, lazy: () => import('./users/new-user-page.tsx') },
  { path: paths.user, lazy: () => import('./users/user-page.tsx') },
  { path: paths.groups, lazy: () => import('./groups/all-groups-page.tsx') },
  { path: paths.newGroup, lazy: () => import('./groups/new-group-page.tsx') },
  { path: paths.group, lazy: () => import('./groups/group-page.tsx') },
  { path: paths.roles, lazy: () => import('./roles/roles-page.tsx') },
  { path: paths.signInLogs, lazy: () => import('./logs/sign-in-logs-page.tsx') },
  { path: paths.auditLogs, lazy: () => import('./logs/audit-logs-page.tsx') },
];

export const routes: RouteObject[] = [
  {
    element: <AdminShell />,
    HydrateFallback: StartingUp,
    ErrorBoundary: PageProblem,
    children: [
      { ErrorBoundary: PageProblem, children: [...adminPages, { path: '*', element: <PageNotFound /> }] },
    ],
  },
  {
    path: paths.myApps,
    HydrateFallback: StartingUp,
    ErrorBoundary: PageProblem,
    lazy: () => import('./my-apps/my-apps-page.tsx'),
  },
];

export const router = createBrowserRouter(routes);
