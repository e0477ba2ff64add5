import type { SignIn } from '@countersign/idp/resources.ts';
import { Badge, Button, Link as FluentLink, Input, makeStyles, Select } from '@fluentui/react-components';
import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { useState } from 'react';
import { instantText } from '../controls/date-text.ts';
import { EmptyState } from '../controls/empty-state.tsx';
import { GraphTable } from '../controls/graph-table.tsx';
import { ListFilters } from '../controls/list-filters.tsx';
import type { Column } from '../controls/list-table.tsx';
import { Property, PropertyList } from '../controls/property-list.tsx';
import { ReadOnlyNotice } from '../controls/read-only-notice.tsx';
import { RefreshButton } from '../controls/refresh-button.tsx';
import { SidePane } from '../controls/side-pane.tsx';
import { useGraphList, useSettled } from '../graph-list.ts';
import { type SignInQuery, signInQuery } from './sign-in-query.ts';

const useStyles = makeStyles({ since: { width: '170px' } });

const looks = {
  success: { color: 'success', word: 'Success' },
  failure: { color: 'danger', word: 'Failure' },
  interrupted: { color: 'warning', word: 'Interrupted' },
} as const;

function Outcome({ signIn }: { signIn: SignIn }) {
  const { color, word } = looks[signIn.outcome];
  return (
    <Badge appearance="tint" color={color}>
      {word}
    </Badge>
  );
}

/** The sign-in log, of everything or of one application, with each line's details. */
export function SignInTable({ appId }: { appId?: string }) {
  const styles = useStyles();
  const [text, setText] = useState('');
  const [outcome, setOutcome] = useState<SignInQuery['outcome']>('any');
  const [since, setSince] = useState('');
  const [selected, setSelected] = useState<SignIn | null>(null);
  const query = signInQuery({ text: useSettled(text), outcome, since, appId });
  const list = useGraphList<SignIn>('signIns', `/auditLogs/signIns?$top=50${query}`);
  const columns: Column<SignIn>[] = [
    {
      label: 'Date',
      primary: true,
      render: (signIn) => (
        <FluentLink
          onClick={() => setSelected(signIn)}
          aria-label={`Details of the sign-in of ${instantText(signIn.createdDateTime)}`}
        >
          {instantText(signIn.createdDateTime)}
        </FluentLink>
      ),
    },
    { label: 'User', render: (signIn) => signIn.userDisplayName ?? signIn.userPrincipalName ?? 'Unknown' },
    ...(appId ? [] : [{ label: 'Application', render: (signIn: SignIn) => signIn.appDisplayName ?? '–' }]),
    { label: 'Status', render: (signIn) => <Outcome signIn={signIn} /> },
    {
      label: 'Error code',
      render: (signIn) => (signIn.status.errorCode === 0 ? '–' : signIn.status.errorCode),
    },
    { label: 'IP address', render: (signIn) => signIn.ipAddress },
  ];
  return (
    <>
      <ReadOnlyNotice capability="readLogs" />
      <ListFilters label="Search by user, application, IP address or request id" text={text} onText={setText}>
        <Select
          aria-label="Status"
          value={outcome}
          onChange={(_, data) => setOutcome(data.value as SignInQuery['outcome'])}
        >
          <option value="any">Status: any</option>
          <option value="success">Success</option>
          <option value="failure">Failure</option>
          <option value="interrupted">Interrupted</option>
        </Select>
        <Input
          className={styles.since}
          type="date"
          aria-label="Since"
          value={since}
          onChange={(_, data) => setSince(data.value)}
        />
        <RefreshButton list={list} />
      </ListFilters>
      <GraphTable
        label="Sign-ins"
        list={list}
        columns={columns}
        keyOf={(signIn) => signIn.id}
        empty={
          <EmptyState
            title={text || since || outcome !== 'any' ? 'No sign-in matches' : 'No sign-ins yet'}
            icon={<HistoryRegular />}
          >
            Every attempt appears here within a second, with the cause where it failed.
          </EmptyState>
        }
      />
      {selected ? <SignInDetails signIn={selected} onClose={() => setSelected(null)} /> : null}
    </>
  );
}

function SignInDetails({ signIn, onClose }: { signIn: SignIn; onClose: () => void }) {
  return (
    <SidePane title="Sign-in details" open onClose={onClose} footer={<Button onClick={onClose}>Done</Button>}>
      <PropertyList>
        <Property label="Date">{instantText(signIn.createdDateTime)}</Property>
        <Property label="Status">
          <Outcome signIn={signIn} />
        </Property>
        <Property label="Sign-in error code" none="None">
          {signIn.status.errorCode === 0 ? null : `AADSTS${signIn.status.errorCode}`}
        </Property>
        <Property label="Failure reason">{signIn.status.failureReason}</Property>
        <Property label="Additional details">{signIn.status.additionalDetails}</Property>
        <Property label="Request ID" copy={signIn.id}>
          {signIn.id}
        </Property>
        <Property label="Correlation ID" copy={signIn.correlationId}>
          {signIn.correlationId}
        </Property>
        <Property label="User" none="Unknown">
          {signIn.userDisplayName}
        </Property>
        <Property label="Username" none="Unknown">
          {signIn.userPrincipalName}
        </Property>
        <Property label="User ID">{signIn.userId}</Property>
        <Property label="Application">{signIn.appDisplayName}</Property>
        <Property label="Application ID">{signIn.appId}</Property>
        <Property label="Authentication requirement">Single-factor authentication</Property>
        <Property label="Authentication methods">{signIn.authenticationMethods.join(', ')}</Property>
        <Property label="IP address">{signIn.ipAddress}</Property>
        <Property label="Client app">{signIn.clientAppUsed}</Property>
        <Property label="Browser">{signIn.deviceDetail.browser}</Property>
        <Property label="SAML request ID" none="None: started here">
          {signIn.samlRequestId}
        </Property>
        <Property label="Assertion ID" none="No assertion was issued">
          {signIn.assertionId}
        </Property>
      </PropertyList>
    </SidePane>
  );
}
