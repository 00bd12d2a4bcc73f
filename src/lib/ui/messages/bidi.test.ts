import { describe, expect, it } from 'vitest';
import { isolatesOf, leftToRight, withoutMarks } from './bidi.ts';
import { list, to } from './hebrew.ts';
import { agoOf, listsOf, pluralsOf, total } from './numbers.ts';

describe('names in sentences', () => {
	it('stay as they are in a language of their own direction', () => {
		expect(isolatesOf('en')('Noa Ben-David')).toBe('Noa Ben-David');
		expect(isolatesOf('he')('נועה בן דוד')).toBe('נועה בן דוד');
	});

	it('are isolated where they run against the sentence, or end in something that could run either way', () => {
		expect(isolatesOf('en')('נועה')).toBe('\u2068נועה\u2069');
		expect(isolatesOf('he')('Noa :)')).toBe('\u2068Noa :)\u2069');
		expect(isolatesOf('he')('נועה!')).toBe('\u2068נועה!\u2069');
		expect(isolatesOf('he')('')).toBe('');
	});

	it('come as lists in which each keeps to itself', () => {
		expect(listsOf('en')(['Noa', 'דנה', 'יעל'])).toBe('Noa, \u2068דנה\u2069, and \u2068יעל\u2069');
		expect(list(['נועה', 'דן', 'יעל'])).toBe('נועה, דן ויעל');
		expect(withoutMarks(list(['נועה', 'Dan']))).toBe('נועה ו-Dan');
		expect(list(['נועה'])).toBe('נועה');
		expect(list([])).toBe('');
	});

	it('take a Hebrew letter before them, with a hyphen where it cannot grow on', () => {
		expect(to('נועה')).toBe('לנועה');
		expect(withoutMarks(to('Dan'))).toBe('ל-Dan');
		expect(withoutMarks(to('7 גמדים'))).toBe('ל-7 גמדים');
	});
});

describe('numbers', () => {
	it('keep their minus before them in a sentence from right to left', () => {
		expect(leftToRight(total(-9))).toBe('\u2066\u22129\u2069');
	});

	it('have the plural forms of Hebrew: one, two and more', () => {
		const plural = pluralsOf('he');
		const forms = { one: 'קלף אחד', two: 'שני קלפים', other: '# קלפים' };
		expect([0, 1, 2, 3, 10, 11, 20].map((count) => plural(count, forms))).toEqual([
			'0 קלפים',
			'קלף אחד',
			'שני קלפים',
			'3 קלפים',
			'10 קלפים',
			'11 קלפים',
			'20 קלפים',
		]);
	});

	it('of time gone by are said in the largest unit that fits', () => {
		const minute = 60_000;
		expect([5, 60, 60 * 24].map((minutes) => agoOf('en')(minutes * minute))).toEqual([
			'5 minutes ago',
			'1 hour ago',
			'yesterday',
		]);
		expect(agoOf('he')(60 * 24 * minute)).toBe('אתמול');
	});
});
