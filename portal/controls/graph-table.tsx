import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { GraphList } from '../graph-list.ts';
import { type Column, ListTable, WaitingRows } from './list-table.tsx';
import { Problem } from './problem.tsx';

const useStyles = makeStyles({
  stale: { opacity: 0.6 },
  foot: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    paddingTop: tokens.spacingVerticalM,
    color: tokens.colorNeutralForeground3,
  },
});

/** A list of the API on the screen: waiting, refused, empty, or rows with *Load more*. */
export function GraphTable<Row>(props: {
  label: string;
  list: GraphList<Row>;
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  empty: ReactNode;
}) {
  const styles = useStyles();
  const { label, list, columns, keyOf, empty } = props;
  if (list.error && !list.rows) return <Problem error={list.error} onRetry={list.reload} />;
  if (!list.rows) return <WaitingRows what={label} />;
  if (list.rows.length === 0) return empty;
  return (
    <div className={list.isStale ? styles.stale : undefined} aria-busy={list.isStale}>
      {list.error ? <Problem error={list.error} onRetry={list.reload} /> : null}
      <ListTable label={label} columns={columns} rows={list.rows} keyOf={keyOf} />
      <div className={styles.foot}>
        <Text size={200} role="status">
          {list.rows.length}{' '}
          {list.count !== undefined && list.count > list.rows.length ? `of ${list.count} ` : ''}shown
        </Text>
        {list.hasMore ? (
          <Button size="small" disabledFocusable={list.loadingMore} onClick={list.loadMore}>
            {list.loadingMore ? 'Loading more' : 'Load more'}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
