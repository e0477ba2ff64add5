import { makeStyles, Spinner } from '@fluentui/react-components';

const useStyles = makeStyles({ root: { display: 'grid', placeItems: 'center', minHeight: '100vh' } });

/** What is on the screen while the first page's code is on its way. */
export function StartingUp() {
  return (
    <div className={useStyles().root}>
      <Spinner label="Opening Countersign" />
    </div>
  );
}
