import type { AppRoleAssignment, Collection, ServicePrincipal } from '@countersign/idp/resources.ts';
import { Button, makeStyles, MessageBar, MessageBarBody, Text, tokens } from '@fluentui/react-components';
import { OpenRegular } from '@fluentui/react-icons/svg/open';
import { useQuery } from '@tanstack/react-query';
import { TextLink } from '../controls/link-button.tsx';
import { SidePane } from '../controls/side-pane.tsx';
import { get } from '../graph-client.ts';
import { addressOf } from '../paths.ts';
import { useMe } from '../shell/signed-in-person.ts';
import { assignmentsOf } from './application-data.ts';

const useStyles = makeStyles({
  way: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** Signs in to the application in a new window, as oneself or as somebody else. */
export function TestPane(props: { application: ServicePrincipal; open: boolean; onClose: () => void }) {
  const styles = useStyles();
  const { application, open, onClose } = props;
  const me = useMe().data;
  const name = application.displayName;
  const mine = useQuery({
    queryKey: [assignmentsOf(application.id), 'mine', me?.id],
    queryFn: ({ signal }) => {
      // A group I may be in is not looked into: only the case that is certain is called out.
      const filter = `principalId eq '${me?.id}' or principalType eq 'Group'`;
      const path = `/servicePrincipals/${application.id}/appRoleAssignedTo?$top=1&$filter=${encodeURIComponent(filter)}`;
      return get<Collection<AppRoleAssignment>>(path, signal);
    },
    enabled: open && me !== undefined && application.appRoleAssignmentRequired,
  });
  const surelyUnassigned = application.appRoleAssignmentRequired && mine.data?.value.length === 0;
  const start = (as: 'current' | 'other') =>
    window.open(`/test-sign-in/${encodeURIComponent(application.id)}?as=${as}`, '_blank', 'noopener');
  return (
    <SidePane title={`Test single sign-on with ${name}`} open={open} onClose={onClose}>
      <Text>
        A new window opens and signs in to {name} the way your people will. If something is in the way, the
        page there names the cause and who can mend it, and the sign-in log keeps it.
      </Text>
      <div className={styles.way}>
        {me && surelyUnassigned ? (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>
              You are not assigned to {name} yourself, so signing in as {me.userPrincipalName} will be
              refused.{' '}
              <TextLink to={addressOf('addAssignment', { servicePrincipalId: application.id })}>
                Add an assignment
              </TextLink>
            </MessageBarBody>
          </MessageBar>
        ) : null}
        <Button appearance="primary" icon={<OpenRegular />} onClick={() => start('current')}>
          Sign in as current user
        </Button>
        <Text size={200} className={styles.quiet}>
          {me ? `As ${me.displayName} (${me.userPrincipalName}).` : 'As yourself.'}
        </Text>
      </div>
      <div className={styles.way}>
        <Button icon={<OpenRegular />} onClick={() => start('other')}>
          Sign in as someone else
        </Button>
        <Text size={200} className={styles.quiet}>
          The window asks for an account, for this one sign-in only. You stay signed in here as yourself.
        </Text>
      </div>
    </SidePane>
  );
}
