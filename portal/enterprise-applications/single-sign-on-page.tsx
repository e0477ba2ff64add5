import { useState } from 'react';
import { useThisApplication } from './application-layout.tsx';
import { SamlSetUp } from './saml-set-up.tsx';
import { SingleSignOnMethods } from './single-sign-on-methods.tsx';

/** First the choice of the method; once it is SAML, its page. The choice can be opened again. */
export function Component() {
  const application = useThisApplication();
  const [changing, setChanging] = useState(false);
  if (application.preferredSingleSignOnMode === 'saml' && !changing) {
    return <SamlSetUp application={application} onChangeMode={() => setChanging(true)} />;
  }
  return <SingleSignOnMethods application={application} onChosen={() => setChanging(false)} />;
}
