import { Avatar } from '@fluentui/react-components';

/** The application's initials on a colour of its own; the name always stands beside it. */
export function ApplicationLogo({ name, size = 32 }: { name: string; size?: 24 | 32 | 40 | 48 | 56 }) {
  return <Avatar name={name} color="colorful" shape="square" size={size} aria-hidden />;
}
