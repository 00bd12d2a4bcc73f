/** Words of the controls themselves. */
import { defineText } from '../messages/language.svelte.ts';

const en = {
	close: 'Close',
	dismiss: 'Dismiss',
	notices: 'Notices',
};
export type KitMessages = typeof en;
export const kitText = defineText<KitMessages>(en, { he: async () => (await import('./kit.he.ts')).he });
