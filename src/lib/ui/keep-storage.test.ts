import { describe, expect, it, vi } from 'vitest';
import { keepStorage } from './keep-storage.ts';

function memory() {
	const values = new Map<string, string>();
	return {
		getItem: (key: string) => values.get(key) ?? null,
		setItem: (key: string, value: string) => void values.set(key, value),
	};
}
const keeper = (isKept: boolean) => ({
	persisted: vi.fn(() => Promise.resolve(isKept)),
	persist: vi.fn(() => Promise.resolve(true)),
});

describe('the request to keep what is stored', () => {
	it('is made once, however often a game comes so far', async () => {
		const [asked, kept] = [keeper(false), memory()];
		await keepStorage(asked, kept);
		await keepStorage(asked, kept);
		expect(asked.persist).toHaveBeenCalledTimes(1);
	});

	it('is not made of a browser that keeps it already', async () => {
		const asked = keeper(true);
		await keepStorage(asked, memory());
		expect(asked.persist).not.toHaveBeenCalled();
	});

	it('does nothing where there is nothing to ask, and breaks nothing where asking fails', async () => {
		const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
		await keepStorage(null, memory());
		await keepStorage({}, memory());
		await keepStorage({ persist: () => Promise.reject(new Error('no')) }, memory());
		expect(warn).toHaveBeenCalledTimes(1);
		warn.mockRestore();
	});
});
