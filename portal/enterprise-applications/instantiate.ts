import type { ApplicationServicePrincipal, InstantiateRequest } from '@countersign/idp/resources.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { useNotify } from '../controls/notify.tsx';
import { post } from '../graph-client.ts';
import { addressOf } from '../paths.ts';

/** Adds an application from a template and opens its overview. */
export function useInstantiate() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  return useMutation({
    mutationFn: ({ templateId, displayName }: { templateId: string; displayName: string }) => {
      const request: InstantiateRequest = { displayName };
      return post<ApplicationServicePrincipal>(`/applicationTemplates/${templateId}/instantiate`, request);
    },
    onSuccess: ({ servicePrincipal }) => {
      void queries.invalidateQueries({ queryKey: ['servicePrincipals'] });
      notify('success', `${servicePrincipal.displayName} was added`);
      void navigate(addressOf('applicationOverview', { servicePrincipalId: servicePrincipal.id }));
    },
  });
}
