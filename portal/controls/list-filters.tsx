import { makeStyles, SearchBox, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    marginBottom: tokens.spacingVerticalM,
  },
  search: { flex: '1 1 260px', maxWidth: '420px', '@media (max-width: 719px)': { maxWidth: 'none' } },
});

/** The search box above a list, and further filters beside it. */
export function ListFilters(props: {
  label: string;
  text: string;
  onText: (text: string) => void;
  children?: ReactNode;
}) {
  const styles = useStyles();
  return (
    <search className={styles.root}>
      <SearchBox
        className={styles.search}
        aria-label={props.label}
        placeholder={props.label}
        value={props.text}
        onChange={(_, data) => props.onText(data.value)}
      />
      {props.children}
    </search>
  );
}
