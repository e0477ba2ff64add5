import type { ServicePrincipal } from '@countersign/idp/resources.ts';
import { Badge, makeStyles, mergeClasses, Spinner, Text, tokens } from '@fluentui/react-components';
import { KeyRegular } from '@fluentui/react-icons/svg/key';
import { LinkRegular } from '@fluentui/react-icons/svg/link';
import { PasswordRegular } from '@fluentui/react-icons/svg/password';
import { ProhibitedRegular } from '@fluentui/react-icons/svg/prohibited';
import { type ReactNode, useState } from 'react';
import { ChoiceTile } from '../controls/choice-tile.tsx';
import { ConfirmDialog } from '../controls/confirm-dialog.tsx';
import { useNotify } from '../controls/notify.tsx';
import { PageHeader } from '../controls/page-header.tsx';
import { Problem } from '../controls/problem.tsx';
import { ReadOnlyNotice } from '../controls/read-only-notice.tsx';
import { usePermission } from '../shell/signed-in-person.ts';
import { useApplicationWrites } from './application-data.ts';
import { applicationTrail } from './application-layout.tsx';

const useStyles = makeStyles({
  methods: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 260px), 1fr))',
    gap: tokens.spacingHorizontalM,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  icon: { fontSize: '28px', lineHeight: 1, color: tokens.colorBrandForeground1 },
  greyed: { color: tokens.colorNeutralForegroundDisabled },
  // Readable although the tile is greyed: it is why.
  reason: { color: tokens.colorNeutralForeground2, marginTop: '4px' },
});

function Method(props: {
  name: string;
  icon: ReactNode;
  current?: boolean;
  reason?: string | undefined;
  onSelect?: () => void;
  children: string;
}) {
  const styles = useStyles();
  const { name, icon, current = false, reason, onSelect, children } = props;
  return (
    <li>
      <ChoiceTile
        name={name}
        picture={
          <span className={mergeClasses(styles.icon, reason && styles.greyed)} aria-hidden>
            {icon}
          </span>
        }
        layout="column"
        current={current}
        greyed={Boolean(reason)}
        badge={
          current ? (
            <Badge appearance="tint" color="success">
              In use
            </Badge>
          ) : null
        }
        {...(onSelect ? { onChoose: onSelect } : {})}
      >
        {children}
        {reason ? (
          <Text size={200} block className={styles.reason}>
            {reason}
          </Text>
        ) : null}
      </ChoiceTile>
    </li>
  );
}

/** *Select a single sign-on method*. */
export function SingleSignOnMethods({
  application,
  onChosen,
}: {
  application: ServicePrincipal;
  onChosen: () => void;
}) {
  const styles = useStyles();
  const permission = usePermission('manageApplications');
  const notify = useNotify();
  const { updateServicePrincipal } = useApplicationWrites(application);
  const [disabling, setDisabling] = useState(false);
  const mode = application.preferredSingleSignOnMode;
  const reason = permission.allowed ? undefined : permission.reason;
  const notYet = 'Not available yet: this version signs in with SAML only.';

  const choose = (next: 'saml' | null) => {
    if (next === mode) return onChosen();
    updateServicePrincipal.mutate(
      { preferredSingleSignOnMode: next },
      {
        onSuccess: () => {
          notify('success', next === 'saml' ? 'SAML is chosen' : 'Single sign-on is disabled');
          setDisabling(false);
          onChosen();
        },
      },
    );
  };

  return (
    <>
      <PageHeader
        title="Select a single sign-on method"
        windowTitle={`${application.displayName} – Single sign-on`}
        trail={applicationTrail(application)}
        intro="Single sign-on lets people use an application with the account of their organisation, signed in once."
      />
      <ReadOnlyNotice capability="manageApplications" />
      {updateServicePrincipal.error ? (
        <Problem error={updateServicePrincipal.error} title="The method was not changed" />
      ) : null}
      {updateServicePrincipal.isPending ? (
        <Spinner size="small" label="Setting up" labelPosition="after" />
      ) : null}
      <ul className={styles.methods}>
        <Method
          name="Disabled"
          icon={<ProhibitedRegular />}
          current={mode !== 'saml'}
          reason={reason}
          onSelect={() => (mode === 'saml' ? setDisabling(true) : choose(null))}
        >
          Single sign-on is not set up. Nobody can sign in to the application from here.
        </Method>
        <Method
          name="SAML"
          icon={<KeyRegular />}
          current={mode === 'saml'}
          reason={reason}
          onSelect={() => choose('saml')}
        >
          Sign-in by signed assertions, over the SAML 2.0 protocol. The certificate is made for you.
        </Method>
        <Method name="Password-based" icon={<PasswordRegular />} reason={notYet}>
          Passwords are kept here and filled in on the application's own sign-in page.
        </Method>
        <Method name="Linked" icon={<LinkRegular />} reason={notYet}>
          A tile in My Apps that only leads to an address.
        </Method>
      </ul>
      <ConfirmDialog
        open={disabling}
        title="Disable single sign-on?"
        confirm="Disable"
        busy={updateServicePrincipal.isPending}
        error={updateServicePrincipal.error}
        onCancel={() => setDisabling(false)}
        onConfirm={() => choose(null)}
      >
        Nobody can sign in to {application.displayName} from here until SAML is chosen again. The settings and
        the certificates are kept.
      </ConfirmDialog>
    </>
  );
}
