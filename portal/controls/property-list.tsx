import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(140px, min(34%, 280px)) minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalXL,
    rowGap: 0,
    margin: 0,
    '@media (max-width: 719px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  term: {
    color: tokens.colorNeutralForeground3,
    paddingTop: '6px',
    paddingBottom: '6px',
    '@media (max-width: 719px)': { paddingTop: '10px', paddingBottom: 0, fontSize: tokens.fontSizeBase200 },
  },
  value: {
    margin: 0,
    display: 'flex',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalXS,
    overflowWrap: 'anywhere',
    minWidth: 0,
  },
  quiet: { color: tokens.colorNeutralForeground3, padding: '6px 0' },
  text: {
    minWidth: 0,
    overflowWrap: 'anywhere',
    padding: '6px 0',
    '@media (max-width: 719px)': { padding: '0 0 4px' },
  },
  copy: { paddingTop: '4px', flexShrink: 0, '@media (max-width: 719px)': { padding: 0, marginTop: '-2px' } },
});

/** Names and values, side by side or one above the other. */
export function PropertyList({ children }: { children: ReactNode }) {
  return <dl className={useStyles().list}>{children}</dl>;
}

/** One line of a PropertyList. `copy` adds a button that copies that text; an empty value is shown as `none`. */
export function Property(props: {
  label: string;
  children?: ReactNode;
  copy?: string | undefined;
  none?: string;
}) {
  const styles = useStyles();
  const { label, children, copy, none = 'None' } = props;
  const empty = children === null || children === undefined || children === '' || children === false;
  return (
    <>
      <dt className={styles.term}>{label}</dt>
      <dd className={styles.value}>
        {empty ? (
          <span className={styles.quiet}>{none}</span>
        ) : (
          <span className={styles.text}>{children}</span>
        )}
        {copy ? (
          <span className={styles.copy}>
            <CopyButton value={copy} what={label} size="small" />
          </span>
        ) : null}
      </dd>
    </>
  );
}
