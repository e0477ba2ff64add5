import { PageHeader } from '../controls/page-header.tsx';
import { paths } from '../paths.ts';
import { SignInTable } from './sign-in-table.tsx';

export function Component() {
  return (
    <>
      <PageHeader
        title="Sign-in logs"
        trail={[{ label: 'Identity', to: paths.home }]}
        intro="Every attempt to sign in, newest first. The request id an error page shows finds its line here."
      />
      <SignInTable />
    </>
  );
}
