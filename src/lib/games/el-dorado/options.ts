/** House options of El Dorado: what a table may choose, and the check of options that come from outside. */
import { MODES, type Result } from '../../game/game.ts';
import { isOneOf, parseFields } from '../payload.ts';
import { SCORINGS, TRUMP_LEADS, type ElDoradoOptions } from './types.ts';

export const DEFAULT_OPTIONS: ElDoradoOptions = Object.freeze({
	v: 2,
	mode: 'cards',
	hook: false,
	trumpLead: 'broken',
	scoring: 'eldorado',
});

const HOUSE_RULES = ['hook', 'trumpLead', 'scoring'] as const;

/** The whole object or `invalid_options`. Version 1 knew no keeper: its games were played with cards. */
export function parseOptions(input: unknown): Result<ElDoradoOptions> {
	const first = parseFields(input, ['v', ...HOUSE_RULES]);
	const fields =
		first?.v === 1 ? { ...first, v: 2, mode: 'cards' } : parseFields(input, ['v', 'mode', ...HOUSE_RULES]);
	if (
		fields === null ||
		fields.v !== 2 ||
		!isOneOf(fields.mode, MODES) ||
		typeof fields.hook !== 'boolean' ||
		!isOneOf(fields.trumpLead, TRUMP_LEADS) ||
		!isOneOf(fields.scoring, SCORINGS)
	) {
		return { ok: false, code: 'invalid_options' };
	}
	const { mode, hook, trumpLead, scoring } = fields;
	return { ok: true, value: { v: 2, mode, hook, trumpLead, scoring } };
}
