import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  root: { width: '26px', height: '26px', flexShrink: 0 },
  tile: { fill: tokens.colorBrandBackground },
});

/** A signature's tick on a tile: decoration, the name stands beside it. */
export function BrandMark() {
  const styles = useStyles();
  return (
    <svg viewBox="0 0 32 32" className={styles.root} aria-hidden focusable="false">
      <rect width="32" height="32" rx="8" className={styles.tile} />
      <path
        d="M9 16.5l5 5L23.5 11"
        fill="none"
        stroke="#fff"
        strokeWidth="3.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
