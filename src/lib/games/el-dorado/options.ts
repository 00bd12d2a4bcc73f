/** House options of El Dorado: what a table may choose, and the check of options that come from outside. */
import type { Result } from '../../game/game.ts';
import { isOneOf, parseFields } from '../payload.ts';
import { SCORINGS, TRUMP_LEADS, type ElDoradoOptions } from './types.ts';

export const DEFAULT_OPTIONS: ElDoradoOptions = Object.freeze({
	v: 1,
	hook: false,
	trumpLead: 'broken',
	scoring: 'eldorado',
});

/** The whole object or `invalid_options`; there is no older version yet to lift. */
export function parseOptions(input: unknown): Result<ElDoradoOptions> {
	const fields = parseFields(input, ['v', 'hook', 'trumpLead', 'scoring']);
	if (
		fields === null ||
		fields.v !== 1 ||
		typeof fields.hook !== 'boolean' ||
		!isOneOf(fields.trumpLead, TRUMP_LEADS) ||
		!isOneOf(fields.scoring, SCORINGS)
	) {
		return { ok: false, code: 'invalid_options' };
	}
	const { hook, trumpLead, scoring } = fields;
	return { ok: true, value: { v: 1, hook, trumpLead, scoring } };
}
