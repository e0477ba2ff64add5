import type {
  Application,
  ApplicationTemplate,
  ApplicationUpdate,
  AppRoleAssignment,
  ServicePrincipal,
  ServicePrincipalUpdate,
} from '@countersign/idp/resources.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, patch, remove } from '../graph-client.ts';

/** Template id of an application that is not from the gallery. */
export const nonGalleryTemplateId = '8adf8e6e-67b2-4cf2-a259-e3dc5476c621';
/** App role id of an assignment to an application without roles of its own. */
export const defaultAccessId = '00000000-0000-0000-0000-000000000000';

/** The enterprise application, with everything the API tells without being asked for more. */
export function useServicePrincipal(id: string) {
  return useQuery({
    queryKey: ['servicePrincipals', 'one', id],
    queryFn: ({ signal }) => get<ServicePrincipal>(`/servicePrincipals/${encodeURIComponent(id)}`, signal),
  });
}

/** Its registration: identifiers and reply URLs. */
export function useApplication(id: string | undefined) {
  return useQuery({
    queryKey: ['applications', 'one', id],
    queryFn: ({ signal }) => get<Application>(`/applications/${encodeURIComponent(id ?? '')}`, signal),
    enabled: id !== undefined,
  });
}

/** Its signing certificates, certificate bytes included. */
export function useSigningCertificates(id: string, enabled: boolean) {
  return useQuery({
    queryKey: ['servicePrincipals', 'certificates', id],
    queryFn: async ({ signal }) => {
      const path = `/servicePrincipals/${encodeURIComponent(id)}?$select=keyCredentials`;
      return (await get<Pick<ServicePrincipal, 'keyCredentials'>>(path, signal)).keyCredentials;
    },
    enabled,
  });
}

/** The gallery entry it was made from; null for an application of one's own. */
export function useTemplate(id: string | null | undefined) {
  const fromGallery = typeof id === 'string' && id !== nonGalleryTemplateId;
  const query = useQuery({
    queryKey: ['applicationTemplates', 'one', id],
    queryFn: ({ signal }) =>
      get<ApplicationTemplate>(`/applicationTemplates/${encodeURIComponent(id ?? '')}`, signal),
    enabled: fromGallery,
    staleTime: 300_000,
  });
  return fromGallery ? query.data : null;
}

/** Writes to one enterprise application; what is shown of it is read again before the promise settles. */
export function useApplicationWrites(servicePrincipal: Pick<ServicePrincipal, 'id' | 'applicationId'>) {
  const queries = useQueryClient();
  const readAgain = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['servicePrincipals'] }),
      queries.invalidateQueries({ queryKey: ['applications'] }),
    ]);
  const updateServicePrincipal = useMutation({
    mutationFn: (update: ServicePrincipalUpdate) =>
      patch(`/servicePrincipals/${servicePrincipal.id}`, update),
    onSuccess: readAgain,
  });
  const updateApplication = useMutation({
    mutationFn: (update: ApplicationUpdate) =>
      patch(`/applications/${servicePrincipal.applicationId}`, update),
    onSuccess: readAgain,
  });
  const deleteApplication = useMutation({
    mutationFn: () => remove(`/servicePrincipals/${servicePrincipal.id}`),
    onSuccess: () =>
      Promise.all([
        // Its own page is still on the screen: reading it again now would only show that it is gone.
        queries.invalidateQueries({
          queryKey: ['servicePrincipals', 'one', servicePrincipal.id],
          refetchType: 'none',
        }),
        queries.invalidateQueries({ queryKey: ['servicePrincipals', 'list'] }),
        queries.invalidateQueries({ queryKey: ['servicePrincipals', 'count'] }),
      ]),
  });
  return { updateServicePrincipal, updateApplication, deleteApplication };
}

/** Key under which the assignments of an application are kept. */
export const assignmentsOf = (servicePrincipalId: string) => `appRoleAssignedTo/${servicePrincipalId}`;

/** What a role assignment is called on the screen. */
export function roleName(
  assignment: Pick<AppRoleAssignment, 'appRoleId'>,
  roles: ServicePrincipal['appRoles'],
): string {
  if (assignment.appRoleId === defaultAccessId) return 'Default Access';
  return roles.find((role) => role.id === assignment.appRoleId)?.displayName ?? 'Removed role';
}
