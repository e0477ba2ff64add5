import type { ApplicationTemplate } from '@countersign/idp/resources.ts';
import { Badge, Button, makeStyles, SearchBox, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { useId, useState } from 'react';
import { ChoiceTile } from '../controls/choice-tile.tsx';
import { EmptyState } from '../controls/empty-state.tsx';
import { GatedButton } from '../controls/gated-button.tsx';
import { WaitingRows } from '../controls/list-table.tsx';
import { PageHeader } from '../controls/page-header.tsx';
import { Problem } from '../controls/problem.tsx';
import { ReadOnlyNotice } from '../controls/read-only-notice.tsx';
import { searchFor } from '../graph-client.ts';
import { useGraphList, useSettled } from '../graph-list.ts';
import { paths } from '../paths.ts';
import { usePermission } from '../shell/signed-in-person.ts';
import { AddFromGalleryPane } from './add-from-gallery-pane.tsx';
import { ApplicationLogo } from './application-logo.tsx';
import { nonGalleryTemplateId } from './application-data.ts';
import { categoryName } from './category-name.ts';
import { CreateYourOwnPane } from './create-your-own-pane.tsx';

const useStyles = makeStyles({
  search: {
    maxWidth: '560px',
    width: '100%',
    marginTop: tokens.spacingVerticalS,
    marginBottom: tokens.spacingVerticalL,
  },
  results: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 250px), 1fr))',
    gap: tokens.spacingHorizontalM,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  quiet: { color: tokens.colorNeutralForeground3 },
  stale: { opacity: 0.6 },
  foot: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    marginTop: tokens.spacingVerticalL,
  },
});

function Result({ template, onSelect }: { template: ApplicationTemplate; onSelect: () => void }) {
  return (
    <li>
      <ChoiceTile
        name={template.displayName}
        picture={<ApplicationLogo name={template.displayName} size={40} />}
        layout="row"
        badge={
          template.supportedSingleSignOnModes.includes('saml') ? (
            <Badge appearance="tint" size="small">
              SAML
            </Badge>
          ) : null
        }
        onChoose={onSelect}
      >
        {template.categories.map(categoryName).join(', ') || template.publisher}
      </ChoiceTile>
    </li>
  );
}

function countText(shown: number, all: number = shown): string {
  if (all > shown) return `${shown} of ${all} applications`;
  return shown === 1 ? '1 application' : `${shown} applications`;
}

export function Component() {
  const styles = useStyles();
  const headingId = useId();
  const [text, setText] = useState('');
  const [selected, setSelected] = useState<ApplicationTemplate | null>(null);
  const [creating, setCreating] = useState(false);
  const settled = useSettled(text, 150);
  const permission = usePermission('manageApplications');
  const path = `/applicationTemplates?$top=60&$count=true&$orderby=displayName${settled ? `&$search=${searchFor(['displayName'], settled)}` : ''}`;
  const list = useGraphList<ApplicationTemplate>('applicationTemplates', path);
  // The template of applications that are not from the gallery is what "Create your own application" makes.
  const templates = list.rows?.filter((template) => template.id !== nonGalleryTemplateId);
  const hidden = (list.rows?.length ?? 0) - (templates?.length ?? 0);
  const createYourOwn = (
    <GatedButton
      icon={<AddRegular />}
      reason={permission.allowed ? undefined : permission.reason}
      onClick={() => setCreating(true)}
    >
      Create your own application
    </GatedButton>
  );
  return (
    <>
      <PageHeader
        title="Browse gallery"
        trail={[
          { label: 'Identity', to: paths.home },
          { label: 'Enterprise applications', to: paths.enterpriseApplications },
        ]}
        intro="Applications whose SAML values we know. Choose one, and what it needs is filled in or shown as a pattern."
        toolbar={createYourOwn}
      />
      <ReadOnlyNotice capability="manageApplications" />
      <section aria-labelledby={headingId}>
        <Subtitle2 as="h2" block id={headingId}>
          Add from the gallery
        </Subtitle2>
        <SearchBox
          className={styles.search}
          size="large"
          aria-labelledby={headingId}
          placeholder="Search application"
          value={text}
          onChange={(_, data) => setText(data.value)}
        />
        {list.error && !templates ? <Problem error={list.error} onRetry={list.reload} /> : null}
        {!templates && !list.error ? <WaitingRows what="the gallery" /> : null}
        {templates?.length === 0 ? (
          <EmptyState title={`Nothing in the gallery is called “${settled}”`} action={createYourOwn}>
            Any application that speaks SAML 2.0 can be added as your own.
          </EmptyState>
        ) : null}
        {templates && templates.length > 0 ? (
          <>
            <ul
              className={list.isStale ? `${styles.results} ${styles.stale}` : styles.results}
              aria-label="Results"
              aria-busy={list.isStale}
            >
              {templates.map((template) => (
                <Result key={template.id} template={template} onSelect={() => setSelected(template)} />
              ))}
            </ul>
            <div className={styles.foot}>
              <Text size={200} className={styles.quiet} role="status">
                {countText(templates.length, list.count === undefined ? undefined : list.count - hidden)}
              </Text>
              {list.hasMore ? <Button onClick={list.loadMore}>Load more</Button> : null}
            </div>
          </>
        ) : null}
      </section>
      <AddFromGalleryPane template={selected} onClose={() => setSelected(null)} />
      <CreateYourOwnPane open={creating} onClose={() => setCreating(false)} />
    </>
  );
}
