/** What a table of Israeli Whist is offered: when the game may end, and the options as a browser keeps them. */
import { DEFAULT_OPTIONS, parseOptions } from '../../games/israeli-whist/options.ts';
import type { End, IsraeliWhistOptions, Scoring } from '../../games/israeli-whist/types.ts';

export const END_TYPES = ['admin', 'rounds', 'score'] as const satisfies readonly End['type'][];
/** Every player deals equally often with a multiple of four; three and five are for a short evening. */
export const ROUND_COUNTS = [3, 4, 5, 8, 12, 16, 20] as const;
export const SCORES = [100, 200, 300, 500, 1000] as const;

/** What an end begins with when it is chosen. */
export const DEFAULT_ENDS: Readonly<Record<End['type'], End>> = {
	admin: { type: 'admin' },
	rounds: { type: 'rounds', rounds: 8 },
	score: { type: 'score', score: 300 },
};

/** Eight rounds, two deals each: an evening’s game that ends by itself. */
export const DEFAULT_WHIST: IsraeliWhistOptions = { ...DEFAULT_OPTIONS, end: DEFAULT_ENDS.rounds };

/** Options from storage; what is no set of options that is played with cards is the one to begin with. */
export function parseWhistOptions(input: unknown, fallback: IsraeliWhistOptions): IsraeliWhistOptions {
	const options = parseOptions(input);
	return options.ok ? { ...options.value, mode: 'cards' } : fallback;
}

/** Every number of Israeli Whist 5.1 and 5.2, grouped as they are read. */
export const POINT_GROUPS = {
	made: ['base', 'perTrick', 'perSquare'],
	missed: ['base', 'perTrick'],
	under: ['made', 'broken', 'further'],
	over: ['made', 'broken', 'further'],
} as const;
export type PointGroup = keyof typeof POINT_GROUPS;
export const POINT_GROUP_NAMES = ['made', 'missed', 'under', 'over'] as const satisfies readonly PointGroup[];

/** The numbers of a group, by name. */
export function pointsIn(scoring: Scoring, group: PointGroup): Readonly<Record<string, number>> {
	switch (group) {
		case 'made':
		case 'missed':
			return { ...scoring[group] };
		case 'under':
		case 'over':
			return { ...scoring.zero[group] };
	}
}

/** The scoring with one number of it changed; as it is where the group has no such number. */
export function withPoints(scoring: Scoring, group: PointGroup, name: string, points: number): Scoring {
	const names: readonly string[] = POINT_GROUPS[group];
	if (!names.includes(name)) return scoring;
	switch (group) {
		case 'made':
			return { ...scoring, made: { ...scoring.made, [name]: points } };
		case 'missed':
			return { ...scoring, missed: { ...scoring.missed, [name]: points } };
		case 'under':
		case 'over':
			return { ...scoring, zero: { ...scoring.zero, [group]: { ...scoring.zero[group], [name]: points } } };
	}
}
