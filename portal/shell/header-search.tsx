import type { Collection, ServicePrincipal, User } from '@countersign/idp/resources.ts';
import { Input, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { SearchRegular } from '@fluentui/react-icons/svg/search';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { get, searchFor } from '../graph-client.ts';
import { useSettled } from '../graph-list.ts';
import { addressOf } from '../paths.ts';
import { findPages } from './site-map.ts';

type Found = { key: string; kind: string; label: string; hint: string; path: string };

const useStyles = makeStyles({
  root: { position: 'relative', width: '100%', maxWidth: '460px' },
  input: { width: '100%' },
  list: {
    position: 'absolute',
    top: 'calc(100% + 6px)',
    left: 0,
    right: 0,
    maxHeight: '70vh',
    overflowY: 'auto',
    margin: 0,
    padding: '6px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow16,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    zIndex: 20,
  },
  option: {
    display: 'flex',
    flexDirection: 'column',
    padding: '6px 10px',
    borderRadius: tokens.borderRadiusMedium,
    cursor: 'pointer',
    overflowWrap: 'anywhere',
  },
  active: { backgroundColor: tokens.colorNeutralBackground1Hover },
  quiet: { color: tokens.colorNeutralForeground3 },
  nothing: { padding: '8px 10px', color: tokens.colorNeutralForeground3 },
});

function useFound(text: string): Found[] {
  const settled = useSettled(text);
  const enabled = settled.length > 1;
  const applications = useQuery({
    queryKey: ['servicePrincipals', 'header-search', settled],
    queryFn: ({ signal }) =>
      get<Collection<ServicePrincipal>>(
        `/servicePrincipals?$search=${searchFor(['displayName'], settled)}&$top=5`,
        signal,
      ),
    enabled,
  });
  const users = useQuery({
    queryKey: ['users', 'header-search', settled],
    queryFn: ({ signal }) =>
      get<Collection<User>>(
        `/users?$search=${searchFor(['displayName', 'userPrincipalName'], settled)}&$top=5`,
        signal,
      ),
    enabled,
  });
  if (text.trim() === '') return [];
  const pages = findPages(text).map((page) => ({ ...page, key: page.path, kind: 'Page' }));
  const found = (applications.data?.value ?? []).map((application) => ({
    key: application.id,
    kind: 'Enterprise application',
    label: application.displayName,
    hint: application.identifierUris[0] ?? application.appId,
    path: addressOf('applicationOverview', { servicePrincipalId: application.id }),
  }));
  const people = (users.data?.value ?? []).map((user) => ({
    key: user.id,
    kind: 'User',
    label: user.displayName,
    hint: user.userPrincipalName,
    path: addressOf('user', { userId: user.id }),
  }));
  return [...pages.slice(0, 6), ...(enabled ? [...found, ...people] : [])];
}

/** Finds pages by every name they have, applications and users. `/` jumps here from anywhere. */
export function HeaderSearch() {
  const styles = useStyles();
  const navigate = useNavigate();
  const listId = useId();
  const root = useRef<HTMLElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const found = useFound(text);
  const shown = open && text.trim() !== '';
  const chosen = found[Math.min(active, found.length - 1)];

  useEffect(() => {
    const jump = (event: globalThis.KeyboardEvent) => {
      const target = event.target as HTMLElement | null;
      const typing = target?.closest('input, textarea, select, [contenteditable], [role="dialog"]');
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing) return;
      event.preventDefault();
      root.current?.querySelector('input')?.focus();
    };
    document.addEventListener('keydown', jump);
    return () => document.removeEventListener('keydown', jump);
  }, []);

  const go = (entry: Found | undefined) => {
    if (!entry) return;
    setText('');
    setOpen(false);
    void navigate(entry.path);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((found.length + active + step) % Math.max(found.length, 1));
      setOpen(true);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      go(chosen);
    } else if (event.key === 'Escape') {
      setOpen(false);
    }
  };
  return (
    <search
      ref={root}
      className={styles.root}
      onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || setOpen(false)}
    >
      <Input
        className={styles.input}
        appearance="filled-darker"
        contentBefore={<SearchRegular />}
        placeholder="Search pages, applications and users"
        aria-label="Search pages, applications and users"
        role="combobox"
        aria-expanded={shown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown && chosen ? `${listId}-${chosen.key}` : undefined}
        autoComplete="off"
        value={text}
        onFocus={() => setOpen(true)}
        onChange={(_, data) => {
          setText(data.value);
          setActive(0);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={listId}
        className={shown ? styles.list : undefined}
        role="listbox"
        aria-label="Found"
        hidden={!shown}
      >
        {shown
          ? found.map((entry, index) => (
              // The keyboard reaches the options through the input (aria-activedescendant).
              <div
                key={entry.key}
                id={`${listId}-${entry.key}`}
                role="option"
                aria-selected={entry === chosen}
                className={mergeClasses(styles.option, entry === chosen && styles.active)}
                onMouseEnter={() => setActive(index)}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => go(entry)}
                onKeyDown={(event) => {
                  if (event.key === 'Enter') go(entry);
                }}
                tabIndex={-1}
              >
                <Text>{entry.label}</Text>
                <Text size={200} className={styles.quiet}>
                  {entry.kind} · {entry.hint}
                </Text>
              </div>
            ))
          : null}
        {shown && found.length === 0 ? (
          <div className={styles.nothing} role="option" aria-selected={false} aria-disabled>
            Nothing found. An application you want to add is in the gallery: Enterprise applications › New
            application.
          </div>
        ) : null}
      </div>
    </search>
  );
}
