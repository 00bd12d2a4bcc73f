import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepAwake } from './wake-lock.ts';

/** A browser's screen: `asked` times a lock was asked for, and those that hold. */
class Screen {
	asked = 0;
	refuses = false;
	readonly held = new Set<{ released: boolean }>();

	request(type: string) {
		this.asked += 1;
		expect(type).toBe('screen');
		if (this.refuses) return Promise.reject(new Error('the battery runs low'));
		const sentinel = {
			released: false,
			release: () => {
				sentinel.released = true;
				this.held.delete(sentinel);
				return Promise.resolve();
			},
		};
		this.held.add(sentinel);
		return Promise.resolve(sentinel);
	}
	/** As a browser does with a page that goes to the background. */
	dropAll(): void {
		for (const sentinel of this.held) sentinel.released = true;
		this.held.clear();
	}
}

const settle = async () => {
	for (let n = 0; n < 5; n++) await Promise.resolve();
};

describe('the screen', () => {
	let screen: Screen;
	let page: EventTarget & { hidden: boolean };
	const show = (isShown: boolean) => {
		page.hidden = !isShown;
		page.dispatchEvent(new Event('visibilitychange'));
	};

	beforeEach(() => {
		screen = new Screen();
		page = Object.assign(new EventTarget(), { hidden: false });
		vi.stubGlobal('document', page);
		vi.stubGlobal('navigator', { wakeLock: screen });
	});
	afterEach(() => vi.unstubAllGlobals());

	it('stays awake until the game is over', async () => {
		const letSleep = keepAwake();
		await settle();
		expect(screen.held.size).toBe(1);
		letSleep();
		expect(screen.held.size).toBe(0);
		show(false);
		show(true);
		await settle();
		expect(screen.asked).toBe(1);
	});

	it('is asked for again with each return to the page, and only when the lock is gone', async () => {
		keepAwake();
		await settle();
		show(true);
		await settle();
		expect(screen.asked).toBe(1);
		screen.dropAll();
		show(false);
		await settle();
		expect(screen.asked).toBe(1);
		show(true);
		await settle();
		expect([screen.asked, screen.held.size]).toEqual([2, 1]);
	});

	it('is let go at once when the game ended before the lock came', async () => {
		keepAwake()();
		await settle();
		expect([screen.asked, screen.held.size]).toEqual([1, 0]);
	});

	it('sleeps where the browser refuses or knows no lock, and the game goes on', async () => {
		screen.refuses = true;
		keepAwake()();
		await settle();
		vi.stubGlobal('navigator', {});
		keepAwake()();
		await settle();
		expect(screen.held.size).toBe(0);
	});
});
