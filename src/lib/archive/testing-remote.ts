/** A remote for tests: keeps what it is given, and fails when it is told to. */
import { concatBytes, equalBytes } from '../game/bytes.ts';
import { readLog } from '../game/read-log.ts';
import type { GameId } from '../game/table-types.ts';
import { loadGame } from '../games/load.ts';
import { RemoteError, type Remote, type RemoteGame } from './remote.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface SampleRemote extends Remote {
	/** What it was asked, in order: `upload <game>`. */
	readonly asked: string[];
	/** Fails the next calls with these, in order. */
	readonly failures: RemoteError[];
	/** Fails every call until it is null again. */
	down: RemoteError | null;
	readonly logs: Map<GameId, { readonly envelopes: readonly Bytes[]; readonly listed: RemoteGame }>;
}

export function sampleRemote(): SampleRemote {
	const logs: SampleRemote['logs'] = new Map();
	const shared = new Set<GameId>();
	const remote: SampleRemote = {
		asked: [],
		failures: [],
		down: null,
		logs,
		async upload(game, envelopes) {
			answer(`upload ${game}`);
			const log = await readLog(envelopes, loadGame);
			const last = log?.entries.at(-1);
			if (log === null || last === undefined) throw new RemoteError('bad_record', true);
			const known = logs.get(game);
			if (known !== undefined && !equalBytes(concatBytes(...known.envelopes), concatBytes(...envelopes))) {
				throw new RemoteError('another_log', true);
			}
			const listed = { game, endedAt: last.time, hash: Buffer.from(log.head).toString('hex') };
			logs.set(game, { envelopes, listed });
			return { status: known === undefined ? 'archived' : 'exists', hash: listed.hash };
		},
		confirm(game, hash) {
			answer(`confirm ${game}`);
			return Promise.resolve(logs.get(game)?.listed.hash === hash);
		},
		games(after, limit) {
			answer('games');
			const all = [...logs.values()]
				.map(({ listed }) => listed)
				.toSorted((a, b) => b.endedAt - a.endedAt || (a.game < b.game ? 1 : -1));
			const start = after === null ? 0 : all.findIndex(({ game }) => game === after.game) + 1;
			return Promise.resolve(all.slice(start, start + limit));
		},
		standings(games) {
			answer('standings');
			const there = games.filter((game) => logs.has(game));
			return Promise.resolve(
				there.map((game) => ({
					game,
					isCounted: false,
					visibility: shared.has(game) ? 'shared' : 'private',
				})),
			);
		},
		share(game, visibility) {
			answer(`share ${game}`);
			if (visibility === 'shared') shared.add(game);
			else shared.delete(game);
			return Promise.resolve(visibility);
		},
		publish(game, code) {
			answer(`publish ${game} ${code}`);
			return Promise.resolve('public');
		},
		log(game) {
			answer(`log ${game}`);
			return Promise.resolve(logs.get(game)?.envelopes ?? []);
		},
	};
	/** Notes the call, or fails it. */
	function answer(call: string): void {
		remote.asked.push(call);
		const failure = remote.failures.shift() ?? remote.down;
		if (failure !== null && failure !== undefined) throw failure;
	}
	return remote;
}
