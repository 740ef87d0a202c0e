import type { IconName } from './icons.js';

/** `saved`: acknowledged by the server. `sending`: on its way. `kept`: on this device only, sent when the network is back. */
export type SaveStateName = 'saved' | 'sending' | 'kept' | 'refused';

export const saveStateIcons: Record<SaveStateName, IconName> = {
  saved: 'check',
  sending: 'sending',
  kept: 'device',
  refused: 'warning',
};
