import { Button, Field, Input, makeStyles, Radio, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useId } from 'react';
import { messageFor } from './value-message.ts';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    minWidth: 0,
  },
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  field: { flexGrow: 1, minWidth: 0 },
  add: { alignSelf: 'flex-start' },
  patterns: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
  },
  list: { margin: '2px 0 0', paddingLeft: '18px' },
});

/** The patterns a template knows for a field. */
export function Patterns({ patterns, id }: { patterns: readonly string[]; id?: string }) {
  const styles = useStyles();
  if (patterns.length === 0) return null;
  return (
    <div className={styles.patterns} {...(id ? { id } : {})}>
      {patterns.length === 1 ? 'Pattern:' : 'Patterns:'}
      <ul className={styles.list}>
        {patterns.map((pattern) => (
          <li key={pattern}>
            <code>{pattern}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Several values of one kind, one of them the default. */
export function ValueRows(props: {
  label: string;
  addLabel: string;
  hint?: string;
  rows: readonly { value: string }[];
  defaultRow: number;
  patterns: readonly string[];
  refusals: ReadonlyMap<string, string>;
  /** Prefix of the refusals' keys: `replyUrls` for `replyUrls.0`. */
  name: string;
  onChange: (rows: { value: string }[], defaultRow: number) => void;
}) {
  const styles = useStyles();
  const group = useId();
  const { label, addLabel, hint, rows, defaultRow, patterns, refusals, name, onChange } = props;
  const several = rows.length > 1;
  const write = (position: number, value: string) =>
    onChange(
      rows.map((row, at) => (at === position ? { value } : row)),
      defaultRow,
    );
  const drop = (position: number) =>
    onChange(
      rows.filter((_, at) => at !== position),
      position < defaultRow ? defaultRow - 1 : position === defaultRow ? 0 : defaultRow,
    );
  return (
    <div className={styles.root}>
      {rows.map((row, position) => {
        const rowLabel = position === 0 ? label : `${label} ${position + 1}`;
        return (
          // Rows have no identity of their own; the position is what the reader sees, too.
          <div key={`${group}-${String(position)}`}>
            <div className={styles.row}>
              <Field
                className={styles.field}
                label={rowLabel}
                {...(position === 0 && hint ? { hint } : {})}
                {...messageFor(row.value, patterns, refusals.get(`${name}.${position}`))}
              >
                <Input
                  value={row.value}
                  autoComplete="off"
                  spellCheck={false}
                  {...(position === 0 && patterns[0] ? { placeholder: patterns[0] } : {})}
                  onChange={(_, data) => write(position, data.value)}
                />
              </Field>
            </div>
            {several ? (
              <div className={styles.row}>
                <Radio
                  name={`${group}-default`}
                  label="Default"
                  checked={position === defaultRow}
                  onChange={() => onChange([...rows], position)}
                />
                <Button
                  appearance="subtle"
                  size="small"
                  icon={<DeleteRegular />}
                  aria-label={`Remove ${rowLabel}`}
                  onClick={() => drop(position)}
                >
                  Remove
                </Button>
              </div>
            ) : null}
          </div>
        );
      })}
      <Patterns patterns={patterns} />
      <Button
        className={styles.add}
        appearance="subtle"
        size="small"
        icon={<AddRegular />}
        onClick={() => onChange([...rows, { value: '' }], defaultRow)}
      >
        {addLabel}
      </Button>
    </div>
  );
}
