import { describe, expect, it } from 'vitest';
import { followPage } from './page-life.ts';

function followed() {
	const said: string[] = [];
	const window = new EventTarget();
	const document = Object.assign(new EventTarget(), { hidden: false });
	const session = {
		sayBye: () => void said.push('bye'),
		wake: () => void said.push('wake'),
		setHidden: (isHidden: boolean) => {
			said.push(isHidden ? 'hidden' : 'shown');
			return Promise.resolve();
		},
	};
	return { said, window, document, unfollow: followPage(session, { window, document }) };
}

describe('a page at a table', () => {
	it('says goodbye when it goes, and looks at its links when it or the network comes back', () => {
		const { said, window } = followed();
		for (const type of ['pagehide', 'pageshow', 'online']) window.dispatchEvent(new Event(type));
		expect(said).toEqual(['bye', 'wake', 'wake']);
	});

	it('tells when it is hidden and when it is shown again', () => {
		const { said, document } = followed();
		for (const hidden of [true, false]) {
			document.hidden = hidden;
			document.dispatchEvent(new Event('visibilitychange'));
		}
		expect(said).toEqual(['hidden', 'shown']);
	});

	it('that has left the table says nothing more', () => {
		const { said, window, document, unfollow } = followed();
		unfollow();
		for (const type of ['pagehide', 'pageshow', 'online']) window.dispatchEvent(new Event(type));
		document.dispatchEvent(new Event('visibilitychange'));
		expect(said).toEqual([]);
	});
});
