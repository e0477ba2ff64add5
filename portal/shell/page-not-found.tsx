import { EmptyState } from '../controls/empty-state.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { PageHeader } from '../controls/page-header.tsx';
import { paths } from '../paths.ts';

export function PageNotFound() {
  return (
    <>
      <PageHeader title="Page not found" />
      <EmptyState
        title="There is no page at this address"
        action={
          <LinkButton to={paths.home} appearance="primary">
            Go to the home page
          </LinkButton>
        }
      >
        The link may be old, or what it led to was deleted.
      </EmptyState>
    </>
  );
}
