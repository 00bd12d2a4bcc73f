import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from './database.ts';

describe('the connection to the database', () => {
	afterEach(() => {
		vi.useRealTimers();
	});

	it('is one for all who ask, outlives a change of pages, and closes when nobody came after the last', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		const [history, worker] = [openDatabase('shared'), openDatabase('shared')];
		await history.database.open();
		history.close();
		vi.advanceTimersByTime(60_000);
		expect(history.database.isOpen()).toBe(true);
		worker.close();
		vi.advanceTimersByTime(1_000);
		const replay = openDatabase('shared');
		expect(replay.database).toBe(history.database);
		vi.advanceTimersByTime(60_000);
		expect(replay.database.isOpen()).toBe(true);
		replay.close();
		vi.advanceTimersByTime(60_000);
		expect(replay.database.isOpen()).toBe(false);
		const later = openDatabase('shared');
		expect(later.database).not.toBe(replay.database);
		later.close();
	});
});
