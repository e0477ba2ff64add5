import { makeStyles, MessageBar, MessageBarBody } from '@fluentui/react-components';
import type { Capability } from '../shell/permissions.ts';
import { usePermission } from '../shell/signed-in-person.ts';

const useStyles = makeStyles({ root: { marginBottom: '16px', flexShrink: 0 } });

/** Tells once, at the top of a page, why its buttons are greyed for me. */
export function ReadOnlyNotice({ capability }: { capability: Capability }) {
  const styles = useStyles();
  const permission = usePermission(capability);
  if (permission.allowed) return null;
  return (
    <MessageBar intent="info" layout="multiline" className={styles.root}>
      <MessageBarBody>{permission.reason}</MessageBarBody>
    </MessageBar>
  );
}
