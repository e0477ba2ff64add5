import type { DirectoryRole, Organization, User } from '@countersign/idp/resources.ts';
import { useQuery } from '@tanstack/react-query';
import { get, getAll } from '../graph-client.ts';
import { type Capability, type Permission, permissionFor } from './permissions.ts';

/** Who is signed in. */
export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: ({ signal }) => get<User>('/me', signal), staleTime: 60_000 });
}

/** My administrator roles, by display name. */
export function useMyRoles() {
  return useQuery({
    queryKey: ['me', 'roles'],
    queryFn: async ({ signal }) => {
      const path = '/me/transitiveMemberOf/microsoft.graph.directoryRole';
      return (await getAll<DirectoryRole>(path, signal)).map((role) => role.displayName);
    },
    staleTime: 60_000,
  });
}

/** May I? With the reason where I may not. */
export function usePermission(capability: Capability): Permission {
  return permissionFor(capability, useMyRoles().data);
}

/** The organisation: its name, its domains, and the addresses a service provider is given. */
export function useOrganization() {
  return useQuery({
    queryKey: ['organization'],
    queryFn: async ({ signal }) => {
      const [organization] = await getAll<Organization>('/organization', signal);
      if (!organization) throw new Error('The API names no organisation.');
      return organization;
    },
    staleTime: 300_000,
  });
}
