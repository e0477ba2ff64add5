import type { Group, User } from '@countersign/idp/resources.ts';
import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  SearchBox,
  Tab,
  TabList,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useId, useState } from 'react';
import { WaitingRows } from './list-table.tsx';
import { Problem } from './problem.tsx';
import { useReturnFocus } from './return-focus.ts';
import { searchFor } from '../graph-client.ts';
import { useGraphList, useSettled } from '../graph-list.ts';

/** A user or a group that can be chosen. */
export type PickedPrincipal = { id: string; displayName: string; detail: string; type: 'User' | 'Group' };

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, minHeight: '340px' },
  search: { maxWidth: 'none' },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    height: '300px',
    overflowY: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  row: { padding: '4px 8px', ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  detail: {
    display: 'block',
    color: tokens.colorNeutralForeground3,
    paddingLeft: '36px',
    paddingBottom: '4px',
    marginTop: '-5px',
    overflowWrap: 'anywhere',
  },
  nothing: { padding: '24px', textAlign: 'center', color: tokens.colorNeutralForeground3 },
  more: { padding: '8px', textAlign: 'center' },
  wait: { padding: '8px 12px' },
});

function usePrincipals(type: 'User' | 'Group', settled: string) {
  const isUser = type === 'User';
  const properties = isUser ? ['displayName', 'userPrincipalName'] : ['displayName'];
  const search = settled ? `&$search=${searchFor(properties, settled)}` : '';
  const users = useGraphList<User>('users', `/users?$top=50&$orderby=displayName${search}`, isUser);
  const groups = useGraphList<Group>('groups', `/groups?$top=50&$orderby=displayName${search}`, !isUser);
  const list = isUser ? users : groups;
  const rows: PickedPrincipal[] | undefined = isUser
    ? users.rows?.map((user) => ({
        id: user.id,
        displayName: user.displayName,
        detail: user.userPrincipalName,
        type,
      }))
    : groups.rows?.map((group) => ({
        id: group.id,
        displayName: group.displayName,
        detail: group.description ?? 'Group',
        type,
      }));
  return { ...list, rows };
}

function Row(props: {
  principal: PickedPrincipal;
  checked: boolean;
  taken: string | undefined;
  onToggle: () => void;
}) {
  const styles = useStyles();
  const detailId = useId();
  const { principal, checked, taken, onToggle } = props;
  return (
    <li className={styles.row}>
      <Checkbox
        label={principal.displayName}
        aria-describedby={detailId}
        checked={checked || taken !== undefined}
        disabled={taken !== undefined}
        onChange={onToggle}
      />
      <Text size={200} id={detailId} className={styles.detail}>
        {principal.detail}
        {taken ? ` · ${taken}` : ''}
      </Text>
    </li>
  );
}

/**
 * The dialog in which users, and groups where they make sense, are chosen. What is chosen stays chosen while the
 * search changes.
 */
export function PrincipalPicker(props: {
  title: string;
  types: readonly ('User' | 'Group')[];
  chosen: readonly PickedPrincipal[];
  /** Why somebody cannot be chosen again, by id. */
  taken?: ReadonlyMap<string, string>;
  busy?: boolean;
  error?: unknown;
  onSelect: (chosen: PickedPrincipal[]) => void;
  onCancel: () => void;
}) {
  const styles = useStyles();
  const { title, types, taken = new Map<string, string>(), busy = false, error, onSelect, onCancel } = props;
  useReturnFocus(true);
  const [chosen, setChosen] = useState<readonly PickedPrincipal[]>(props.chosen);
  const [type, setType] = useState(types[0] ?? 'User');
  const [text, setText] = useState('');
  const list = usePrincipals(type, useSettled(text));
  const plural = type === 'User' ? 'Users' : 'Groups';
  const toggle = (principal: PickedPrincipal) =>
    setChosen((now) =>
      now.some((one) => one.id === principal.id)
        ? now.filter((one) => one.id !== principal.id)
        : [...now, principal],
    );
  return (
    <Dialog
      open
      onOpenChange={(_, data) => {
        if (!data.open) onCancel();
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>
            {error ? <Problem error={error} /> : null}
            <SearchBox
              className={styles.search}
              aria-label={`Search ${types.length > 1 ? 'users and groups' : plural.toLowerCase()}`}
              placeholder="Search by name"
              value={text}
              onChange={(_, data) => setText(data.value)}
            />
            {types.length > 1 ? (
              <TabList
                selectedValue={type}
                onTabSelect={(_, data) => setType(data.value as 'User' | 'Group')}
                size="small"
              >
                {types.map((one) => (
                  <Tab key={one} value={one}>
                    {one === 'User' ? 'Users' : 'Groups'}
                  </Tab>
                ))}
              </TabList>
            ) : null}
            {list.error && !list.rows ? <Problem error={list.error} onRetry={list.reload} /> : null}
            {!list.rows && !list.error ? (
              <div className={styles.wait}>
                <WaitingRows what={plural} count={6} />
              </div>
            ) : null}
            {list.rows ? (
              <ul className={styles.list} aria-label={plural}>
                {list.rows.map((principal) => (
                  <Row
                    key={principal.id}
                    principal={principal}
                    checked={chosen.some((one) => one.id === principal.id)}
                    taken={taken.get(principal.id)}
                    onToggle={() => toggle(principal)}
                  />
                ))}
                {list.rows.length === 0 ? (
                  <li className={styles.nothing}>
                    {text ? 'Nobody by that name' : `There are no ${plural.toLowerCase()} yet`}
                  </li>
                ) : null}
                {list.hasMore ? (
                  <li className={styles.more}>
                    <Button size="small" onClick={list.loadMore}>
                      Load more
                    </Button>
                  </li>
                ) : null}
              </ul>
            ) : null}
            <Text size={200} role="status">
              {chosen.length === 0
                ? 'None selected'
                : `Selected: ${chosen.map((one) => one.displayName).join(', ')}`}
            </Text>
          </DialogContent>
          <DialogActions>
            <Button
              appearance="primary"
              disabledFocusable={chosen.length === 0 || busy}
              onClick={() => {
                if (chosen.length > 0 && !busy) onSelect([...chosen]);
              }}
            >
              Select
            </Button>
            <Button onClick={onCancel}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
