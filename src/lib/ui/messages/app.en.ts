/** Words of the app around the table: home, new table, join, solo, profile, settings, rules, errors. */
import { defineText } from './language.svelte.ts';

const en = {
	name: 'Overtrick',
};

export type AppMessages = typeof en;
export const appText = defineText<AppMessages>(en, {});
