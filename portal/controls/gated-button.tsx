import { Button, Tooltip } from '@fluentui/react-components';
import type { ReactElement, ReactNode } from 'react';
import { LinkButton } from './link-button.tsx';

type Appearance = 'primary' | 'secondary' | 'subtle' | 'transparent';

/**
 * A button that says why it is greyed. It stays focusable then, so that the reason reaches the keyboard and the
 * screen reader, too.
 */
export function GatedButton(props: {
  reason?: string | undefined;
  appearance?: Appearance;
  icon?: ReactElement;
  type?: 'button' | 'submit';
  busy?: boolean;
  ariaLabel?: string;
  size?: 'small' | 'medium';
  onClick?: () => void;
  children?: ReactNode;
}) {
  const {
    reason,
    appearance = 'secondary',
    icon,
    type = 'button',
    busy = false,
    ariaLabel,
    size = 'medium',
  } = props;
  const button = (
    <Button
      appearance={appearance}
      type={reason ? 'button' : type}
      size={size}
      disabledFocusable={Boolean(reason) || busy}
      {...(icon ? { icon } : {})}
      {...(ariaLabel ? { 'aria-label': ariaLabel } : {})}
      {...(props.onClick && !reason && !busy ? { onClick: props.onClick } : {})}
    >
      {props.children}
    </Button>
  );
  return reason ? (
    <Tooltip content={reason} relationship="description">
      {button}
    </Tooltip>
  ) : (
    button
  );
}

/** The same for a link: greyed it is a button that goes nowhere. */
export function GatedLinkButton(props: {
  to: string;
  reason?: string | undefined;
  appearance?: Appearance;
  icon?: ReactElement;
  children: ReactNode;
}) {
  const { to, reason, appearance = 'secondary', icon, children } = props;
  const look = { appearance, ...(icon ? { icon } : {}) };
  if (reason) {
    return (
      <GatedButton reason={reason} {...look}>
        {children}
      </GatedButton>
    );
  }
  return (
    <LinkButton to={to} {...look}>
      {children}
    </LinkButton>
  );
}
