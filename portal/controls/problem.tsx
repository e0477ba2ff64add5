import {
  Button,
  Link,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { GraphError } from '../graph-client.ts';
import { CopyButton } from './copy-button.tsx';

const useStyles = makeStyles({
  root: { flexShrink: 0 },
  request: { display: 'block', overflowWrap: 'anywhere', opacity: 0.85 },
});

/** A refusal of the API: its sentence, and the request id that leads to the log line. */
export function Problem(props: {
  error: unknown;
  title?: string;
  /** Instead of the API's own words, where they stand beside the fields. */
  sentence?: string;
  onRetry?: () => void;
}) {
  const styles = useStyles();
  const bar = useRef<HTMLDivElement>(null);
  const { error, title = 'That did not work', onRetry } = props;
  const requestId = error instanceof GraphError ? error.requestId : null;
  const sentence = props.sentence ?? (error instanceof Error ? error.message : String(error));
  // The button that failed may be far below, in a pane's foot.
  useEffect(() => {
    if (error) bar.current?.scrollIntoView({ block: 'nearest' });
  }, [error]);
  return (
    <div ref={bar}>
      <MessageBar intent="error" layout="multiline" className={styles.root} role="alert">
        <MessageBarBody>
          <MessageBarTitle>
            {error instanceof GraphError && error.status === 403 ? 'You may not do this' : title}
          </MessageBarTitle>
          {sentence}
          {error instanceof GraphError && error.status === 401 ? (
            <>
              {' '}
              <Link inline href="/sign-in?return=/admin" target="_blank" rel="noopener">
                Sign in in another tab
              </Link>
            </>
          ) : null}
          {requestId ? (
            <span className={styles.request}>
              Request Id: {requestId} <CopyButton value={requestId} what="Request Id" size="small" />
            </span>
          ) : null}
        </MessageBarBody>
        {onRetry ? (
          <MessageBarActions>
            <Button size="small" onClick={onRetry}>
              Try again
            </Button>
          </MessageBarActions>
        ) : null}
      </MessageBar>
    </div>
  );
}
