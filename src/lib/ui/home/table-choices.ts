/**
 * What somebody chooses for a new table, kept for the next one, and the named sets of house rules. Pure: the page
 * shows it, `$lib/ui/create-table.ts` makes a table of it.
 */
import {
	ABSENCE_ACTIONS,
	BOT_LEVELS,
	DEFAULT_RULES,
	FIRST_DEALERS,
	GRACE_TIMES_S,
	HOST_LOSS_ACTIONS,
	PACES,
	TURN_TIMERS_S,
	type BotLevel,
	type TableRules,
} from '../../game/table-types.ts';
import { VARIANTS, type Variant } from '../../game/game.ts';
import { SCORINGS, TRUMP_LEADS, type ElDoradoOptions } from '../../games/el-dorado/types.ts';
import { SEAT_COUNT, type IsraeliWhistOptions } from '../../games/israeli-whist/types.ts';
import { fieldsOf, oneOf } from '../stored.ts';
import type { GameRules } from '../table/game-view.ts';
import { DEFAULT_WHIST, parseWhistOptions } from './whist-choices.ts';

export interface TableChoices {
	readonly variant: Variant;
	/** `null`: empty seats are left to friends. */
	readonly bots: BotLevel | null;
	readonly private: boolean;
	/** `seats` is what was chosen where there is a choice. */
	readonly rules: TableRules;
	/** Of El Dorado, and of the others under their names: each game is remembered by itself. */
	readonly options: ElDoradoOptions;
	readonly whist: IsraeliWhistOptions;
}

/** The game of these choices, with its house rules. */
export function gameOf({ variant, options, whist }: TableChoices): GameRules {
	return variant === 'el_dorado' ? { variant, options } : { variant, options: whist };
}

export function withGame(choices: TableChoices, game: GameRules): TableChoices {
	const { variant } = game;
	return game.variant === 'el_dorado'
		? { ...choices, variant, options: game.options }
		: { ...choices, variant, whist: game.options };
}

/** Seats that may be chosen; a game of a fixed number has one. */
export function seatCountsOf(variant: Variant): readonly number[] {
	return variant === 'el_dorado' ? SEAT_COUNTS : [SEAT_COUNT];
}

/** The table's rules as the game is played by them: its own number of seats where that is fixed. */
export function rulesOf({ variant, rules }: TableChoices): TableRules {
	const counts = seatCountsOf(variant);
	const [only = rules.seats] = counts;
	return counts.length === 1 ? { ...rules, seats: only } : rules;
}

/** El Dorado 1.1. */
export const SEAT_COUNTS = [2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
/** From here on a second deck is needed (El Dorado 1.2). */
export const TWO_DECKS_FROM = 6;

const DEFAULT_OPTIONS: ElDoradoOptions = {
	v: 2,
	mode: 'cards',
	hook: false,
	trumpLead: 'broken',
	scoring: 'eldorado',
};

export const DEFAULT_CHOICES: TableChoices = {
	variant: 'el_dorado',
	bots: null,
	private: false,
	rules: DEFAULT_RULES,
	options: DEFAULT_OPTIONS,
	whist: DEFAULT_WHIST,
};
/** Alone: nobody to wait for, nobody to watch, nobody to hurry. */
export const DEFAULT_SOLO_CHOICES: TableChoices = {
	variant: 'el_dorado',
	bots: 'club',
	private: true,
	rules: { ...DEFAULT_RULES, onAbsence: 'wait', spectators: false, pace: 'quick' },
	options: DEFAULT_OPTIONS,
	whist: DEFAULT_WHIST,
};

export const PRESETS = {
	el_dorado: DEFAULT_OPTIONS,
	hook: { ...DEFAULT_OPTIONS, hook: true },
	oh_hell: { ...DEFAULT_OPTIONS, hook: true, trumpLead: 'free', scoring: 'ten-plus' },
} as const satisfies Record<string, ElDoradoOptions>;
export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES: readonly PresetName[] = ['el_dorado', 'hook', 'oh_hell'];

/** The preset these options are, or null when they are somebody's own. */
export function presetOf({ hook, trumpLead, scoring }: ElDoradoOptions): PresetName | null {
	const isSame = (other: ElDoradoOptions): boolean =>
		other.hook === hook && other.trumpLead === trumpLead && other.scoring === scoring;
	return PRESET_NAMES.find((name) => isSame(PRESETS[name])) ?? null;
}

/** Choices from storage; whatever is missing or unknown becomes what it is in `fallback`. */
export function parseChoices(input: unknown, fallback: TableChoices): TableChoices {
	const fields = fieldsOf(input);
	const rules = fieldsOf(fields.rules);
	const options = fieldsOf(fields.options);
	const flag = (value: unknown, otherwise: boolean): boolean =>
		typeof value === 'boolean' ? value : otherwise;
	return {
		variant: oneOf(VARIANTS, fields.variant, fallback.variant),
		bots: fields.bots === null ? null : (BOT_LEVELS.find((level) => level === fields.bots) ?? fallback.bots),
		private: flag(fields.private, fallback.private),
		rules: {
			seats: oneOf<number>(SEAT_COUNTS, rules.seats, fallback.rules.seats),
			onAbsence: oneOf(ABSENCE_ACTIONS, rules.onAbsence, fallback.rules.onAbsence),
			graceS: oneOf(GRACE_TIMES_S, rules.graceS, fallback.rules.graceS),
			turnTimerS: oneOf(TURN_TIMERS_S, rules.turnTimerS, fallback.rules.turnTimerS),
			firstDealer: oneOf(FIRST_DEALERS, rules.firstDealer, fallback.rules.firstDealer),
			spectators: flag(rules.spectators, fallback.rules.spectators),
			pace: oneOf(PACES, rules.pace, fallback.rules.pace),
			onHostLoss: oneOf(HOST_LOSS_ACTIONS, rules.onHostLoss, fallback.rules.onHostLoss),
		},
		options: {
			v: 2,
			mode: 'cards',
			hook: flag(options.hook, fallback.options.hook),
			trumpLead: oneOf(TRUMP_LEADS, options.trumpLead, fallback.options.trumpLead),
			scoring: oneOf(SCORINGS, options.scoring, fallback.options.scoring),
		},
		whist: parseWhistOptions(fields.whist, fallback.whist),
	};
}
