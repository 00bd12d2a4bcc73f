import { describe, expect, it } from 'vitest';
import { parsePlayerId } from '../game/table-parse.ts';
import { createFakeClock } from '../room/clock.ts';
import type { AccountProfile, AccountState, ProfileChange } from './account.ts';
import {
	createProfileSync,
	faceOf,
	mergeFields,
	rememberedKeys,
	type Fields,
	type ProfileState,
	type Told,
} from './profile-sync.ts';
import { RemoteError } from './remote.ts';

const KEY = parsePlayerId('A'.repeat(43));
const HERE: Fields = { name: 'Noa', color: 1, avatar: 7, theme: 'system', sounds: true };

/** The account as the archive keeps it, asked by any number of devices. */
function archive(clock: { now(): number }) {
	const world = {
		profile: null as AccountProfile | null,
		type: 'email' as AccountState['type'],
		down: null as RemoteError | null,
		saves: [] as ProfileChange[],
		asked: 0,
	};
	return {
		world,
		account: {
			known: () =>
				Promise.resolve(
					world.type === 'email' ? { type: world.type, email: 'noa@example.org' } : { type: world.type },
				),
			profile() {
				world.asked++;
				return world.down === null ? Promise.resolve(world.profile) : Promise.reject(world.down);
			},
			saveProfile(change: ProfileChange) {
				if (world.down !== null) return Promise.reject(world.down);
				if (world.profile === null) throw new Error('there is no profile');
				world.saves.push(change);
				world.profile = { ...world.profile, ...change, updatedAt: clock.now() };
				return Promise.resolve();
			},
		},
	};
}

function device(
	{ account }: ReturnType<typeof archive>,
	clock: ReturnType<typeof createFakeClock>,
	start = HERE,
) {
	const shown = { fields: start, changedAt: 0 };
	const stored = { value: null as unknown };
	const told: Told[] = [];
	const states: ProfileState[] = [];
	const own = {
		read: () => shown.fields,
		take: (fields: Fields) => void (shown.fields = { ...shown.fields, ...fields }),
		changedAt: () => shown.changedAt,
	};
	const memory = {
		read: (): unknown => stored.value,
		write: (value: unknown) => void (stored.value = JSON.parse(JSON.stringify(value))),
	};
	const open = () =>
		createProfileSync({
			account,
			own,
			memory,
			clock,
			onChange: (state) => states.push(state),
			onTold: (one) => told.push(one),
		});
	return {
		shown,
		told,
		states,
		memory,
		open,
		choose(fields: Fields) {
			own.take(fields);
			shown.changedAt = clock.now();
		},
	};
}

const accountOf = (fields: Fields, id = 'p1', updatedAt = 0): AccountProfile => {
	const { name, color, avatar, ...preferences } = fields;
	return {
		id,
		username: null,
		face: faceOf({ name: name ?? '', color: color ?? 0, avatar: avatar ?? 0 }),
		preferences,
		keys: KEY === null ? [] : [KEY],
		updatedAt,
	};
};

describe('what two devices have of one profile', () => {
	it('goes where it was not changed', () => {
		const base = { a: 1, b: 1, c: 1, d: 1 };
		const merged = mergeFields(base, { a: 2, b: 1, c: 1, d: 1 }, { a: 1, b: 2, c: 1, d: 1 }, false);
		expect(merged).toEqual({ send: { a: 2 }, take: { b: 2 }, overruled: {} });
	});
	it('is the later one where both have changed it, and what is overruled is named', () => {
		expect(mergeFields({ a: 1 }, { a: 2 }, { a: 3 }, true)).toEqual({
			send: { a: 2 },
			take: {},
			overruled: {},
		});
		expect(mergeFields({ a: 1 }, { a: 2 }, { a: 3 }, false)).toEqual({
			send: {},
			take: { a: 3 },
			overruled: { a: 2 },
		});
	});
	it('is the account’s when they meet, and what the account lacks is sent', () => {
		expect(mergeFields(null, { a: 2, b: 5 }, { a: 3 }, true)).toEqual({
			send: { b: 5 },
			take: { a: 3 },
			overruled: {},
		});
	});
});

describe('the profile of an account', () => {
	it('makes no account, and asks for none', async () => {
		const clock = createFakeClock();
		const there = archive(clock);
		there.world.type = 'nobody';
		const noa = device(there, clock);
		const sync = noa.open();
		await sync.now();
		noa.choose({ name: 'Noa L.' });
		sync.changed();
		await clock.advance(60_000);
		expect(there.world.asked).toBe(0);
		expect(clock.waiting).toBe(0);
	});

	it('goes there once what is typed rests, and only what was changed', async () => {
		const clock = createFakeClock();
		const there = archive(clock);
		there.world.profile = accountOf(HERE);
		const noa = device(there, clock);
		const sync = noa.open();
		await sync.now();
		for (const name of ['Noa ', 'Noa L', 'Noa Levi']) {
			noa.choose({ name });
			sync.changed();
			await clock.advance(500);
		}
		expect(there.world.saves).toEqual([]);
		expect(sync.state.isWaiting).toBe(true);
		await clock.advance(2_000);
		expect(there.world.saves).toEqual([{ face: { name: 'Noa Levi', color: 1, avatar: 7 } }]);
		expect(sync.state).toMatchObject({ isWaiting: false, problem: null, player: 'p1' });
		noa.choose({ theme: 'dark' });
		sync.changed();
		await clock.advance(2_000);
		expect(there.world.saves.slice(1)).toEqual([{ preferences: { theme: 'dark', sounds: true } }]);
	});

	it('is there on a second device that signs in, which says so', async () => {
		const clock = createFakeClock();
		const there = archive(clock);
		there.world.profile = accountOf({ ...HERE, theme: 'dark' });
		const desk = device(there, clock, { ...HERE, name: 'Quiet Heron', avatar: 99 });
		await desk.open().now();
		expect(desk.shown.fields).toEqual({ ...HERE, theme: 'dark' });
		expect(desk.told).toEqual([
			{ type: 'taken_over', mine: { name: 'Quiet Heron', avatar: 99, theme: 'system' } },
		]);
		expect(there.world.saves).toEqual([]);
		expect(rememberedKeys(desk.memory)).toEqual([KEY]);
	});

	it('follows a change on the other device, without a word', async () => {
		const clock = createFakeClock();
		const there = archive(clock);
		there.world.profile = accountOf(HERE);
		const [phone, desk] = [device(there, clock), device(there, clock)];
		const [one, two] = [phone.open(), desk.open()];
		await one.now();
		await two.now();
		phone.choose({ name: 'Noa Levi', sounds: false });
		one.changed();
		await clock.advance(2_000);
		await clock.advance(60_000);
		two.look();
		await clock.settle();
		expect(desk.shown.fields).toEqual({ ...HERE, name: 'Noa Levi', sounds: false });
		expect(desk.told).toEqual([]);
	});

	it('keeps a change made without a network, over a reload, and sends it when there is one', async () => {
		const clock = createFakeClock();
		const there = archive(clock);
		there.world.profile = accountOf(HERE);
		const noa = device(there, clock);
		const before = noa.open();
		await before.now();
		there.world.down = new RemoteError('unreachable', false);
		noa.choose({ color: 5 });
		before.changed();
		await clock.advance(2_000);
		expect(before.state).toMatchObject({ isWaiting: true, problem: 'unreachable' });
		before.close();
		const after = noa.open();
		expect(after.state.isWaiting).toBe(true);
		there.world.down = null;
		after.look();
		await clock.settle();
		expect(there.world.profile.face.color).toBe(5);
		expect(after.state).toMatchObject({ isWaiting: false, problem: null });
	});

	it('waits twice as long after each failure, an hour at most', async () => {
		const clock = createFakeClock();
		const there = archive(clock);
		there.world.profile = accountOf(HERE);
		there.world.down = new RemoteError('unreachable', false);
		const sync = device(there, clock).open();
		await sync.now();
		for (const wait of [15_000, 30_000, 60_000]) {
			const asked = there.world.asked;
			await clock.advance(wait - 1);
			expect(there.world.asked).toBe(asked);
			await clock.advance(1);
			expect(there.world.asked).toBe(asked + 1);
		}
		await clock.advance(24 * 3_600_000);
		const asked = there.world.asked;
		await clock.advance(3_600_000);
		expect(there.world.asked).toBe(asked + 1);
		sync.close();
		expect(clock.waiting).toBe(0);
	});

	it.each([
		['the earlier', false],
		['the later', true],
	])(
		'on two devices apart from each other: %s change gives way or stands, and is told of',
		async (_, isLater) => {
			const clock = createFakeClock();
			const there = archive(clock);
			there.world.profile = accountOf(HERE, 'p1', clock.now());
			const [phone, desk] = [device(there, clock), device(there, clock)];
			const [one, two] = [phone.open(), desk.open()];
			await one.now();
			await two.now();
			if (!isLater) phone.choose({ name: 'On the train', color: 2 });
			await clock.advance(1_000);
			desk.choose({ name: 'At home' });
			two.changed();
			await clock.advance(2_000);
			if (isLater) phone.choose({ name: 'On the train', color: 2 });
			await one.now();
			// What only one has changed stands in any case.
			expect(phone.shown.fields).toMatchObject({ name: isLater ? 'On the train' : 'At home', color: 2 });
			expect(there.world.profile.face).toMatchObject({ name: phone.shown.fields['name'], color: 2 });
			expect(phone.told).toEqual(isLater ? [] : [{ type: 'overruled', mine: { name: 'On the train' } }]);
		},
	);

	it('of another account is taken over as if for the first time', async () => {
		const clock = createFakeClock();
		const there = archive(clock);
		there.world.profile = accountOf(HERE);
		const noa = device(there, clock);
		const sync = noa.open();
		await sync.now();
		there.world.profile = accountOf({ ...HERE, name: 'Ben' }, 'p2');
		await sync.now();
		expect(noa.shown.fields['name']).toBe('Ben');
		expect(there.world.saves).toEqual([]);
		expect(sync.state.player).toBe('p2');
	});

	it('is not sent again when it is refused, until it is changed', async () => {
		const clock = createFakeClock();
		const there = archive(clock);
		there.world.profile = accountOf(HERE);
		const noa = device(there, clock);
		const sync = noa.open();
		await sync.now();
		there.world.down = new RemoteError('bad_profile', true);
		noa.choose({ color: 3 });
		sync.changed();
		await clock.advance(24 * 3_600_000);
		expect(sync.state).toMatchObject({ isWaiting: true, problem: 'bad_profile' });
		there.world.down = null;
		noa.choose({ color: 4 });
		sync.changed();
		await clock.advance(2_000);
		expect(there.world.profile.face.color).toBe(4);
	});
});
