import { describe, expect, it } from 'vitest';
import { isScrolledBy, nameOfKey } from './keys.ts';

describe('the keys of a walk', () => {
	it('go by the place of a letter, and by the name of all else', () => {
		expect(nameOfKey({ key: 'ש', code: 'KeyA', shiftKey: false })).toBe('KeyA');
		expect(nameOfKey({ key: 'ArrowLeft', code: 'ArrowLeft', shiftKey: true })).toBe('Shift+ArrowLeft');
	});

	it('belong to a list only where they scroll it', () => {
		const fitting = { clientWidth: 300, scrollWidth: 300, clientHeight: 200, scrollHeight: 200 };
		const high = { ...fitting, scrollHeight: 900 };
		const wide = { ...fitting, scrollWidth: 500 };
		const kept = (box: typeof fitting) =>
			['ArrowRight', 'Shift+ArrowRight', 'PageDown', ' ', '2', 'KeyA'].filter((name) =>
				isScrolledBy(box, name),
			);
		expect(kept(fitting)).toEqual([]);
		expect(kept(high)).toEqual(['PageDown', ' ']);
		expect(kept(wide)).toEqual(['ArrowRight']);
	});
});
