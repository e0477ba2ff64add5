import { useEffect, useRef, useState } from 'react';
import { useThisApplication } from './application-layout.tsx';
import { SamlSetUp } from './saml-set-up.tsx';
import { SingleSignOnMethods } from './single-sign-on-methods.tsx';

/** First the choice of the method; once it is SAML, its page. The choice can be opened again. */
export function Component() {
  const application = useThisApplication();
  const [changing, setChanging] = useState(false);
  const choosing = application.preferredSingleSignOnMode !== 'saml' || changing;
  // The pressed tile or button is gone with what it was on, and the address stays: on to the page's beginning.
  const chose = useRef(choosing);
  useEffect(() => {
    if (chose.current === choosing) return;
    chose.current = choosing;
    document.getElementById('page')?.focus({ preventScroll: true });
  }, [choosing]);
  if (choosing) return <SingleSignOnMethods application={application} onChosen={() => setChanging(false)} />;
  return <SamlSetUp application={application} onChangeMode={() => setChanging(true)} />;
}
