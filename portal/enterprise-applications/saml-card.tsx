import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { EditRegular } from '@fluentui/react-icons/svg/edit';
import { type ReactNode, useId } from 'react';
import { GatedButton } from '../controls/gated-button.tsx';

const useStyles = makeStyles({
  card: {
    display: 'grid',
    gridTemplateColumns: '36px minmax(0, 1fr)',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    overflow: 'hidden',
    '@media (max-width: 719px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  number: {
    display: 'grid',
    placeItems: 'start center',
    paddingTop: '17px',
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontWeight: tokens.fontWeightSemibold,
    '@media (max-width: 719px)': { placeItems: 'center start', padding: '4px 16px' },
  },
  inside: {
    padding: '12px 18px 16px',
    minWidth: 0,
    '@media (max-width: 719px)': { padding: '8px 14px 14px' },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
    minHeight: '36px',
  },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
  },
});

/** One of the numbered cards of the SAML page. With `onEdit` it has the pencil, named after the card. */
export function SamlCard(props: {
  number: number;
  title: string;
  onEdit?: () => void;
  editReason?: string | undefined;
  action?: ReactNode;
  children: ReactNode;
}) {
  const styles = useStyles();
  const id = useId();
  const { number, title, onEdit, editReason, action, children } = props;
  return (
    <section className={styles.card} aria-labelledby={id}>
      <div className={styles.number} aria-hidden>
        {number}
      </div>
      <div className={styles.inside}>
        <div className={styles.head}>
          <h2 id={id} className={styles.title}>
            {title}
          </h2>
          {onEdit ? (
            editReason ? (
              <GatedButton
                appearance="subtle"
                icon={<EditRegular />}
                reason={editReason}
                ariaLabel={`Edit ${title}`}
              >
                Edit
              </GatedButton>
            ) : (
              <Button
                appearance="subtle"
                icon={<EditRegular />}
                aria-label={`Edit ${title}`}
                onClick={onEdit}
              >
                Edit
              </Button>
            )
          ) : null}
          {action}
        </div>
        {children}
      </div>
    </section>
  );
}
