import { EmptyState } from '../controls/empty-state.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { PageHeader } from '../controls/page-header.tsx';
import { paths } from '../paths.ts';

/** What somebody without any administrator role finds in the admin center. */
export function NoAdministrator() {
  return (
    <>
      <PageHeader title="Admin center" />
      <EmptyState
        title="This place is for administrators"
        action={
          <LinkButton to={paths.myApps} appearance="primary">
            Go to My Apps
          </LinkButton>
        }
      >
        Your account has no administrator role. A Global Administrator can give you one under Roles and
        administrators.
      </EmptyState>
    </>
  );
}
