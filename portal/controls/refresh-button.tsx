import { Button } from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons/svg/arrow-clockwise';
import type { GraphList } from '../graph-list.ts';

/** Reads a list again. */
export function RefreshButton<Row>({ list }: { list: GraphList<Row> }) {
  return (
    <Button appearance="subtle" icon={<ArrowClockwiseRegular />} onClick={list.reload}>
      Refresh
    </Button>
  );
}
