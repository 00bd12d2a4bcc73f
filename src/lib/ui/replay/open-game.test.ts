import { describe, expect, it } from 'vitest';
import { recordings } from '../../../../tests/golden/recordings.ts';
import { parseLogFile } from '../../game/log-file.ts';
import { encodeRecord, joinEnvelope, parseEnvelope } from '../../game/log.ts';
import { isTaken, isUnderWay, openFile, openStored } from './open-game.ts';

function recorded(name: string): string {
	const found = recordings().find((one) => one.name === name);
	if (found === undefined) throw new Error(`no game is called ${name}`);
	return found.text;
}
const TEXT = recorded('el-dorado-options-v1');
interface Line {
	signature: string;
	record: string;
}
/** The file with its events changed. */
function changed(edit: (events: Line[]) => void): string {
	const file = JSON.parse(TEXT) as { events: Line[] };
	edit(file.events);
	return JSON.stringify(file);
}
/** One event with something else in its record. */
const rewritten = (at: number, record: Readonly<Record<string, unknown>>): string =>
	changed((events) => {
		const line = events[at];
		if (line === undefined) throw new Error(`there is no event ${at}`);
		line.record = JSON.stringify({ ...(JSON.parse(line.record) as object), ...record });
	});
async function errorIn(text: string) {
	const opened = await openFile(new Blob([text]));
	if (opened.ok) throw new Error('it is opened');
	return opened.error;
}

describe('a file that is brought to the replay', () => {
	it('is opened as it was saved', async () => {
		expect(await openFile(new Blob([TEXT]))).toMatchObject({ ok: true, value: { isOver: true } });
	});

	it('is refused with what is wrong, and at which event', async () => {
		const bid = (JSON.parse(TEXT) as { events: Line[] }).events.findIndex(({ record }) =>
			record.includes('"bid_made"'),
		);
		const payload = { seat: 0, bid: 7 };
		const cases: readonly (readonly [string, string, object])[] = [
			['a bid that was changed', rewritten(bid, { payload }), { code: 'bad_signature', index: bid }],
			['a clock beyond every calendar', rewritten(8, { time: 9e15 }), { code: 'bad_event', index: 8 }],
			[
				'an event without its record',
				changed((all) => (all[9] = { signature: all[9]?.signature ?? '', record: '{' })),
				{ code: 'bad_event', index: 9 },
			],
			[
				'an event of a later version',
				rewritten(7, { type: 'card_burned' }),
				{ code: 'unknown_event', index: 7 },
			],
			[
				'an event with a card too many',
				rewritten(7, { payload: { cards: 53 } }),
				{ code: 'unknown_event', index: 7 },
			],
			['an event that was taken out', changed((all) => all.splice(11, 1)), { code: 'bad_order', index: 11 }],
			[
				'an event that is there twice',
				changed((all) => all.splice(5, 0, ...all.slice(5, 6))),
				{ code: 'bad_order', index: 6 },
			],
			[
				'two that change places',
				changed((all) => all.splice(5, 2, ...all.slice(5, 7).reverse())),
				{ code: 'bad_order', index: 5 },
			],
			['a log without its beginning', changed((all) => all.shift()), { code: 'bad_order', index: 0 }],
			['a log without its end', changed((all) => all.pop()), { code: 'bad_hash' }],
			['a log without events', changed((all) => all.splice(0)), { code: 'no_events' }],
			['another game', rewritten(0, { payload: { variant: 'bridge' } }), { code: 'unknown_game' }],
		];
		for (const [what, text, error] of cases) expect(await errorIn(text), what).toEqual(error);
	});

	it('is refused by line where the date of a notation is none', async () => {
		const text = recorded('el-dorado-of-2').replace(/\[Date .*\]/, '[Date 2026-19-39T29:59:59Z]');
		const { line } = await errorIn(text).then((error) => {
			if (error.code !== 'notation') throw new Error(error.code);
			expect(error.error.code).toBe('bad_date');
			return error.error;
		});
		expect(text.split('\n')[line - 1]).toMatch(/^\[Date /);
	});
});

describe('a game out of this browser', () => {
	it('says what is wrong with its record: it is not the storage that fails', async () => {
		const file = parseLogFile(TEXT);
		if (!file.ok) throw new Error('it is our own file');
		const { envelopes } = file;
		expect(await openStored(envelopes)).toMatchObject({ ok: true });
		const cases: readonly (readonly [readonly Uint8Array<ArrayBuffer>[], object])[] = [
			[envelopes.toSpliced(20, 1), { code: 'bad_order', index: 20 }],
			[envelopes.with(20, new Uint8Array(70)), { code: 'bad_event', index: 20 }],
			// Two cards of one hand change places in time: nothing of its form is wrong, but no game goes like this.
			[swapped(envelopes), { code: 'unreadable' }],
		];
		for (const [stored, error] of cases) expect(await openStored(stored)).toEqual({ ok: false, error });
	});
});

/** The first two bids in each other's place, with the numbers of their places. */
function swapped(envelopes: readonly Uint8Array<ArrayBuffer>[]): readonly Uint8Array<ArrayBuffer>[] {
	const events = envelopes.map((bytes) => parseEnvelope(bytes));
	const at = events.findIndex((event) => event?.record.type === 'bid_made');
	const renumbered = (from: number, to: number): Uint8Array<ArrayBuffer> => {
		const event = events[from];
		if (event == null) throw new Error('there are two bids');
		return joinEnvelope(event.signature, encodeRecord({ ...event.record, index: to }));
	};
	return envelopes.with(at, renumbered(at + 1, at)).with(at + 1, renumbered(at, at + 1));
}

describe('a walk through a game', () => {
	it('begins with the eyes of everybody where an address names a seat that nobody has', async () => {
		const opened = await openFile(new Blob([TEXT]));
		if (!opened.ok) throw new Error('it is our own file');
		const { value } = opened;
		const empty = { ...value, end: { ...value.end, seats: value.end.seats.with(1, { kind: 'empty' }) } };
		expect(isTaken(value, 1)).toBe(true);
		for (const [game, seat] of [
			[value, 9],
			[value, 2],
			[empty, 1],
		] as const) {
			expect(isTaken(game, seat)).toBe(false);
		}
	});

	it('knows the round that is still being played, in a game that goes on', async () => {
		const file = parseLogFile(TEXT);
		if (!file.ok) throw new Error('it is our own file');
		const running = await openStored(file.envelopes.slice(0, -60));
		const whole = await openStored(file.envelopes);
		if (!running.ok || !whole.ok) throw new Error('a game may be looked at while it goes on');
		const { rounds, first, last } = running.value.timeline;
		const [before, now] = rounds.slice(-2);
		expect(isUnderWay(running.value, first)).toBe(false);
		expect(isUnderWay(running.value, before?.to ?? 0)).toBe(false);
		expect(isUnderWay(running.value, now?.from ?? 0)).toBe(true);
		expect(isUnderWay(running.value, last)).toBe(true);
		expect(isUnderWay(whole.value, whole.value.timeline.last)).toBe(false);
	});
});
