import { Button, Checkbox, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons/svg/arrow-clockwise';
import { useState } from 'react';
import { CopyButton } from '../controls/copy-button.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  options: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalL },
  input: { fontFamily: tokens.fontFamilyMonospace },
});

/** A password that is made up here or typed, hidden until *Show password* is ticked. */
export function PasswordField(props: {
  value: string;
  automatic: boolean;
  problem?: string | undefined;
  onAutomatic: (automatic: boolean) => void;
  onValue: (value: string) => void;
  onAnother: () => void;
  /** Told once the value was shown or copied. */
  onNoted?: () => void;
}) {
  const styles = useStyles();
  const [shown, setShown] = useState(false);
  const { value, automatic, problem, onAutomatic, onValue, onAnother, onNoted } = props;
  return (
    <div className={styles.root}>
      <Field
        label="Password"
        hint="To be changed at the first sign-in."
        {...(problem ? { validationMessage: problem } : {})}
      >
        <Input
          value={value}
          type={shown ? 'text' : 'password'}
          readOnly={automatic}
          autoComplete="new-password"
          spellCheck={false}
          input={{ className: shown ? styles.input : '' }}
          onChange={(_, data) => onValue(data.value)}
          onCopy={onNoted}
          contentAfter={
            <span onClickCapture={onNoted}>
              <CopyButton value={value} what="password" size="small" />
            </span>
          }
        />
      </Field>
      <div className={styles.options}>
        <Checkbox
          label="Show password"
          checked={shown}
          onChange={(_, data) => {
            setShown(data.checked === true);
            if (data.checked === true) onNoted?.();
          }}
        />
        <Checkbox
          label="Auto-generate password"
          checked={automatic}
          onChange={(_, data) => onAutomatic(data.checked === true)}
        />
        {automatic ? (
          <Button size="small" appearance="subtle" icon={<ArrowClockwiseRegular />} onClick={onAnother}>
            Another one
          </Button>
        ) : null}
      </div>
    </div>
  );
}
