import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { createDexieShelf } from '../store/shelf.ts';
import { describeArchive } from './acceptance.ts';
import { createCloudArchive } from './cloud.ts';
import { createLocalArchive } from './local.ts';
import { RemoteError } from './remote.ts';
import { sampleLog } from './testing.ts';
import { sampleRemote } from './testing-remote.ts';

let made = 0;
const localArchive = () => createLocalArchive(createDexieShelf(`cloud-${made++}`));
const sound = () => Promise.resolve(true);

describeArchive('with an account', () =>
	createCloudArchive({ local: localArchive(), remote: sampleRemote(), isSound: sound }),
);

const LOGS = [1, 2, 3].map((n) => sampleLog(n));
const GAMES = LOGS.map(({ game }) => game);

async function remoteWithAll() {
	const remote = sampleRemote();
	for (const { game, envelopes } of LOGS) await remote.upload(game, envelopes);
	remote.asked.length = 0;
	return remote;
}

describe('an account with games from other devices', () => {
	it('brings them here, once', async () => {
		const remote = await remoteWithAll();
		const local = localArchive();
		const archive = createCloudArchive({ local, remote, isSound: sound });
		const { games } = await archive.games({}, null, 10);
		expect(games.map(({ game }) => game)).toEqual(GAMES.toReversed());
		expect(await archive.summaries({})).toHaveLength(3);
		const asked = remote.asked.length;
		const again = createCloudArchive({ local, remote, isSound: sound });
		await again.games({}, null, 10);
		expect(remote.asked.slice(asked)).toEqual(['games']);
	});

	it('opens one that is asked for by its name', async () => {
		const remote = await remoteWithAll();
		const archive = createCloudArchive({ local: localArchive(), remote, isSound: sound });
		const [, two] = LOGS;
		if (two === undefined) throw new Error('there are logs');
		expect(await archive.log(two.game)).toHaveLength(two.envelopes.length);
		expect((await archive.summary(two.game))?.endedAt).toBe(two.endedAt);
		expect(remote.asked).toEqual([`log ${two.game}`]);
	});

	it('shows what is here when the remote cannot be asked, says so, and asks again next time', async () => {
		const remote = await remoteWithAll();
		const local = localArchive();
		await local.keep(LOGS[0]?.envelopes ?? []);
		const problems: (string | null)[] = [];
		const archive = createCloudArchive({
			local,
			remote,
			isSound: sound,
			onProblem: (code) => problems.push(code),
		});
		remote.down = new RemoteError('unreachable', false);
		expect((await archive.games({}, null, 10)).games).toHaveLength(1);
		expect(await archive.log(GAMES[1] ?? sampleLog(2).game)).toEqual([]);
		remote.down = null;
		expect((await archive.games({}, null, 10)).games).toHaveLength(3);
		expect(problems).toEqual(['unreachable', 'unreachable', null]);
	});

	it('takes in nothing that does not verify', async () => {
		const remote = await remoteWithAll();
		const archive = createCloudArchive({
			local: localArchive(),
			remote,
			isSound: (envelopes) => Promise.resolve(envelopes !== LOGS[1]?.envelopes),
		});
		const { games } = await archive.games({}, null, 10);
		expect(games.map(({ game }) => game)).toEqual([GAMES[2], GAMES[0]]);
	});
});
