import { Button } from '@fluentui/react-components';
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { useEffect, useState } from 'react';
import { useNotify } from './notify.tsx';

async function writeToClipboard(value: string): Promise<void> {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(value);
  // Plain http on a host that is not localhost: the older way still works there.
  const area = document.createElement('textarea');
  area.value = value;
  area.setAttribute('readonly', '');
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (!copied) throw new Error('The browser did not let the value be copied.');
}

/** Copies one value; the tick and the spoken toast say that it happened. */
export function CopyButton({
  value,
  what,
  size = 'medium',
}: {
  value: string;
  what: string;
  size?: 'small' | 'medium';
}) {
  const [copied, setCopied] = useState(false);
  const notify = useNotify();
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await writeToClipboard(value);
      setCopied(true);
      notify('success', `${what} copied`);
    } catch {
      notify('error', 'The browser did not allow copying. Select the value and copy it by hand.');
    }
  };
  return (
    <Button
      appearance="subtle"
      size={size}
      icon={copied ? <CheckmarkRegular /> : <CopyRegular />}
      aria-label={`Copy ${what}`}
      title={copied ? 'Copied' : `Copy ${what}`}
      onClick={() => void copy()}
    />
  );
}
