import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { HOST } from '../game/testing.ts';
import type { PlayerId } from '../game/table-types.ts';
import { createFakeClock } from '../room/clock.ts';
import { createDexieOutbox } from '../store/outbox.ts';
import { createDexieShelf } from '../store/shelf.ts';
import { createLocalArchive } from './local.ts';
import { createOutbox, type OutboxState } from './outbox.ts';
import { RemoteError } from './remote.ts';
import { sampleLog } from './testing.ts';
import { sampleRemote } from './testing-remote.ts';

const LOGS = [1, 2, 3].map((n) => sampleLog(n));
const [ONE, TWO, THREE] = LOGS.map(({ game }) => game);
const offline = () => new RemoteError('unreachable', false);
const uploads = (asked: readonly string[]) => asked.filter((call) => call.startsWith('upload'));

let made = 0;
async function browser(games = LOGS, own: readonly PlayerId[] = []) {
	const name = `outbox-${made++}`;
	const archive = createLocalArchive(createDexieShelf(name));
	// As they are listed: not in the order in which they ended.
	for (const { envelopes } of games.toReversed()) await archive.keep(envelopes);
	// IndexedDB answers in tasks of its own, several to a call.
	const settle = async () => {
		for (let task = 0; task < 200; task++) await new Promise((resolve) => setImmediate(resolve));
	};
	const clock = createFakeClock({ settle });
	const remote = sampleRemote();
	const seen: OutboxState[] = [];
	const open = () =>
		createOutbox({
			rows: createDexieOutbox(name),
			remote,
			archive,
			own: () => own,
			clock,
			onChange: (state) => seen.push(state),
		});
	return { archive, clock, remote, seen, open };
}

describe('the outbox', () => {
	it('sends every finished game once, in the order in which they ended', async () => {
		const { clock, remote, open, seen } = await browser();
		const outbox = open();
		await outbox.collect();
		await clock.settle();
		expect(remote.asked).toEqual([`upload ${ONE}`, `upload ${TWO}`, `upload ${THREE}`]);
		expect(outbox.state).toEqual({
			waiting: 0,
			sent: 3,
			pending: [],
			refused: [],
			held: [],
			isSending: false,
			nextAt: null,
			problem: null,
		});
		expect(seen.some(({ isSending, waiting }) => isSending && waiting === 2)).toBe(true);
		await outbox.collect();
		await clock.settle();
		expect(remote.asked).toHaveLength(3);
	});

	it('neither sends nor confirms what has come from the archive', async () => {
		const { archive, clock, remote, open } = await browser([]);
		const outbox = open();
		for (const { game, endedAt, envelopes } of LOGS.slice(0, 2)) {
			if (game === ONE) await outbox.received({ game, endedAt });
			await archive.keep(envelopes);
		}
		await outbox.collect();
		outbox.wake();
		await clock.settle();
		expect(remote.asked).toEqual([`upload ${TWO}`]);
		expect(outbox.state).toMatchObject({ waiting: 0, sent: 2, refused: [] });
	});

	it('sends nothing again after a reload, and goes on where it was', async () => {
		const { clock, remote, open } = await browser();
		const before = open();
		remote.failures.push(offline());
		await before.collect();
		await clock.settle();
		before.close();
		expect(uploads(remote.asked)).toHaveLength(1);
		const after = open();
		await after.collect();
		after.wake();
		await clock.settle();
		expect(after.state).toMatchObject({ waiting: 0, sent: 3 });
		expect(uploads(remote.asked)).toHaveLength(4);
		const last = open();
		await last.collect();
		await clock.settle();
		expect(uploads(remote.asked)).toHaveLength(4);
	});

	it('waits longer after each failure, an hour at most, and says until when and why', async () => {
		const { clock, remote, open } = await browser([LOGS[0] ?? sampleLog(1)]);
		remote.down = offline();
		const outbox = open();
		await outbox.collect();
		await clock.settle();
		const waits: number[] = [];
		for (let tries = 1; tries <= 11; tries++) {
			expect(remote.asked).toHaveLength(tries);
			expect(outbox.state).toMatchObject({
				waiting: 1,
				pending: [ONE],
				isSending: false,
				problem: 'unreachable',
			});
			const at = outbox.state.nextAt ?? 0;
			waits.push(at - clock.now());
			await clock.advance(at - clock.now());
		}
		expect(waits.slice(0, 4)).toEqual([15_000, 30_000, 60_000, 120_000]);
		expect(waits.slice(-2)).toEqual([3_600_000, 3_600_000]);
		remote.down = null;
		await clock.advance(3_600_000);
		expect(outbox.state).toMatchObject({ waiting: 0, sent: 1, problem: null, nextAt: null });
	});

	it('tries at once when it is woken, with nothing sent out of turn', async () => {
		const { clock, remote, open } = await browser();
		remote.down = offline();
		const outbox = open();
		await outbox.collect();
		await clock.settle();
		// The next is not tried while the one before it waits.
		expect(remote.asked).toEqual([`upload ${ONE}`]);
		remote.down = null;
		outbox.wake();
		await clock.settle();
		expect(remote.asked.slice(1)).toEqual([`upload ${ONE}`, `upload ${TWO}`, `upload ${THREE}`]);
	});

	it('keeps what is refused with the reason, goes on with the others, and sends it again when asked', async () => {
		const { clock, remote, open } = await browser();
		remote.failures.push(new RemoteError('from_the_future', true));
		const outbox = open();
		await outbox.collect();
		await clock.settle();
		expect(outbox.state).toMatchObject({
			waiting: 0,
			sent: 2,
			refused: [{ game: ONE, code: 'from_the_future', endedAt: LOGS[0]?.endedAt }],
		});
		await outbox.retry();
		await clock.settle();
		expect(outbox.state).toMatchObject({ sent: 3, refused: [] });
	});

	it('confirms a game that another device has sent, and leaves alone what it only watched', async () => {
		const { clock, remote, open } = await browser();
		const [one, two] = LOGS;
		if (one === undefined) throw new Error('there are logs');
		await remote.upload(one.game, one.envelopes);
		remote.asked.length = 0;
		const outbox = open();
		// The second game was watched: its players send it.
		const upload = remote.upload.bind(remote);
		remote.upload = (game, envelopes) =>
			game === two?.game
				? Promise.reject(new RemoteError('not_at_the_table', true))
				: upload(game, envelopes);
		await outbox.collect();
		await clock.settle();
		expect(remote.asked).toEqual([`upload ${ONE}`, `confirm ${ONE}`, `upload ${THREE}`]);
		expect(outbox.state).toMatchObject({ waiting: 0, refused: [] });
	});

	it('holds what was played here under another account, says so, and sends it when that one is signed in', async () => {
		const { clock, remote, open } = await browser(LOGS, [HOST]);
		// The device's key belongs to an account that is signed out: the archive makes another, which sat nowhere.
		remote.failures.push(...LOGS.map(() => new RemoteError('not_at_the_table', true)));
		const outbox = open();
		await outbox.collect();
		await clock.settle();
		expect(outbox.state).toMatchObject({ waiting: 0, sent: 0, refused: [], held: [ONE, TWO, THREE] });
		// Nor is it asked for again meanwhile, after a reload either.
		outbox.close();
		const after = open();
		await after.collect();
		after.wake();
		await clock.settle();
		expect(remote.asked).toHaveLength(3);
		expect(after.state.held).toEqual([ONE, TWO, THREE]);
		await after.claimed();
		await clock.settle();
		expect(remote.asked.slice(3)).toEqual([`upload ${ONE}`, `upload ${TWO}`, `upload ${THREE}`]);
		expect(after.state).toMatchObject({ sent: 3, held: [] });
	});

	it('sends what was on its way when its account was signed in', async () => {
		const { clock, remote, open } = await browser(LOGS.slice(0, 1), [HOST]);
		const outbox = open();
		const upload = remote.upload.bind(remote);
		remote.upload = async () => {
			remote.upload = upload;
			await outbox.claimed();
			throw new RemoteError('not_at_the_table', true);
		};
		await outbox.collect();
		await clock.settle();
		expect(outbox.state).toMatchObject({ waiting: 0, sent: 1, held: [] });
	});

	it.each(['status_500', 'unknown_answer'])(
		'lets the others pass a game that fails with %s',
		async (code) => {
			const { clock, remote, open } = await browser();
			let isBroken = true;
			const upload = remote.upload.bind(remote);
			remote.upload = (game, envelopes) =>
				game === ONE && isBroken ? Promise.reject(new RemoteError(code, false)) : upload(game, envelopes);
			const outbox = open();
			await outbox.collect();
			await clock.settle();
			expect(outbox.state).toMatchObject({ pending: [ONE], sent: 2, problem: code, isSending: false });
			expect((outbox.state.nextAt ?? 0) - clock.now()).toBe(15_000);
			isBroken = false;
			await clock.advance(15_000);
			expect(outbox.state).toMatchObject({ waiting: 0, sent: 3, problem: null });
		},
	);

	it('lets the others pass a game that fails for ever, even if it seems to be the network', async () => {
		const { clock, remote, open } = await browser();
		const upload = remote.upload.bind(remote);
		remote.upload = (game, envelopes) => (game === ONE ? Promise.reject(offline()) : upload(game, envelopes));
		const outbox = open();
		await outbox.collect();
		await clock.settle();
		expect(outbox.state).toMatchObject({ waiting: 3, sent: 0 });
		await clock.advance(15_000 + 30_000 + 60_000 + 120_000);
		expect(outbox.state).toMatchObject({ pending: [ONE], sent: 2 });
	});

	it('asks for none while too many were sent, and goes on in order when it may', async () => {
		const { clock, remote, open } = await browser();
		remote.down = new RemoteError('rate_limited', false);
		const outbox = open();
		await outbox.collect();
		await outbox.collect();
		await clock.settle();
		expect(remote.asked).toEqual([`upload ${ONE}`]);
		expect(outbox.state).toMatchObject({ waiting: 3, problem: 'rate_limited' });
		remote.down = null;
		await clock.advance(15_000);
		expect(remote.asked.slice(1)).toEqual([`upload ${ONE}`, `upload ${TWO}`, `upload ${THREE}`]);
	});

	it('asks an archive that is broken for three games at most, not for all that wait', async () => {
		const games = [1, 2, 3, 4, 5].map((n) => sampleLog(n));
		const { clock, remote, open } = await browser(games);
		remote.down = new RemoteError('status_500', false);
		const outbox = open();
		await outbox.collect();
		await clock.settle();
		expect(remote.asked).toHaveLength(3);
		// And comes to the others in the end.
		await clock.advance(86_400_000);
		expect(new Set(remote.asked).size).toBe(5);
		remote.down = null;
		outbox.wake();
		await clock.settle();
		expect(outbox.state).toMatchObject({ waiting: 0, sent: 5 });
	});

	it('begins nothing after it is closed', async () => {
		const { clock, remote, open } = await browser();
		remote.down = offline();
		const outbox = open();
		await outbox.collect();
		await clock.settle();
		outbox.close();
		outbox.wake();
		await clock.advance(10 * 3_600_000);
		expect(remote.asked).toHaveLength(1);
	});
});
