import { makeStyles, mergeClasses, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

/** One column: `label` heads it on a wide screen and stands before the value on a narrow one. */
export type Column<Row> = {
  label: string;
  render: (row: Row) => ReactNode;
  /** The column the row is known by: heads the card on a narrow screen. */
  primary?: boolean;
  /** Buttons; no label on a narrow screen. */
  actions?: boolean;
};

const narrow = '@media (max-width: 719px)';

const useStyles = makeStyles({
  table: {
    display: 'table',
    width: '100%',
    borderCollapse: 'collapse',
    fontSize: tokens.fontSizeBase300,
    [narrow]: { display: 'block' },
  },
  // Out of sight on a narrow screen, yet still the names of the columns.
  head: {
    display: 'table-header-group',
    [narrow]: {
      position: 'absolute',
      width: '1px',
      height: '1px',
      overflow: 'hidden',
      clipPath: 'inset(50%)',
    },
  },
  headRow: { display: 'table-row' },
  body: { display: 'table-row-group', [narrow]: { display: 'block' } },
  heading: {
    display: 'table-cell',
    textAlign: 'start',
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
    padding: '8px 12px 8px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
    whiteSpace: 'nowrap',
  },
  row: {
    display: 'table-row',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    [narrow]: {
      display: 'block',
      padding: '12px 0',
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
      ':hover': { backgroundColor: 'transparent' },
    },
  },
  cell: {
    display: 'table-cell',
    padding: '9px 12px 9px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    verticalAlign: 'middle',
    // A state is one word: it never breaks.
    '& .fui-Badge': { whiteSpace: 'nowrap' },
    overflowWrap: 'anywhere',
    [narrow]: {
      display: 'grid',
      gridTemplateColumns: 'minmax(110px, 34%) minmax(0, 1fr)',
      justifyItems: 'start',
      gap: '8px',
      padding: '2px 0',
      borderBottom: 'none',
      '::before': {
        content: 'attr(data-label)',
        color: tokens.colorNeutralForeground3,
        fontSize: tokens.fontSizeBase200,
        lineHeight: tokens.lineHeightBase300,
      },
    },
  },
  primary: {
    [narrow]: {
      display: 'block',
      fontWeight: tokens.fontWeightSemibold,
      fontSize: tokens.fontSizeBase400,
      paddingBottom: '4px',
      '::before': { content: 'none' },
    },
  },
  actions: {
    textAlign: 'end',
    whiteSpace: 'nowrap',
    paddingRight: 0,
    [narrow]: { display: 'block', textAlign: 'start', paddingTop: '6px', '::before': { content: 'none' } },
  },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  waiting: { display: 'flex', flexDirection: 'column', gap: '14px', padding: '12px 0' },
});

/**
 * A table on a wide screen, a readable list of cards on a narrow one. The roles are spelled out on plain elements
 * because browsers forget that a table is one as soon as its parts are laid out differently.
 */
export function ListTable<Row>(props: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}) {
  const styles = useStyles();
  const { label, columns, rows, keyOf } = props;
  return (
    <div className={styles.table} role="table" aria-label={label}>
      <div className={styles.head} role="rowgroup">
        <div className={styles.headRow} role="row">
          {columns.map((column) => (
            <div key={column.label} className={styles.heading} role="columnheader">
              {column.actions ? <span className={styles.hidden}>{column.label}</span> : column.label}
            </div>
          ))}
        </div>
      </div>
      <div className={styles.body} role="rowgroup">
        {rows.map((row) => (
          <div key={keyOf(row)} className={styles.row} role="row">
            {columns.map((column) => (
              <div
                key={column.label}
                role="cell"
                data-label={column.label}
                className={mergeClasses(
                  styles.cell,
                  column.primary && styles.primary,
                  column.actions && styles.actions,
                )}
              >
                {column.render(row)}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Grey rows where the list is going to be. */
export function WaitingRows({ what, count = 5 }: { what: string; count?: number }) {
  const styles = useStyles();
  return (
    <Skeleton className={styles.waiting} aria-label={`Loading ${what}`}>
      {Array.from({ length: count }, (_, index) => (
        <SkeletonItem key={`row-${String(index)}`} size={20} />
      ))}
    </Skeleton>
  );
}
