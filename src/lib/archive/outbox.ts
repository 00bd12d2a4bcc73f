/**
 * What has to go to the site's archive: every finished game of this browser, once, in the order in which they ended.
 * It waits while there is no network, tries again at growing distances, and keeps what is refused with the reason. A game
 * that cannot be sent now keeps no other from going.
 *
 *     const outbox = createOutbox({ rows, remote, archive, clock, onChange });
 *     await outbox.collect();   // games that ended before, or elsewhere in this browser
 *     outbox.wake();            // the network is back
 */
import type { GameId, PlayerId } from '../game/table-types.ts';
import type { Clock } from '../room/clock.ts';
import type { OutboxRow, OutboxRows } from '../store/outbox.ts';
import type { Archive, Cursor } from './archive.ts';
import { RemoteError, type Remote, type RemoteGame } from './remote.ts';

/** First wait after a failure, and the longest: an archive that is down for a day is asked 30 times. */
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 3_600_000;
/** Cards of the own archive read at once. */
const PAGE = 200;
/** Whoever is signed in did not sit there: a game that was watched, or was played under another account. */
const NOT_AT_THE_TABLE = 'not_at_the_table';
/** What would meet any other game as well: these are not asked for then. */
const OF_THEM_ALL: readonly string[] = [
	'unreachable',
	'rate_limited',
	'not_signed_in',
	'status_401',
	'status_429',
	'status_502',
	'status_503',
	'status_504',
];
/** A game that has failed so often says nothing of the others any more, whatever it failed with. */
const OFTEN = 4;
/** Others that fail in one go: then it is the archive. */
const MOST_FAILURES = 3;

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
	/** Played on this device, which belongs to an account that is not signed in: they go when it is. */
	readonly held: readonly GameId[];
	/** A request is under way. */
	readonly isSending: boolean;
	/** When it tries again, ms of the clock; null when nothing waits, or it does so now. */
	readonly nextAt: number | null;
	/** Why the first that waits did not go; null when it was not tried yet. */
	readonly problem: string | null;
}

export interface OutboxOptions {
	readonly rows: OutboxRows;
	readonly remote: Pick<Remote, 'upload' | 'confirm'>;
	readonly archive: Pick<Archive, 'games' | 'log' | 'summary'>;
	/** Keys of the person in front of this browser. */
	readonly own: () => readonly PlayerId[];
	readonly clock: Clock;
	readonly onChange: (state: OutboxState) => void;
}

export interface Outbox {
	readonly state: OutboxState;
	/** Puts in whatever of this browser's archive is not in yet, and goes on sending. */
	collect(): Promise<void>;
	/**
	 * Notes, before it is kept in this browser, that a game has come from the archive: it is there, and this device was not
	 * at its table to confirm it.
	 */
	received(game: Pick<RemoteGame, 'game' | 'endedAt'>): Promise<void>;
	/** Something may be possible now that was not: what waits is tried at once. */
	wake(): void;
	/** Whoever is signed in now holds this device's key: what was held goes. */
	claimed(): Promise<void>;
	/** What was refused goes once more. */
	retry(): Promise<void>;
	/** Resolves when nothing is under way. */
	idle(): Promise<void>;
	close(): void;
}

function isOfThemAll(code: string | null): boolean {
	return code !== null && OF_THEM_ALL.includes(code);
}

const EMPTY: OutboxState = {
	waiting: 0,
	sent: 0,
	pending: [],
	refused: [],
	held: [],
	isSending: false,
	nextAt: null,
	problem: null,
};

export function createOutbox({ rows, remote, archive, own, clock, onChange }: OutboxOptions): Outbox {
	let state = EMPTY;
	/** How often `claimed` was said. */
	let claims = 0;
	let running: Promise<void> | null = null;
	/** Asked for while one runs: whether with what waits for later. null: not asked. */
	let again: boolean | null = null;
	let isClosed = false;
	let cancelTimer = (): void => undefined;

	async function show(change: Pick<OutboxState, 'isSending' | 'nextAt'>): Promise<void> {
		const all = (await rows.all()).toSorted((a, b) => a.endedAt - b.endedAt);
		if (isClosed) return;
		const gamesIn = (wanted: OutboxRow['state']): readonly GameId[] =>
			all.filter((row) => row.state === wanted).map(({ game }) => game);
		const pending = gamesIn('waiting');
		state = {
			...change,
			waiting: pending.length,
			sent: gamesIn('sent').length,
			pending,
			held: gamesIn('held'),
			refused: all.flatMap(({ game, state: of, code, endedAt }) =>
				of === 'refused' && code !== null ? [{ game, code, endedAt }] : [],
			),
			problem: all.find((row) => row.state === 'waiting' && row.code !== null)?.code ?? null,
		};
		onChange(state);
	}

	/**
	 * One after the other: what ended first goes first. What fails for a reason of its own lets the next one pass; where
	 * the reason is everybody's, or seems to be, they all wait.
	 */
	async function send(isNow: boolean): Promise<void> {
		cancelTimer();
		const waiting = (await rows.all())
			.filter((row) => row.state === 'waiting')
			.toSorted((a, b) => a.endedAt - b.endedAt);
		let failures = 0;
		let nextAt = Infinity;
		for (const row of waiting) {
			if (isClosed) return;
			if (!isNow && row.dueAt > clock.now()) {
				if (row.attempts <= OFTEN && isOfThemAll(row.code)) {
					await sleep(row.dueAt);
					return;
				}
				nextAt = Math.min(nextAt, row.dueAt);
				continue;
			}
			await show({ isSending: true, nextAt: null });
			const next = await sent(row);
			await rows.put(next);
			if (next.state !== 'waiting') continue;
			if (row.attempts < OFTEN) failures += isOfThemAll(next.code) ? MOST_FAILURES : 1;
			if (failures >= MOST_FAILURES) {
				await sleep(next.dueAt);
				return;
			}
			nextAt = Math.min(nextAt, next.dueAt);
		}
		if (nextAt === Infinity) await show({ isSending: false, nextAt: null });
		else await sleep(nextAt);
	}

	async function sent(row: OutboxRow): Promise<OutboxRow> {
		const askedAs = claims;
		try {
			const { status, hash } = await remote.upload(row.game, await archive.log(row.game));
			// Another device was first: this one says that it has played the same game.
			if (status === 'exists') await remote.confirm(row.game, hash);
			return { ...row, state: 'sent', code: null };
		} catch (error) {
			const code = error instanceof RemoteError ? error.code : String(error);
			if (code === NOT_AT_THE_TABLE) {
				// What was watched is others' to send.
				if (!(await isPlayedHere(row.game))) return { ...row, state: 'sent', code: null };
				if (askedAs === claims) return { ...row, state: 'held', code };
				return { ...row, dueAt: clock.now() };
			}
			if (error instanceof RemoteError && error.isFinal) return { ...row, state: 'refused', code };
			const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** row.attempts);
			return { ...row, attempts: row.attempts + 1, dueAt: clock.now() + wait, code };
		}
	}

	async function isPlayedHere(game: GameId): Promise<boolean> {
		const players = (await archive.summary(game))?.players ?? [];
		return players.some(({ player }) => player !== null && own().includes(player));
	}

	/** They go again as if they had never been tried. */
	async function putBack(wanted: OutboxRow['state']): Promise<void> {
		for (const row of await rows.all()) {
			if (row.state !== wanted) continue;
			await rows.put({ ...row, state: 'waiting', attempts: 0, dueAt: 0, code: null });
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
			.catch((error: unknown) => {
				// The browser's own database.
				state = { ...state, isSending: false, problem: String(error) };
				onChange(state);
			})
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
		async received({ game, endedAt }) {
			await rows.add([{ game, state: 'sent', endedAt, attempts: 0, dueAt: 0, code: null }]);
		},
		wake() {
			run(true);
		},
		async claimed() {
			claims++;
			await putBack('held');
			run(true);
		},
		async retry() {
			await putBack('refused');
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
