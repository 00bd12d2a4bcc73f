/** Words of the table's menu for looking back at a running game. Apart: a table begins without them. */
import { defineText } from './language.svelte.ts';

const en = {
	rounds: 'Rounds so far, as a replay',
	elsewhere: 'opens beside the table',
};

export type LookBackMessages = typeof en;
export const lookBackText = defineText<LookBackMessages>(en, {
	he: async () => (await import('./look-back.he.ts')).he,
});
