/** Words about the proof of a fair deal; they come with the first round that is over. */
import { defineText } from './language.svelte.ts';
import { listsOf, pluralsOf } from './numbers.ts';

const plural = pluralsOf('en');
const list = listsOf('en');

const en = {
	checked: 'Deal checked',
	checkedBy: (players: number) =>
		plural(players, { one: 'Deal checked by one player', other: 'Deal checked by # players' }),
	doubtful: (findings: number) =>
		plural(findings, {
			one: 'Deal checked: one thing does not fit',
			other: 'Deal checked: # things do not fit',
		}),
	doubtedBy: (names: readonly string[]) => `Deal checked: something does not fit for ${list(names)}`,
	how: 'Nobody chose the cards. The host fixed a secret before anybody sat down, every player added a number of their own, and all of it together shuffled each round. When a round is over everyone\u2019s browser deals it again from these numbers and compares every card and every play.',
	withSecret: (deals: number) =>
		plural(deals, {
			one: 'Your browser dealt the round again, and the host\u2019s secret is the one it fixed.',
			other: 'Your browser repeated all # deals, and the host\u2019s secret is the one it fixed.',
		}),
	withoutSecret: (deals: number) =>
		plural(deals, {
			one: 'Your browser dealt the round again. The host\u2019s secret comes with the end of the game.',
			other: 'Your browser repeated # deals. The host\u2019s secret comes with the end of the game.',
		}),
	finding: {
		wrong_contributions: 'A player\u2019s number was not the one used',
		wrong_deal: 'The cards dealt are not those the numbers give',
		wrong_commitment: 'A hand was promised that was not dealt',
		wrong_box: 'A player was sent other cards than those dealt',
		illegal_play: 'A card was played that was not allowed',
		wrong_secret: 'The host\u2019s secret is not the one it fixed',
		wrong_key: 'A round was not shuffled from the host\u2019s secret',
		wrong_first_dealer: 'The first dealer was not drawn',
	},
	/** Deals are counted, not rounds: a passed-out round of Israeli Whist has more than one. */
	findingIn: (what: string, deal: number | null) => (deal === null ? what : `Deal ${deal}: ${what}`),
};

export type DealMessages = typeof en;
export const dealText = defineText<DealMessages>(en, { he: async () => (await import('./deal.he.ts')).he });
