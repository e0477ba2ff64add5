import { makeStyles, Text, Title2, tokens } from '@fluentui/react-components';
import { type ReactNode, useEffect } from 'react';
import { TextLink } from './link-button.tsx';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    marginBottom: tokens.spacingVerticalL,
  },
  trail: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
  },
  step: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  title: { overflowWrap: 'anywhere', textWrap: 'balance' },
  intro: { maxWidth: '760px', color: tokens.colorNeutralForeground2 },
  toolbar: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    marginTop: tokens.spacingVerticalXS,
  },
});

export type TrailStep = { label: string; to: string };

/** Breadcrumb, title, one sentence, toolbar. The title is also the window's, so that history and tabs can be told apart. */
export function PageHeader(props: {
  title: string;
  /** What the window is called where the title alone says too little. */
  windowTitle?: string;
  trail?: readonly TrailStep[];
  intro?: ReactNode;
  toolbar?: ReactNode;
}) {
  const styles = useStyles();
  const { title, windowTitle = title, trail = [], intro, toolbar } = props;
  useEffect(() => {
    document.title = `${windowTitle} · Countersign`;
  }, [windowTitle]);
  return (
    <header className={styles.root}>
      {trail.length > 0 ? (
        <nav aria-label="Breadcrumb">
          <ol className={styles.trail}>
            {trail.map((step, position) => (
              <li key={step.to} className={styles.step}>
                <TextLink to={step.to}>{step.label}</TextLink>
                {position < trail.length - 1 ? <span aria-hidden>›</span> : null}
              </li>
            ))}
          </ol>
        </nav>
      ) : null}
      <Title2 as="h1" className={styles.title}>
        {title}
      </Title2>
      {intro ? <Text className={styles.intro}>{intro}</Text> : null}
      {toolbar ? <div className={styles.toolbar}>{toolbar}</div> : null}
    </header>
  );
}
