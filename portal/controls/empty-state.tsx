import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalL}`,
    textAlign: 'center',
    color: tokens.colorNeutralForeground2,
  },
  picture: { fontSize: '40px', color: tokens.colorBrandForeground1, lineHeight: 1 },
  words: { maxWidth: '460px', display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
});

/** Nothing here yet: what belongs here, and the next step. */
export function EmptyState(props: {
  title: string;
  icon?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      {props.icon ? (
        <span className={styles.picture} aria-hidden>
          {props.icon}
        </span>
      ) : null}
      <div className={styles.words}>
        <Subtitle2 as="h2" block align="center">
          {props.title}
        </Subtitle2>
        {props.children ? <Text align="center">{props.children}</Text> : null}
      </div>
      {props.action}
    </div>
  );
}
