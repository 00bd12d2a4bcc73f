/** The browser's account against real accounts: nobody is asked, an e-mail comes later, devices come along. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '../../src/lib/archive/account.ts';
import { createProfileSync, type Fields } from '../../src/lib/archive/profile-sync.ts';
import { RemoteError } from '../../src/lib/archive/remote.ts';
import type { Face } from '../../src/lib/game/table-types.ts';
import { createFakeClock } from '../../src/lib/room/clock.ts';
import { sign } from 'node:crypto';
import { browserClient, hasApi, openApi, type ApiWorld } from './api.ts';
import { personNumbered, type Person } from './games.ts';

const NOA: Face = { name: 'Noa', color: 3, avatar: 77 };
const PASSWORD = 'long enough';

const identityOf = ({ player, key }: Person) => ({
	player,
	sign: (message: Uint8Array<ArrayBuffer>) => Promise.resolve(new Uint8Array(sign(null, message, key))),
});

describe.skipIf(!hasApi)('the account of a browser', () => {
	let world: ApiWorld;
	beforeAll(async () => {
		world = await openApi();
	});
	afterAll(() => world.close());

	const browser = (person: Person, face = NOA) =>
		createAccount({ client: world.stranger(), identity: identityOf(person), face: () => face });
	const keysOf = async (name: string) =>
		world.db.sql(
			`select k.public_key from private.player_keys k join public.players p on p.id = k.player_id
			where p.display_name = $1 order by k.created_at`,
			[name],
		);

	it('is there without being asked for, once, with the name and the key of the device', async () => {
		const person = personNumbered(71);
		const account = browser(person);
		const seen: string[] = [];
		account.subscribe(({ type }) => seen.push(type));
		await Promise.all([account.ready(), account.ready()]);
		await account.ready();
		expect(account.state).toEqual({ type: 'anonymous' });
		expect(seen[0]).toBe('nobody');
		expect(await account.profile()).toMatchObject({ face: NOA, username: null, keys: [person.player] });
		expect(await keysOf('Noa')).toEqual([{ public_key: person.player }]);
		account.close();
	});

	it('gets an e-mail, and is the same on a second device, which brings its key', async () => {
		const [phone, desk] = [personNumbered(72), personNumbered(73)];
		const first = browser(phone, { ...NOA, name: 'Dana' });
		await first.ready();
		expect(await first.addEmail('dana@example.org', PASSWORD)).toEqual({ ok: true });
		expect(first.state).toEqual({ type: 'email', email: 'dana@example.org' });
		// It has played on the desk before, without an account that anybody knows of.
		const second = browser(desk, { ...NOA, name: 'Somebody' });
		await second.ready();
		expect(await second.signIn('dana@example.org', PASSWORD)).toEqual({ ok: true });
		expect((await second.profile())?.face).toEqual({ ...NOA, name: 'Dana' });
		expect(await keysOf('Dana')).toHaveLength(2);
		expect(await keysOf('Somebody')).toHaveLength(0);
		await second.saveProfile({ face: { ...NOA, name: 'Dana D.' }, preferences: { theme: 'dark' } });
		expect(await first.profile()).toMatchObject({
			face: { name: 'Dana D.' },
			preferences: { theme: 'dark' },
			keys: [phone.player, desk.player],
		});
	});

	it('has a name of its own, which nobody else can take', async () => {
		const [one, two] = [browser(personNumbered(78)), browser(personNumbered(79))];
		expect(await one.chooseUsername('noa.l')).toEqual({ ok: true });
		expect((await one.profile())?.username).toBe('noa.l');
		expect(await two.chooseUsername('NOA.L')).toEqual({ ok: false, code: 'username_taken' });
		expect(await two.chooseUsername('no')).toEqual({ ok: false, code: 'bad_profile' });
		expect((await two.profile())?.username).toBeNull();
	});

	it('follows its player from device to device', async () => {
		const phone = browser(personNumbered(80), { ...NOA, name: 'Ruth' });
		expect(await phone.addEmail('ruth@example.org', PASSWORD)).toEqual({ ok: true });
		const desk = browser(personNumbered(81), { ...NOA, name: 'Somebody' });
		const clock = createFakeClock({ startMs: Date.now() });
		const deviceOf = (account: ReturnType<typeof browser>, face: Face) => {
			let fields: Fields = { ...face, theme: 'system' };
			let stored: unknown = null;
			const sync = createProfileSync({
				account,
				own: {
					read: () => fields,
					take: (taken) => void (fields = { ...fields, ...taken }),
					changedAt: () => clock.now(),
				},
				memory: { read: () => stored, write: (value) => void (stored = value) },
				clock,
				onChange: () => undefined,
				onTold: () => undefined,
			});
			return { sync, fields: () => fields, choose: (part: Fields) => void (fields = { ...fields, ...part }) };
		};
		const [one, two] = [deviceOf(phone, { ...NOA, name: 'Ruth' }), deviceOf(desk, NOA)];
		await one.sync.now();
		one.choose({ theme: 'dark', color: 8 });
		await one.sync.now();
		expect(await desk.signIn('ruth@example.org', PASSWORD)).toEqual({ ok: true });
		await two.sync.now();
		expect(two.fields()).toEqual({ ...NOA, name: 'Ruth', color: 8, theme: 'dark' });
		two.choose({ name: 'Ruth R.' });
		await two.sync.now();
		await one.sync.now();
		expect(one.fields()).toEqual(two.fields());
		expect(one.sync.state).toMatchObject({ isWaiting: false, problem: null });
	});

	it('says what is wrong, and is what it was', async () => {
		const account = browser(personNumbered(74));
		expect(await account.signIn('nobody@example.org', PASSWORD)).toEqual({
			ok: false,
			code: 'invalid_credentials',
		});
		expect(account.state).toEqual({ type: 'nobody' });
		expect(await account.addEmail('dana@example.org', PASSWORD)).toMatchObject({ ok: false });
		expect(await account.addEmail('short@example.org', 'short')).toEqual({
			ok: false,
			code: 'weak_password',
		});
		expect(account.state).toEqual({ type: 'anonymous' });
	});

	it('is signed out and erased', async () => {
		const account = browser(personNumbered(75), { ...NOA, name: 'Gone' });
		await account.ready();
		expect(await account.signOut()).toEqual({ ok: true });
		expect(account.state).toEqual({ type: 'nobody' });
		const again = browser(personNumbered(76), { ...NOA, name: 'Gone too' });
		await again.ready();
		expect(await again.remove()).toEqual({ ok: true });
		expect(again.state).toEqual({ type: 'nobody' });
		expect(await keysOf('Gone too')).toEqual([]);
	});

	it('without a network says so, and there is nobody', async () => {
		const client = browserClient({ url: 'http://127.0.0.1:9', anonKey: world.api.anonKey });
		const account = createAccount({
			client,
			identity: identityOf(personNumbered(77)),
			face: () => NOA,
		});
		await expect(account.ready()).rejects.toThrow(RemoteError);
		expect(await account.signIn('noa@example.org', PASSWORD)).toEqual({ ok: false, code: 'unreachable' });
	});
});
