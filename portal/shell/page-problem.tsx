import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import { useRouteError } from 'react-router';

const useStyles = makeStyles({ root: { padding: '24px' } });

/** Something in the portal itself broke: say so, and offer the one thing that helps. */
export function PageProblem() {
  const styles = useStyles();
  const error = useRouteError();
  // A release replaces the chunks; a tab that was open before still asks for the old ones.
  const outdated =
    error instanceof TypeError && /dynamically imported module|Importing a module/i.test(error.message);
  return (
    <div className={styles.root}>
      <MessageBar intent={outdated ? 'info' : 'error'} layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>
            {outdated ? 'A newer version is available' : 'This page stopped working'}
          </MessageBarTitle>
          {outdated
            ? 'This tab was opened before the last update, or the connection was lost. Reload to go on.'
            : `Reload the page; nothing you saved is lost. What happened: ${error instanceof Error ? error.message : String(error)}`}
        </MessageBarBody>
        <MessageBarActions>
          <Button onClick={() => window.location.reload()}>Reload</Button>
        </MessageBarActions>
      </MessageBar>
    </div>
  );
}
