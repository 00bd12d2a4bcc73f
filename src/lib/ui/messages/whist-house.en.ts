/** House rules of Israeli Whist in words: on the pages that open a table, in the lobby, in the table's menu. */
import { defineText } from './language.svelte.ts';
import { pluralsOf } from './numbers.ts';

const plural = pluralsOf('en');

const en = {
	presets: {
		standard: 'Standard',
		'israeli-30': 'Israeli 30',
		flat: 'Flat',
		linear: 'Linear',
		own: 'Your own',
	},
	presetLines: {
		standard: 'A contract you make brings its square and 10. A zero brings 50 under, 25 over.',
		'israeli-30': 'As standard, but a zero made in an over round brings 30.',
		flat: 'A zero is worth 50 under and 25 over, made or broken, however many tricks.',
		linear: 'A contract you make brings 10, and 10 for each trick of it.',
		own: 'Points of your own.',
	},
	scoring: 'Points',
	points: {
		made: {
			title: 'A contract made',
			names: { base: 'Always', perTrick: 'For each trick of it', perSquare: 'For its square, times' },
		},
		missed: {
			title: 'A contract missed',
			names: { base: 'Always', perTrick: 'For each trick over or short' },
		},
		under: {
			title: 'A zero in an under round',
			names: { made: 'Made', broken: 'Broken: the first trick', further: 'Each further trick' },
		},
		over: {
			title: 'A zero in an over round',
			names: { made: 'Made', broken: 'Broken: the first trick', further: 'Each further trick' },
		},
		examples: 'So',
		example: (contract: number, tricks: number, type: 'over' | 'under') =>
			contract > 0
				? contract === tricks
					? `${contract} made`
					: `${contract}, ${tricks} taken`
				: tricks === 0
					? `0 made, ${type}`
					: `0, ${plural(tricks, { one: '# trick', other: '# tricks' })}`,
	},
	less: (what: string) => `${what}: less`,
	more: (what: string) => `${what}: more`,
	end: 'The game ends',
	ends: { admin: 'When the host says', rounds: 'After some rounds', score: 'At a score' },
	rounds: 'Rounds',
	roundsOf: (count: number) => plural(count, { one: '# round', other: '# rounds' }),
	score: 'Points to reach',
	scoreOf: (points: number) => `${points} points`,
	endsAfter: (rounds: number) => plural(rounds, { one: 'After # round', other: 'After # rounds' }),
	endsAt: (points: number) => `At ${points} points`,
	passIsFinal: 'A pass is final',
	passIsFinalHint: 'Whoever has passed may not bid again in that auction.',
	maxFrisch: 'When everybody passes',
	maxFrischs: { 0: 'Deal again', 1: 'One frisch', 2: 'Up to two frischs', 3: 'Up to three frischs' },
	direction: 'Frisch cards go',
	directions: {
		left: 'To the left',
		right: 'To the right',
		across: 'Across the table',
		rotate: 'Left, across, right in turn',
	},
	seats: 'Always four players.',
	rules: {
		title: 'How to play Israeli Whist',
		line: 'Win the auction, or let them. Then take exactly the tricks you named.',
		description:
			'The rules of Israeli Whist for four: the auction, the frisch, contracts that never add up to thirteen, and the score, with examples.',
	},
};

export type WhistHouseMessages = typeof en;
export const whistHouseText = defineText<WhistHouseMessages>(en, {
	he: async () => (await import('./whist-house.he.ts')).he,
});
