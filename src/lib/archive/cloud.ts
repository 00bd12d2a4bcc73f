/**
 * The archive of a player with an account: what this browser has, and what the account has played on other devices.
 * Games of the remote are fetched once, checked, and kept here, so that everything works without a network with what is
 * there; both archives are read by the same code.
 *
 *     const archive = createCloudArchive({ local, remote, isSound: (envelopes) => verifyLog(envelopes, keys) });
 */
import type { GameId } from '../game/table-types.ts';
import type { Archive } from './archive.ts';
import { RemoteError, type Remote, type RemoteGame } from './remote.ts';

/** Games in one answer of the remote. */
const PAGE = 50;

export interface CloudArchiveOptions {
	readonly local: Archive;
	readonly remote: Pick<Remote, 'games' | 'log'>;
	/** Whether all signatures and the chain of a log are right: the remote is not trusted. */
	readonly isSound: (envelopes: readonly Uint8Array<ArrayBuffer>[]) => Promise<boolean>;
	/** The remote could not be asked: what is here is shown. null: it could. */
	readonly onProblem?: (code: string | null) => void;
}

export function createCloudArchive(options: CloudArchiveOptions): Archive {
	const { local, remote, isSound, onProblem = () => undefined } = options;
	let pulling: Promise<void> | null = null;

	/** Once for each archive that is opened: a page that is opened again looks again. */
	function pulled(): Promise<void> {
		pulling ??= pull().then(
			() => {
				onProblem(null);
			},
			(error: unknown) => {
				pulling = null;
				onProblem(error instanceof RemoteError ? error.code : String(error));
			},
		);
		return pulling;
	}

	/** From the newest back, until a whole page is here already: what is missing further back was not there to fetch. */
	async function pull(): Promise<void> {
		for (let after: RemoteGame | null = null; ;) {
			const page: readonly RemoteGame[] = await remote.games(after, PAGE);
			let news = 0;
			for (const { game } of page) {
				if ((await local.summary(game)) !== null) continue;
				if (await fetched(game)) news++;
			}
			after = page.at(-1) ?? null;
			if (after === null || page.length < PAGE || news === 0) return;
		}
	}

	/** Takes a game over from the remote; false when it is not there, or is not what was played. */
	async function fetched(game: GameId): Promise<boolean> {
		const envelopes = await remote.log(game);
		if (envelopes.length === 0 || !(await isSound(envelopes))) return false;
		const answer = await local.keep(envelopes);
		return answer === 'kept' || answer === 'exists';
	}

	async function here(game: GameId): Promise<void> {
		if ((await local.log(game)).length > 0) return;
		try {
			await fetched(game);
		} catch (error) {
			onProblem(error instanceof RemoteError ? error.code : String(error));
		}
	}

	return {
		async games(filter, cursor, limit) {
			await pulled();
			return local.games(filter, cursor, limit);
		},
		async summary(game) {
			await here(game);
			return local.summary(game);
		},
		async log(game) {
			await here(game);
			return local.log(game);
		},
		async summaries(filter) {
			await pulled();
			return local.summaries(filter);
		},
		async lifetime(player, filter) {
			await pulled();
			return local.lifetime(player, filter);
		},
		keep: (envelopes) => local.keep(envelopes),
		close: () => local.close(),
	};
}
