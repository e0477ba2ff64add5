import { Badge } from '@fluentui/react-components';
import { dayText } from '../controls/date-text.ts';
import type { CertificateStanding } from './certificate-standing.ts';

const looks = {
  current: { color: 'success', word: 'Until' },
  expiring: { color: 'warning', word: 'Expires soon:' },
  expired: { color: 'danger', word: 'Expired' },
} as const;

/** Standing and day in words: the colour only repeats them. */
export function CertificateBadge({
  standing,
  endDateTime,
}: {
  standing: CertificateStanding;
  endDateTime: string;
}) {
  const { color, word } = looks[standing];
  return (
    <Badge appearance="tint" color={color}>
      {word} {dayText(endDateTime)}
    </Badge>
  );
}
