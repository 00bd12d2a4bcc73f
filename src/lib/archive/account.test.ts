import { describe, expect, it } from 'vitest';
import { HOST } from '../game/testing.ts';
import { createAccount } from './account.ts';
import type { ArchiveClient } from './calls.ts';

type Listener = (event: string, session: { user: { id: string; email: string } } | null) => void;

/** A project that answers as Supabase Auth does; with `confirms` it wants an address confirmed before it is believed. */
function project({ confirms }: { readonly confirms: boolean }) {
	const user = { id: 'noa', email: '', new_email: '' };
	const asked: unknown[] = [];
	let tell: Listener = () => undefined;
	const auth = {
		onAuthStateChange(listener: Listener) {
			tell = listener;
			return { data: { subscription: { unsubscribe: () => undefined } } };
		},
		getSession: () => Promise.resolve({ data: { session: { user } } }),
		updateUser(changes: { email: string }, options: unknown) {
			asked.push({ ...changes, options });
			// Kept in small letters, and not before it is confirmed.
			const address = changes.email.trim().toLowerCase();
			if (confirms) user.new_email = address;
			else user.email = address;
			tell('USER_UPDATED', { user: { ...user } });
			return Promise.resolve({ data: { user: { ...user } }, error: null });
		},
	};
	const profile = {
		id: 'p',
		username: null,
		display_name: 'Noa',
		avatar_seed: 1,
		color: 1,
		preferences: {},
		keys: [HOST],
		updated_at: '2026-11-23T00:00:00Z',
	};
	const client = {
		auth,
		rpc: () => Promise.resolve({ data: profile, error: null, status: 200 }),
	} as unknown as ArchiveClient;
	const account = createAccount({
		client,
		stranger: () => client,
		identity: { player: HOST, sign: () => Promise.resolve(new Uint8Array(64)) },
		face: () => ({ name: 'Noa', color: 1, avatar: 1 }),
		returnTo: 'https://example.org/account',
	});
	return {
		account,
		asked,
		/** The link in the mail has been opened, wherever. */
		confirm: () => tell('USER_UPDATED', { user: { id: user.id, email: user.new_email } }),
	};
}

describe('an address that is put to an account', () => {
	it('waits for its mail where the project wants it confirmed: nothing has changed until then', async () => {
		const { account, asked, confirm } = project({ confirms: true });
		await account.known();
		expect(await account.addEmail('Noa@Example.org', 'long enough')).toEqual({ ok: true, isSent: true });
		expect(asked).toEqual([
			{
				email: 'Noa@Example.org',
				password: 'long enough',
				options: { emailRedirectTo: 'https://example.org/account' },
			},
		]);
		expect(account.state).toEqual({ type: 'anonymous' });
		confirm();
		expect(account.state).toEqual({ type: 'email', email: 'noa@example.org' });
	});

	it('holds at once where the project believes it, however it was written', async () => {
		const { account } = project({ confirms: false });
		expect(await account.addEmail(' Noa@Example.org ', 'long enough')).toEqual({ ok: true, isSent: false });
		expect(account.state).toEqual({ type: 'email', email: 'noa@example.org' });
	});
});
