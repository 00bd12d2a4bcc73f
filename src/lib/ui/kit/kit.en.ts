/** Words of the controls themselves. */
import { defineText } from '../messages/language.svelte.ts';

const en = {
	close: 'Close',
	dismiss: 'Dismiss',
};
export type KitMessages = typeof en;
export const kitText = defineText<KitMessages>(en, {});
