/** The browser's account against real accounts: nobody is asked, an e-mail comes later, devices come along. */
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '../../src/lib/archive/account.ts';
import { createLocalArchive } from '../../src/lib/archive/local.ts';
import { createOutbox } from '../../src/lib/archive/outbox.ts';
import { createSupabaseRemote } from '../../src/lib/archive/supabase.ts';
import { createProfileSync, type Fields } from '../../src/lib/archive/profile-sync.ts';
import { parseMailLink } from '../../src/lib/archive/mail-link.ts';
import { RemoteError } from '../../src/lib/archive/remote.ts';
import { decodeBase64url, utf8 } from '../../src/lib/game/bytes.ts';
import { joinEnvelope } from '../../src/lib/game/log.ts';
import type { Face } from '../../src/lib/game/table-types.ts';
import { createFakeClock } from '../../src/lib/room/clock.ts';
import { createDexieOutbox } from '../../src/lib/store/outbox.ts';
import { createDexieShelf } from '../../src/lib/store/shelf.ts';
import { sign } from 'node:crypto';
import { browserClient, hasApi, openApi, type ApiWorld } from './api.ts';
import { personNumbered, playGame, type Person } from './games.ts';

const NOA: Face = { name: 'Noa', color: 3, avatar: 77 };
const PASSWORD = 'long enough';
/** A site below a path of its own. */
const PAGE = 'https://example.org/cards/account';

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
		createAccount({
			client: world.stranger(),
			stranger: () => world.stranger(),
			identity: identityOf(person),
			face: () => face,
			returnTo: PAGE,
		});
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

	it('claims its key once, however many pages are opened', async () => {
		const person = personNumbered(787);
		const client = world.stranger();
		const open = () =>
			createAccount({
				client,
				stranger: () => world.stranger(),
				identity: identityOf(person),
				face: () => NOA,
				returnTo: PAGE,
			});
		for (let page = 0; page < 30; page++) await open().ready();
		const [claims] = await world.db.sql<{ count: number }>(
			`select r.count from private.rate_limits r join public.players p on p.user_id = r.subject
			join private.player_keys k on k.player_id = p.id where r.action = 'claim_key' and k.public_key = $1`,
			[person.player],
		);
		expect(claims).toEqual({ count: 1 });
	});

	it('gets an e-mail, and is the same on a second device, which brings its key', async () => {
		const [phone, desk] = [personNumbered(72), personNumbered(73)];
		const first = browser(phone, { ...NOA, name: 'Dana' });
		await first.ready();
		expect(await first.addEmail('dana@example.org', PASSWORD)).toEqual({ ok: true, isSent: false });
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
		expect(await phone.addEmail('ruth@example.org', PASSWORD)).toEqual({ ok: true, isSent: false });
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
		const key = [personNumbered(76).player];
		expect(await world.db.sql('select from private.player_keys where public_key = $1', key)).toEqual([]);
		expect(await world.db.sql('select from public.players where public_key = $1', key)).toEqual([]);
	});

	it('has what was played after it was signed out, once it is signed in to again', async () => {
		const [person, other] = [personNumbered(791), personNumbered(792)];
		const client = world.stranger();
		const name = 'signed-out';
		const local = createLocalArchive(createDexieShelf(name));
		const account = createAccount({
			client,
			stranger: () => world.stranger(),
			identity: identityOf(person),
			face: () => NOA,
			returnTo: PAGE,
			// As site.ts joins them.
			onBound: (holdsKey) => {
				if (holdsKey) void outbox.claimed();
			},
		});
		const outbox = createOutbox({
			rows: createDexieOutbox(name),
			remote: createSupabaseRemote(client, account),
			archive: local,
			own: () => [person.player],
			clock: createFakeClock(),
			onChange: () => undefined,
		});
		await account.addEmail('orly@example.org', PASSWORD);
		await account.signOut();
		const played = playGame({ seed: 782, people: [person, other] });
		const watched = playGame({ seed: 783, people: [other, personNumbered(793)] });
		for (const { envelopes } of [played, watched]) {
			await local.keep(
				envelopes.map(({ record, signature }) =>
					joinEnvelope(decodeBase64url(signature) ?? new Uint8Array(), utf8(record)),
				),
			);
		}
		await outbox.collect();
		await outbox.idle();
		expect(account.state).toEqual({ type: 'anonymous' });
		expect(outbox.state).toMatchObject({ waiting: 0, sent: 1, refused: [], held: [played.id] });
		const stored = () =>
			world.db.sql('select uploaded_by from public.games where id = private.game_uuid($1)', [played.id]);
		expect(await stored()).toEqual([]);
		expect(await account.signIn('orly@example.org', PASSWORD)).toEqual({ ok: true });
		await expect.poll(() => outbox.state).toMatchObject({ waiting: 0, sent: 2, held: [] });
		expect(await stored()).toEqual([{ uploaded_by: (await account.profile())?.id }]);
		outbox.close();
	});

	describe('is signed in to by the link of a mail', () => {
		/** What the last mail to somebody brings: its link is opened, and the browser sent on. */
		async function opened(email: string): Promise<{ readonly mail: string; readonly arrived: string }> {
			const mail = world.mails.findLast(({ to }) => to === email)?.link ?? '';
			const { headers } = await fetch(mail, { redirect: 'manual' });
			return { mail, arrived: headers.get('location') ?? '' };
		}
		const linkAt = (address: string) => {
			const link = parseMailLink(address);
			if (link === null) throw new Error(`no link at ${address}`);
			return link;
		};

		it('on another device, which brings what it has played; the page is the one of this site', async () => {
			const email = 'tamar@example.org';
			const first = browser(personNumbered(778), { ...NOA, name: 'Tamar' });
			await first.ready();
			await first.addEmail(email, PASSWORD);
			expect(await first.sendLink(email)).toEqual({ ok: true });
			const { arrived } = await opened(email);
			expect(arrived).toMatch(/^https:\/\/example\.org\/cards\/account#access_token=/);
			const second = browser(personNumbered(779), { ...NOA, name: 'Somebody' });
			await second.ready();
			const link = linkAt(arrived);
			expect(await second.whoseLink(link)).toEqual({ ok: true, email, isOwn: false });
			expect(second.state).toEqual({ type: 'anonymous' });
			expect(await second.followLink(link)).toEqual({ ok: true });
			expect(second.state).toEqual({ type: 'email', email });
			expect(await second.profile()).toMatchObject({
				face: { name: 'Tamar' },
				keys: [personNumbered(778).player, personNumbered(779).player],
			});
			expect(await second.whoseLink(link)).toEqual({ ok: true, email, isOwn: true });
			first.close();
			second.close();
		});

		it('once: used, expired or made up it signs in nobody, and who is here stays', async () => {
			const email = 'yael@example.org';
			const account = browser(personNumbered(780), { ...NOA, name: 'Yael' });
			await account.ready();
			await account.addEmail(email, PASSWORD);
			await account.sendLink(email);
			await opened(email);
			const { mail, arrived } = await opened(email);
			expect(arrived).toMatch(
				/^https:\/\/example\.org\/cards\/account#error=access_denied&error_code=otp_expired/,
			);
			const other = browser(personNumbered(781));
			await other.ready();
			const refused = { ok: false, code: 'otp_expired' };
			expect(await other.whoseLink(linkAt(arrived))).toEqual(refused);
			expect(await other.followLink(linkAt(arrived))).toEqual(refused);
			const used = new URL(mail).searchParams.get('token') ?? '';
			expect(await other.followLink({ type: 'token', hash: used, kind: 'magiclink' })).toEqual(refused);
			const forged = { type: 'session', accessToken: 'a.b.c', refreshToken: 'r' } as const;
			expect(await other.whoseLink(forged)).toEqual(refused);
			expect(await other.followLink(forged)).toEqual(refused);
			// A link that was good once: its session has ended since.
			const ended = browser(personNumbered(785), { ...NOA, name: 'Yael' });
			await account.sendLink(email);
			const late = linkAt((await opened(email)).arrived);
			expect(await ended.followLink(late)).toEqual({ ok: true });
			await world.db.sql(
				'delete from auth.sessions where user_id = (select id from auth.users where email = $1)',
				[email],
			);
			expect(await other.whoseLink(late)).toEqual(refused);
			expect(await other.followLink(late)).toEqual(refused);
			expect(other.state).toEqual({ type: 'anonymous' });
			expect((await other.profile())?.keys).toEqual([personNumbered(781).player]);
			for (const one of [account, other, ended]) one.close();
		});

		it('with a token in place of a session, where the mail’s own text makes the link', async () => {
			const email = 'nili@example.org';
			const account = browser(personNumbered(782), { ...NOA, name: 'Nili' });
			await account.ready();
			await account.addEmail(email, PASSWORD);
			await account.sendLink(email);
			const mail = world.mails.findLast(({ to }) => to === email)?.link ?? '';
			const hash = new URL(mail).searchParams.get('token') ?? '';
			const link = linkAt(`${PAGE}?token_hash=${hash}&type=email`);
			const other = browser(personNumbered(783));
			expect(await other.whoseLink(link)).toEqual({ ok: true, email: null, isOwn: false });
			expect(await other.followLink(link)).toEqual({ ok: true });
			expect(other.state).toEqual({ type: 'email', email });
			account.close();
			other.close();
		});

		it('which needs no password: an account may be kept under an address alone', async () => {
			const email = 'lior@example.org';
			const account = browser(personNumbered(786), { ...NOA, name: 'Lior' });
			expect(await account.addEmail(email, '')).toEqual({ ok: true, isSent: false });
			const other = browser(personNumbered(788));
			for (const password of ['', PASSWORD]) {
				expect(await other.signIn(email, password)).toMatchObject({ ok: false });
			}
			expect(await account.sendLink(email)).toEqual({ ok: true });
			expect(await other.followLink(linkAt((await opened(email)).arrived))).toEqual({ ok: true });
			expect(other.state).toEqual({ type: 'email', email });
			account.close();
			other.close();
		});

		it('but not to an address that nobody has put to an account', async () => {
			const account = browser(personNumbered(784));
			expect(await account.sendLink('nobody@example.org')).toEqual({ ok: false, code: 'otp_disabled' });
			expect(account.state).toEqual({ type: 'nobody' });
			account.close();
		});
	});

	describe('whose address is to be confirmed', () => {
		let asking: ApiWorld;
		beforeAll(async () => {
			asking = await openApi({ confirmsAddresses: true });
		});
		afterAll(() => asking.close());
		const device = (person: Person, client = asking.stranger()) => ({
			client,
			account: createAccount({
				client,
				stranger: () => asking.stranger(),
				identity: identityOf(person),
				face: () => ({ ...NOA, name: 'Shira' }),
				returnTo: PAGE,
			}),
		});
		async function linkFor(email: string) {
			const mail = asking.mails.findLast(({ to }) => to === email)?.link ?? '';
			const { headers } = await fetch(mail, { redirect: 'manual' });
			const link = parseMailLink(headers.get('location') ?? '');
			if (link === null) throw new Error(`no mail to ${email}`);
			return link;
		}

		it('is what it was until the link has been opened, and is signed in to by it on any device', async () => {
			const email = 'shira@example.org';
			const [phone, desk] = [device(personNumbered(794)), device(personNumbered(795))];
			await phone.account.ready();
			expect(await phone.account.addEmail(email, PASSWORD)).toEqual({ ok: true, isSent: true });
			expect(phone.account.state).toEqual({ type: 'anonymous' });
			expect(await desk.account.signIn(email, PASSWORD)).toEqual({ ok: false, code: 'invalid_credentials' });
			expect(await desk.account.sendLink(email)).toEqual({ ok: false, code: 'otp_disabled' });

			const link = await linkFor(email);
			expect(await desk.account.whoseLink(link)).toEqual({ ok: true, email, isOwn: false });
			expect(await desk.account.followLink(link)).toEqual({ ok: true });
			expect(desk.account.state).toEqual({ type: 'email', email });
			expect((await desk.account.profile())?.keys).toEqual([
				personNumbered(794).player,
				personNumbered(795).player,
			]);
			// The first device hears of it with its next token, and stays signed in.
			await phone.client.auth.refreshSession();
			expect(phone.account.state).toEqual({ type: 'email', email });
			expect(await device(personNumbered(796)).account.signIn(email, PASSWORD)).toEqual({ ok: true });
		});

		it('is not given an address that another has confirmed meanwhile', async () => {
			const email = 'twice@example.org';
			const [one, two] = [device(personNumbered(797)), device(personNumbered(798))];
			for (const { account } of [one, two]) {
				expect(await account.addEmail(email, PASSWORD)).toEqual({ ok: true, isSent: true });
			}
			const mails = asking.mails.filter(({ to }) => to === email);
			expect(mails).toHaveLength(2);
			const links = [];
			// The second is the first to open its mail.
			for (const { link } of mails.toReversed()) {
				const { headers } = await fetch(link, { redirect: 'manual' });
				links.push(parseMailLink(headers.get('location') ?? ''));
			}
			expect(links).toMatchObject([{ type: 'session' }, { type: 'failed', code: 'email_exists' }]);
			expect(await one.account.addEmail(email, PASSWORD)).toEqual({ ok: false, code: 'email_exists' });
		});
	});

	it('without a network says so, and there is nobody', async () => {
		const client = browserClient({ url: 'http://127.0.0.1:9', anonKey: world.api.anonKey });
		const account = createAccount({
			client,
			stranger: () => client,
			identity: identityOf(personNumbered(77)),
			face: () => NOA,
			returnTo: PAGE,
		});
		await expect(account.ready()).rejects.toThrow(RemoteError);
		expect(await account.signIn('noa@example.org', PASSWORD)).toEqual({ ok: false, code: 'unreachable' });
	});
});
