/**
 * The archive of a player with an account: what this browser has, and what the account has played on other devices.
 * Games of the remote are fetched once, checked, and kept here, so that everything works without a network with what is
 * there; both archives are read by the same code. Somebody else's game that is asked for by its name is shown, not kept.
 *
 *     const archive = createCloudArchive({ local, remote, own, isSound: (envelopes) => verifyLog(envelopes, keys) });
 */
import type { GameId } from '../game/table-types.ts';
import { systemClock, type Clock } from '../room/clock.ts';
import { lifetimeOf } from '../stats/lifetime.ts';
import type { Archive, Cursor, GameFilter, GamePage, OnProgress } from './archive.ts';
import { asOwn, type OwnKeys } from './one-person.ts';
import { RemoteError, type Remote, type RemoteGame } from './remote.ts';

type Envelopes = readonly Uint8Array<ArrayBuffer>[];

/** Games in one answer of the remote. */
const PAGE = 50;
/** A list waits no longer for a slow remote: what is here is shown, and the rest when it comes. */
const PATIENCE_MS = 3_000;

export interface CloudArchiveOptions {
	readonly local: Archive;
	readonly remote: Pick<Remote, 'games' | 'log'>;
	/** Whether all signatures and the chain of a log are right: the remote is not trusted. */
	readonly isSound: (envelopes: Envelopes) => Promise<boolean>;
	/** Keys of the account's devices; none when left out. */
	readonly own?: () => Promise<OwnKeys | null>;
	/** Whether the remote's list is to be read to its end, and word that it was. Left out: always. */
	readonly whole?: { isDue(): boolean; done(): void };
	/** The remote could not be asked: what is here is shown. null: it could. */
	readonly onProblem?: (code: string | null) => void;
	/** Games came after a list had been given. */
	readonly onNews?: () => void;
	/**
	 * Before a game of the remote is kept here: it is not for this device to send, nor to say that it has played it.
	 * Somebody may have made it up, with this account at its table.
	 */
	readonly onTaken?: (game: RemoteGame) => Promise<void>;
	readonly clock?: Clock;
}

interface Pull {
	/** The newest page is here, or could not be had. */
	readonly first: Promise<void>;
	/** All are; never rejects. */
	readonly all: Promise<void>;
	isOver: boolean;
	/** Games that came. */
	taken: number;
}

export function createCloudArchive(options: CloudArchiveOptions): Archive {
	const { local, remote, isSound, own = () => Promise.resolve(null), whole, clock = systemClock } = options;
	const { onProblem = () => undefined, onNews = () => undefined } = options;
	const { onTaken = () => Promise.resolve() } = options;
	let pulling: Pull | null = null;
	let isClosed = false;

	/** Once for each archive that is opened: a page that is opened again looks again. */
	function pulled(): Pull {
		if (pulling !== null) return pulling;
		let tellFirst = (): void => undefined;
		const first = new Promise<void>((resolve) => (tellFirst = resolve));
		const all = pull(tellFirst, () => (mine.taken += 1)).then(
			() => {
				onProblem(null);
			},
			(error: unknown) => {
				pulling = null;
				onProblem(codeOf(error));
			},
		);
		const mine: Pull = { first, all, isOver: false, taken: 0 };
		pulling = mine;
		void all.then(() => {
			mine.isOver = true;
			tellFirst();
		});
		return mine;
	}

	/**
	 * From the newest back, until a whole page is here already; from time to time to the end, since another device may
	 * have brought older games, and a pull may have been cut off.
	 */
	async function pull(tellFirst: () => void, tellTaken: () => void): Promise<void> {
		let isWhole: boolean | null = null;
		let isListed = false;
		for (let after: RemoteGame | null = null; !isClosed;) {
			const page: readonly RemoteGame[] = await remote.games(after, PAGE);
			// Only now is it known whose list it is.
			isWhole ??= whole?.isDue() ?? true;
			let news = 0;
			for (const game of page) {
				if ((await local.summary(game.game)) !== null) continue;
				if (!(await taken(game))) continue;
				news++;
				tellTaken();
			}
			if (isListed && news > 0) onNews();
			isListed = true;
			tellFirst();
			after = page.at(-1) ?? null;
			if (after === null || page.length < PAGE) {
				whole?.done();
				return;
			}
			if (!isWhole && news === 0) return;
		}
	}

	async function fetched(game: GameId): Promise<Envelopes> {
		const envelopes = await remote.log(game);
		return envelopes.length > 0 && (await isSound(envelopes)) ? envelopes : [];
	}

	/** Takes a game over from the remote; false when it is not there, is not what was played, or is known here otherwise. */
	async function taken(game: RemoteGame): Promise<boolean> {
		const envelopes = await fetched(game.game);
		// What this device has of a game, it has from its table.
		if (envelopes.length === 0 || (await local.log(game.game)).length > 0) return false;
		await onTaken(game);
		const answer = await local.keep(envelopes);
		return answer === 'kept' || answer === 'exists';
	}

	/** A list that came late is told of by `onNews`. */
	async function waitFor(pull: Pull): Promise<void> {
		let isLate = false;
		let cancel = (): void => undefined;
		const patience = new Promise<void>((resolve) => {
			cancel = clock.after(PATIENCE_MS, () => {
				isLate = true;
				resolve();
			});
		});
		void pull.first.then(() => {
			cancel();
			if (isLate && !isClosed) onNews();
		});
		await Promise.race([pull.first, patience]);
	}

	async function page(filter: GameFilter, cursor: Cursor | null, limit: number): Promise<GamePage> {
		const [found, keys] = [await local.games(filter, cursor, limit), await own()];
		return keys === null ? found : { ...found, games: found.games.map((game) => asOwn(game, keys)) };
	}

	async function summaries(filter: GameFilter, onProgress?: OnProgress) {
		await pulled().all;
		const [found, keys] = [await local.summaries(filter, onProgress), await own()];
		return keys === null ? found : found.map((summary) => asOwn(summary, keys));
	}

	return {
		async games(filter, cursor, limit) {
			const pull = pulled();
			await waitFor(pull);
			const found = await page(filter, cursor, limit);
			// The end of what is here is not the end of the list while more is on its way.
			if (found.next !== null || pull.isOver || cursor === null) return found;
			await pull.all;
			return page(filter, cursor, limit);
		},
		summary: (game) => local.summary(game),
		async log(game) {
			const here = await local.log(game);
			if (here.length > 0) return here;
			try {
				const envelopes = await fetched(game);
				onProblem(null);
				return envelopes;
			} catch (error) {
				onProblem(codeOf(error));
				return [];
			}
		},
		summaries,
		async lifetime(player, filter) {
			return lifetimeOf(player, await summaries(filter));
		},
		async gather() {
			const pull = pulled();
			await pull.all;
			return pull.taken;
		},
		keep: (envelopes) => local.keep(envelopes),
		close() {
			isClosed = true;
			local.close();
		},
	};
}

function codeOf(error: unknown): string {
	return error instanceof RemoteError ? error.code : String(error);
}
