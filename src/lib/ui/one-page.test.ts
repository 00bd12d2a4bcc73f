import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RoomCode } from '../game/table-types.ts';
import { claimTable, LaterPageError } from './one-page.ts';

const CODE = 'QWERTY' as RoomCode;

/** The pages of one browser: a message reaches every other channel of its name, later and in order. */
class Channel {
	static readonly open = new Set<Channel>();
	onmessage: ((event: { data: unknown }) => unknown) | null = null;
	readonly name: string;
	constructor(name: string) {
		this.name = name;
		Channel.open.add(this);
	}
	postMessage(data: unknown): void {
		for (const other of [...Channel.open]) {
			if (other === this || other.name !== this.name) continue;
			setTimeout(() => Channel.open.has(other) && other.onmessage?.({ data }), 1);
		}
	}
	close(): void {
		Channel.open.delete(this);
	}
}

beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal('BroadcastChannel', Channel);
	Channel.open.clear();
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

/** A page that opens; `has` says when it has the table. */
function openPage(stop: () => Promise<void> = () => Promise.resolve(), code = CODE) {
	const page = { has: false, release: (): void => undefined, error: null as unknown };
	claimTable(code, stop).then(
		(release) => {
			page.has = true;
			page.release = release;
		},
		(error: unknown) => (page.error = error),
	);
	return page;
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a page that opens a table', () => {
	it('has it at once when no other page does', async () => {
		const page = openPage();
		await pass(59);
		expect(page.has).toBe(false);
		await pass(1);
		expect(page.has).toBe(true);
	});

	it('asks the page before to stop, and waits until that has written its last', async () => {
		let finish: () => void = () => undefined;
		const first = openPage(() => new Promise((resolve) => (finish = resolve)));
		await pass(100);
		const second = openPage();
		await pass(1_500);
		expect([first.has, second.has]).toEqual([true, false]);
		finish();
		await pass(5);
		expect(second.has).toBe(true);
	});

	it('leaves it to a later one that opens at the same time, as when a browser brings its tabs back', async () => {
		const stopped = new Set<number>();
		const open = (place: number) => openPage(async () => void stopped.add(place));
		const pages = [open(0), open(1)];
		await pass(30);
		pages.push(open(2));
		await pass(100);
		// Of two that open in one moment either may be the later: it has the table until the third comes.
		const holders = pages.flatMap(({ has }, place) => (has && !stopped.has(place) ? [place] : []));
		expect(holders).toEqual([2]);
		for (const { has, error } of pages) expect(has).toBe(!(error instanceof LaterPageError));
		expect(pages.filter(({ has }) => has).length).toBeLessThan(3);
		expect(Channel.open.size).toBe(1);
	});

	it('does not wait for ever for one that hangs', async () => {
		openPage(() => new Promise(() => undefined));
		await pass(100);
		const second = openPage();
		await pass(1_900);
		expect(second.has).toBe(false);
		await pass(200);
		expect(second.has).toBe(true);
	});

	it('is asked in its turn by the next, and the one before it no more', async () => {
		const stopped: string[] = [];
		const stop = (name: string) => async () => void stopped.push(name);
		openPage(stop('first'));
		await pass(100);
		openPage(stop('second'));
		await pass(100);
		expect(stopped).toEqual(['first']);
		const third = openPage(stop('third'));
		await pass(100);
		expect(stopped).toEqual(['first', 'second']);
		expect([third.has, Channel.open.size]).toEqual([true, 1]);
	});

	it('is in nobody’s way once it has been left', async () => {
		const stop = vi.fn(() => Promise.resolve());
		const first = openPage(stop);
		await pass(100);
		first.release();
		const second = openPage();
		await pass(60);
		expect([second.has, stop.mock.calls.length]).toEqual([true, 0]);
	});

	it('leaves the pages of other tables alone', async () => {
		const stop = vi.fn(() => Promise.resolve());
		const other = openPage(stop, 'ASDFGH' as RoomCode);
		await pass(100);
		const page = openPage();
		await pass(60);
		expect([other.has, page.has, stop.mock.calls.length]).toEqual([true, true, 0]);
	});
});
