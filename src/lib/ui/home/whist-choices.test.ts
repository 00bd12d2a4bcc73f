import { describe, expect, it } from 'vitest';
import { parseOptions, PRESETS, presetOf } from '../../games/israeli-whist/options.ts';
import { DEFAULT_CHOICES, gameOf, parseChoices, rulesOf, withGame } from './table-choices.ts';
import {
	DEFAULT_ENDS,
	DEFAULT_WHIST,
	END_TYPES,
	parseWhistOptions,
	POINT_GROUP_NAMES,
	POINT_GROUPS,
	pointsIn,
	withPoints,
} from './whist-choices.ts';

describe('choices for a table of Israeli Whist', () => {
	it.each(END_TYPES)('the end %s, as it begins when chosen, is one the engine accepts', (type) => {
		const options = { ...DEFAULT_WHIST, end: DEFAULT_ENDS[type] };
		expect(parseOptions(options)).toEqual({ ok: true, value: options });
	});

	it('are kept beside those of El Dorado, and neither touches the other', () => {
		const whist = { ...DEFAULT_WHIST, scoring: PRESETS.linear, maxFrisch: 1 };
		const chosen = withGame(DEFAULT_CHOICES, { variant: 'israeli_whist', options: whist });
		expect(chosen.options).toBe(DEFAULT_CHOICES.options);
		expect(gameOf(chosen)).toEqual({ variant: 'israeli_whist', options: whist });
		expect(parseChoices(JSON.parse(JSON.stringify(chosen)), DEFAULT_CHOICES)).toEqual(chosen);
	});

	it('always have four seats, and the number that was chosen for the other game is not lost', () => {
		const seven = { ...DEFAULT_CHOICES, rules: { ...DEFAULT_CHOICES.rules, seats: 7 } };
		const whist = withGame(seven, { variant: 'israeli_whist', options: DEFAULT_WHIST });
		expect(rulesOf(whist).seats).toBe(4);
		expect(rulesOf(withGame(whist, gameOf(seven))).seats).toBe(7);
	});

	it('from an older version of the page begin with the standard', () => {
		const { whist: _, variant: __, ...older } = DEFAULT_CHOICES;
		expect(parseChoices(older, DEFAULT_CHOICES)).toEqual(DEFAULT_CHOICES);
		expect(parseWhistOptions({ v: 1, mode: 'cards', maxFrisch: 9 }, DEFAULT_WHIST)).toBe(DEFAULT_WHIST);
		const kept = { ...DEFAULT_WHIST, mode: 'keeper' };
		expect(parseWhistOptions(kept, DEFAULT_WHIST)).toEqual(DEFAULT_WHIST);
	});

	it('let every number of the points be changed by itself, and the engine accepts what comes of it', () => {
		const numbers = POINT_GROUP_NAMES.flatMap((group) =>
			POINT_GROUPS[group].map((name) => ({ group, name })),
		);
		expect(numbers).toHaveLength(11);
		for (const { group, name } of numbers) {
			const scoring = withPoints(PRESETS.standard, group, name, 77);
			expect(pointsIn(scoring, group)).toEqual({ ...pointsIn(PRESETS.standard, group), [name]: 77 });
			for (const other of POINT_GROUP_NAMES.filter((one) => one !== group))
				expect(pointsIn(scoring, other)).toEqual(pointsIn(PRESETS.standard, other));
			expect(presetOf(scoring)).toBeNull();
			expect(parseOptions({ ...DEFAULT_WHIST, scoring })).toMatchObject({ ok: true, value: { scoring } });
		}
		expect(withPoints(PRESETS.standard, 'missed', 'perSquare', 5)).toBe(PRESETS.standard);
	});
});
