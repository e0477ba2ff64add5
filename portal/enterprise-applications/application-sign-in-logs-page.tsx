import { PageHeader } from '../controls/page-header.tsx';
import { SignInTable } from '../logs/sign-in-table.tsx';
import { applicationTrail, useThisApplication } from './application-layout.tsx';

export function Component() {
  const application = useThisApplication();
  return (
    <>
      <PageHeader
        title="Sign-in logs"
        windowTitle={`${application.displayName} – Sign-in logs`}
        trail={applicationTrail(application)}
        intro={`Every attempt to sign in to ${application.displayName}, newest first.`}
      />
      <SignInTable appId={application.appId} />
    </>
  );
}
