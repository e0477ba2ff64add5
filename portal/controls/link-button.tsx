import { Button, Link as FluentLink } from '@fluentui/react-components';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { useHref, useLinkClickHandler } from 'react-router';

/** A link that looks like a button: it navigates, so it is a link to the keyboard and to screen readers. */
export function LinkButton(props: {
  to: string;
  appearance?: 'primary' | 'secondary' | 'subtle' | 'transparent';
  icon?: ReactElement;
  children: ReactNode;
}) {
  const { to, appearance = 'secondary', icon, children } = props;
  const href = useHref(to);
  const onClick = useLinkClickHandler<HTMLAnchorElement>(to);
  return (
    <Button as="a" href={href} onClick={onClick} appearance={appearance} {...(icon ? { icon } : {})}>
      {children}
    </Button>
  );
}

/** A link in running text or in a list. */
export function TextLink({
  to,
  children,
  ...rest
}: { to: string; children: ReactNode } & Omit<ComponentProps<'a'>, 'ref'>) {
  const href = useHref(to);
  const onClick = useLinkClickHandler<HTMLAnchorElement>(to);
  return (
    <FluentLink
      href={href}
      onClick={onClick}
      {...(rest['aria-label'] ? { 'aria-label': rest['aria-label'] } : {})}
    >
      {children}
    </FluentLink>
  );
}
