import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../games/el-dorado/options.ts';
import {
	DEFAULT_CHOICES,
	DEFAULT_SOLO_CHOICES,
	PRESET_NAMES,
	PRESETS,
	parseChoices,
	presetOf,
} from './table-choices.ts';

describe('choices for a table', () => {
	it('come back from storage as they were kept', () => {
		const kept = {
			...DEFAULT_CHOICES,
			bots: 'novice',
			private: true,
			rules: {
				seats: 7,
				onAbsence: 'forced',
				graceS: 60,
				turnTimerS: 60,
				firstDealer: 'first_seat',
				spectators: false,
				pace: 'quick',
				onHostLoss: 'redeal',
			},
			options: PRESETS.oh_hell,
		};
		expect(parseChoices(JSON.parse(JSON.stringify(kept)), DEFAULT_CHOICES)).toEqual(kept);
	});
	it.each([null, 'x', [], {}, { rules: { seats: 11 }, options: { scoring: 'mine' }, bots: 'expert' }])(
		'fall back where storage holds nonsense: %j',
		(input) => {
			expect(parseChoices(input, DEFAULT_CHOICES)).toEqual(DEFAULT_CHOICES);
			expect(parseChoices(input, DEFAULT_SOLO_CHOICES)).toEqual(DEFAULT_SOLO_CHOICES);
		},
	);
});

describe('a preset', () => {
	it.each(PRESET_NAMES)('%s is known again from its options, which the engine accepts', (name) => {
		expect(presetOf(PRESETS[name])).toBe(name);
		expect(parseOptions(PRESETS[name])).toEqual({ ok: true, value: PRESETS[name] });
	});
	it('is none for rules of one’s own', () => {
		expect(presetOf({ ...DEFAULT_CHOICES.options, trumpLead: 'free', scoring: 'ten-minus' })).toBeNull();
	});
});
