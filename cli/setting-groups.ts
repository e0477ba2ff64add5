import { settings as idpSettings } from '@countersign/idp/config.ts';
import { settings as performSettings } from '@countersign/perform/config.ts';
import type { Setting } from './flags.ts';

/** The settings of both services as help and documentation show them. */
export const settingGroups: readonly { title: string; settings: readonly Setting[] }[] = [
  { title: 'Identity provider', settings: idpSettings },
  { title: 'Perform', settings: performSettings },
];
