/**
 * What has to go to the site's archive: every finished game of this browser, once, in the order in which they ended.
 * It waits while there is no network, tries again at growing distances, and keeps what is refused with the reason.
 *
 *     const outbox = createOutbox({ rows, remote, archive, clock, onChange });
 *     await outbox.collect();   // games that ended before, or elsewhere in this browser
 *     outbox.wake();            // the network is back
 */
import type { GameId } from '../game/table-types.ts';
import type { Clock } from '../room/clock.ts';
import type { OutboxRow, OutboxRows } from '../store/outbox.ts';
import type { Archive, Cursor } from './archive.ts';
import { RemoteError, type Remote } from './remote.ts';

/** First wait after a failure, and the longest: an archive that is down for a day is asked 30 times. */
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 3_600_000;
/** Cards of the own archive read at once. */
const PAGE = 200;
/** Of games that were watched, not played: they are others' to send. */
const NOT_OURS = 'not_at_the_table';

export interface RefusedGame {
	readonly game: GameId;
	/** The archive's word for it. */
	readonly code: string;
	/** ms since 1970. */
	readonly endedAt: number;
}

export interface OutboxState {
	readonly waiting: number;
	readonly sent: number;
	/** Games that wait, or are on their way. */
	readonly pending: readonly GameId[];
	readonly refused: readonly RefusedGame[];
	/** A request is under way. */
	readonly isSending: boolean;
	/** When it tries again, ms of the clock; null when nothing waits, or it does so now. */
	readonly nextAt: number | null;
	/** Why the last try failed; null when it did not. */
	readonly problem: string | null;
}

export interface OutboxOptions {
	readonly rows: OutboxRows;
	readonly remote: Remote;
	readonly archive: Pick<Archive, 'games' | 'log'>;
	readonly clock: Clock;
	readonly onChange: (state: OutboxState) => void;
}

export interface Outbox {
	readonly state: OutboxState;
	/** Puts in whatever of this browser's archive is not in yet, and goes on sending. */
	collect(): Promise<void>;
	/** Something may be possible now that was not: what waits is tried at once. */
	wake(): void;
	/** What was refused goes once more. */
	retry(): Promise<void>;
	/** Resolves when nothing is under way. */
	idle(): Promise<void>;
	close(): void;
}

const EMPTY: OutboxState = {
	waiting: 0,
	sent: 0,
	pending: [],
	refused: [],
	isSending: false,
	nextAt: null,
	problem: null,
};

export function createOutbox({ rows, remote, archive, clock, onChange }: OutboxOptions): Outbox {
	let state = EMPTY;
	let running: Promise<void> | null = null;
	/** Asked for while one runs: whether with what waits for later. null: not asked. */
	let again: boolean | null = null;
	let isClosed = false;
	let cancelTimer = (): void => undefined;

	async function show(change: Partial<OutboxState>): Promise<void> {
		const all = await rows.all();
		if (isClosed) return;
		state = {
			...state,
			...change,
			waiting: all.filter((row) => row.state === 'waiting').length,
			sent: all.filter((row) => row.state === 'sent').length,
			pending: all.filter((row) => row.state === 'waiting').map(({ game }) => game),
			refused: all.flatMap(({ game, state: of, code, endedAt }) =>
				of === 'refused' && code !== null ? [{ game, code, endedAt }] : [],
			),
		};
		onChange(state);
	}

	/** One after the other: what ended first goes first, and a remote that fails is not asked for the next. */
	async function send(isNow: boolean): Promise<void> {
		cancelTimer();
		const waiting = (await rows.all())
			.filter((row) => row.state === 'waiting')
			.toSorted((a, b) => a.endedAt - b.endedAt);
		for (const row of waiting) {
			if (isClosed) return;
			if (!isNow && row.dueAt > clock.now()) {
				await sleep(row.dueAt);
				return;
			}
			await show({ isSending: true, nextAt: null });
			const next = await sent(row);
			await rows.put(next);
			if (next.state !== 'waiting') continue;
			await show({ isSending: false, problem: next.code });
			await sleep(next.dueAt);
			return;
		}
		await show({ isSending: false, nextAt: null, problem: null });
	}

	async function sent(row: OutboxRow): Promise<OutboxRow> {
		try {
			const { status, hash } = await remote.upload(row.game, await archive.log(row.game));
			// Another device was first: this one says that it has played the same game.
			if (status === 'exists') await remote.confirm(row.game, hash);
			return { ...row, state: 'sent', code: null };
		} catch (error) {
			const code = error instanceof RemoteError ? error.code : String(error);
			if (code === NOT_OURS) return { ...row, state: 'sent', code: null };
			if (error instanceof RemoteError && error.isFinal) return { ...row, state: 'refused', code };
			const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** row.attempts);
			return { ...row, attempts: row.attempts + 1, dueAt: clock.now() + wait, code };
		}
	}

	async function sleep(until: number): Promise<void> {
		await show({ isSending: false, nextAt: until });
		if (isClosed) return;
		cancelTimer = clock.after(until - clock.now(), () => {
			run(false);
		});
	}

	/** @param isNow what waits for a later time goes as well */
	function run(isNow: boolean): void {
		if (isClosed) return;
		if (running !== null) {
			again = again === true || isNow;
			return;
		}
		running = send(isNow)
			.catch((error: unknown) => show({ isSending: false, problem: String(error) }))
			.finally(() => {
				running = null;
				if (again === null) return;
				const isNowAgain = again;
				again = null;
				run(isNowAgain);
			});
	}

	return {
		get state() {
			return state;
		},
		async collect() {
			for (let cursor: Cursor | null = null; ;) {
				const page = await archive.games({}, cursor, PAGE);
				await rows.add(
					page.games.map(({ game, endedAt }) => ({
						game,
						state: 'waiting',
						endedAt,
						attempts: 0,
						dueAt: 0,
						code: null,
					})),
				);
				if (page.next === null) break;
				cursor = page.next;
			}
			run(false);
		},
		wake() {
			run(true);
		},
		async retry() {
			const refused = (await rows.all()).filter((row) => row.state === 'refused');
			for (const row of refused) {
				await rows.put({ ...row, state: 'waiting', attempts: 0, dueAt: 0, code: null });
			}
			run(false);
		},
		async idle() {
			while (running !== null) await running;
		},
		close() {
			isClosed = true;
			cancelTimer();
			rows.close();
		},
	};
}
