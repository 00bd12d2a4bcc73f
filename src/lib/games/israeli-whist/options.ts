/** House options of Israeli Whist: presets, and the check of options that come from outside. */
import { MODES, type Result } from '../../game/game.ts';
import { isOneOf, isWhole, parseFields } from '../payload.ts';
import {
	FRISCH_DIRECTIONS,
	MAX_FRISCHS,
	type End,
	type IsraeliWhistOptions,
	type Scoring,
	type ZeroScore,
} from './types.ts';

const SQUARES = { base: 10, perTrick: 0, perSquare: 1 };
const MISSED = { base: 0, perTrick: -10 };
const UNDER: ZeroScore = { made: 50, broken: -50, further: 10 };
const OVER: ZeroScore = { made: 25, broken: -50, further: 10 };

export const PRESET_NAMES = ['standard', 'israeli-30', 'flat', 'linear'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

/** 5.3. */
export const PRESETS: Readonly<Record<PresetName, Scoring>> = {
	standard: { made: SQUARES, missed: MISSED, zero: { under: UNDER, over: OVER } },
	'israeli-30': { made: SQUARES, missed: MISSED, zero: { under: UNDER, over: { ...OVER, made: 30 } } },
	flat: {
		made: SQUARES,
		missed: MISSED,
		zero: { under: { made: 50, broken: -50, further: 0 }, over: { made: 25, broken: -25, further: 0 } },
	},
	linear: {
		made: { base: 10, perTrick: 10, perSquare: 0 },
		missed: MISSED,
		zero: { under: UNDER, over: OVER },
	},
};

/** The preset whose numbers these are; null for a house's own. */
export function presetOf(scoring: Scoring): PresetName | null {
	return PRESET_NAMES.find((name) => isSameScoring(PRESETS[name], scoring)) ?? null;
}

function isSameScoring(a: Scoring, b: Scoring): boolean {
	const zero = (one: ZeroScore, other: ZeroScore): boolean =>
		one.made === other.made && one.broken === other.broken && one.further === other.further;
	return (
		a.made.base === b.made.base &&
		a.made.perTrick === b.made.perTrick &&
		a.made.perSquare === b.made.perSquare &&
		a.missed.base === b.missed.base &&
		a.missed.perTrick === b.missed.perTrick &&
		zero(a.zero.under, b.zero.under) &&
		zero(a.zero.over, b.zero.over)
	);
}

export const DEFAULT_OPTIONS: IsraeliWhistOptions = Object.freeze<IsraeliWhistOptions>({
	v: 1,
	mode: 'cards',
	passIsFinal: false,
	maxFrisch: MAX_FRISCHS,
	frischDirection: 'left',
	end: { type: 'admin' },
	scoring: PRESETS.standard,
});

/** Larger numbers in a scoring are typing errors, and totals must stay exact. */
export const MAX_POINTS = 1_000;
/** A game that goes on is a new game; this keeps a log within its limit. */
export const MAX_ROUNDS = 100;
/** Far beyond a hundred good rounds. */
export const MAX_END_SCORE = 20_000;

/** The whole object or `invalid_options`; there is no older version yet to lift. */
export function parseOptions(input: unknown): Result<IsraeliWhistOptions> {
	const fields = parseFields(input, [
		'v',
		'mode',
		'passIsFinal',
		'maxFrisch',
		'frischDirection',
		'end',
		'scoring',
	]);
	const end = parseEnd(fields?.end);
	const scoring = parseScoring(fields?.scoring);
	if (
		fields === null ||
		fields.v !== 1 ||
		!isOneOf(fields.mode, MODES) ||
		typeof fields.passIsFinal !== 'boolean' ||
		!isWhole(fields.maxFrisch, 0, MAX_FRISCHS) ||
		!isOneOf(fields.frischDirection, FRISCH_DIRECTIONS) ||
		end === null ||
		scoring === null
	) {
		return { ok: false, code: 'invalid_options' };
	}
	const { mode, passIsFinal, maxFrisch, frischDirection } = fields;
	return { ok: true, value: { v: 1, mode, passIsFinal, maxFrisch, frischDirection, end, scoring } };
}

function parseEnd(input: unknown): End | null {
	if (parseFields(input, ['type'])?.type === 'admin') return { type: 'admin' };
	const rounds = parseFields(input, ['type', 'rounds']);
	if (rounds?.type === 'rounds' && isWhole(rounds.rounds, 1, MAX_ROUNDS)) {
		return { type: 'rounds', rounds: rounds.rounds };
	}
	const score = parseFields(input, ['type', 'score']);
	return score?.type === 'score' && isWhole(score.score, 1, MAX_END_SCORE)
		? { type: 'score', score: score.score }
		: null;
}

function parseScoring(input: unknown): Scoring | null {
	const fields = parseFields(input, ['made', 'missed', 'zero']);
	const made = parseFields(fields?.made, ['base', 'perTrick', 'perSquare']);
	const missed = parseFields(fields?.missed, ['base', 'perTrick']);
	const zero = parseFields(fields?.zero, ['under', 'over']);
	const under = parseZero(zero?.under);
	const over = parseZero(zero?.over);
	if (made === null || missed === null || under === null || over === null) return null;
	if (!isPoints(made.base) || !isPoints(made.perTrick) || !isPoints(made.perSquare)) return null;
	if (!isPoints(missed.base) || !isPoints(missed.perTrick)) return null;
	return {
		made: { base: made.base, perTrick: made.perTrick, perSquare: made.perSquare },
		missed: { base: missed.base, perTrick: missed.perTrick },
		zero: { under, over },
	};
}

function parseZero(input: unknown): ZeroScore | null {
	const fields = parseFields(input, ['made', 'broken', 'further']);
	if (fields === null) return null;
	const { made, broken, further } = fields;
	return isPoints(made) && isPoints(broken) && isPoints(further) ? { made, broken, further } : null;
}

function isPoints(value: unknown): value is number {
	return isWhole(value, -MAX_POINTS, MAX_POINTS);
}
