import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type ReactNode, useId } from 'react';

const useStyles = makeStyles({
  tile: {
    position: 'relative',
    boxSizing: 'border-box',
    height: '100%',
    padding: '14px 16px',
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
    overflowWrap: 'anywhere',
  },
  open: {
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':active': { backgroundColor: tokens.colorNeutralBackground1Pressed },
  },
  current: { border: `2px solid ${tokens.colorBrandStroke1}`, padding: '13px 15px' },
  greyed: { backgroundColor: tokens.colorNeutralBackground3 },
  row: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    alignItems: 'center',
    columnGap: '12px',
  },
  column: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalS,
  },
  words: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '2px', minWidth: 0 },
  name: {
    padding: 0,
    border: 'none',
    backgroundColor: 'transparent',
    color: 'inherit',
    fontFamily: 'inherit',
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold,
    textAlign: 'start',
    cursor: 'pointer',
    outlineStyle: 'none',
    // The whole tile is the button's target, while its name stays the one word it is known by.
    '::after': { content: '""', position: 'absolute', inset: 0, borderRadius: tokens.borderRadiusXLarge },
    ':focus-visible::after': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  greyedName: { cursor: 'not-allowed', color: tokens.colorNeutralForegroundDisabled },
  more: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
});

/**
 * A tile to choose: a button named by one word, with more about it beside. A greyed tile stays focusable; its text
 * says why it cannot be chosen.
 */
export function ChoiceTile(props: {
  name: string;
  picture: ReactNode;
  layout: 'row' | 'column';
  current?: boolean;
  greyed?: boolean;
  badge?: ReactNode;
  onChoose?: () => void;
  children: ReactNode;
}) {
  const styles = useStyles();
  const id = useId();
  const { name, picture, layout, current = false, greyed = false, badge, onChoose, children } = props;
  return (
    <div
      className={mergeClasses(
        styles.tile,
        styles[layout],
        greyed ? styles.greyed : styles.open,
        current && styles.current,
      )}
    >
      {picture}
      <div className={styles.words}>
        <button
          type="button"
          className={mergeClasses(styles.name, greyed && styles.greyedName)}
          aria-describedby={id}
          {...(current ? { 'aria-current': true } : {})}
          {...(greyed ? { 'aria-disabled': true } : { onClick: onChoose })}
        >
          {name}
        </button>
        <div id={id} className={styles.more}>
          {children}
        </div>
        {badge}
      </div>
    </div>
  );
}
