import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readSiteConfig } from './config.ts';

const NOW = 1_800_000_000_000;

describe('the configuration of a site', () => {
	test('is empty when nothing is set: pages use this server and no ICE server', () => {
		expect(readSiteConfig({})(NOW)).toEqual({ iceServers: [] });
	});

	test('names the signalling servers and ICE servers of the environment', () => {
		const config = readSiteConfig({
			SIGNALLING_URLS: '/signal, wss://other.example/signal',
			ICE_SERVERS:
				'[{"urls":["stun:a.example","stun:b.example"]},{"urls":"turn:c.example","username":"u","credential":"p"}]',
		});
		expect(config(NOW)).toEqual({
			signalling: ['/signal', 'wss://other.example/signal'],
			iceServers: [
				{ urls: ['stun:a.example', 'stun:b.example'] },
				{ urls: 'turn:c.example', username: 'u', credential: 'p' },
			],
		});
	});

	test('names a Supabase project, and takes its realtime service for signalling when told so', () => {
		const config = readSiteConfig({
			SIGNALLING_URLS: '/signal,supabase',
			SUPABASE_URL: 'https://x.supabase.co',
			SUPABASE_ANON_KEY: 'key',
		});
		expect(config(NOW)).toEqual({
			signalling: ['/signal', 'supabase'],
			supabase: { url: 'https://x.supabase.co', anonKey: 'key' },
			iceServers: [],
		});
	});

	test('takes the names of pages for the project as well, and the plain ones first', () => {
		const named = { PUBLIC_SUPABASE_URL: 'https://y.supabase.co', PUBLIC_SUPABASE_KEY: 'public' };
		expect(readSiteConfig(named)(NOW).supabase).toEqual({ url: 'https://y.supabase.co', anonKey: 'public' });
		const both = { ...named, SUPABASE_URL: 'https://x.supabase.co', SUPABASE_ANON_KEY: 'key' };
		expect(readSiteConfig(both)(NOW).supabase).toEqual({ url: 'https://x.supabase.co', anonKey: 'key' });
	});

	test('says how many may watch', () => {
		expect(readSiteConfig({ SPECTATORS: '0' })(NOW)).toEqual({ iceServers: [], spectators: 0 });
		expect(readSiteConfig({ SPECTATORS: '' })(NOW)).toEqual({ iceServers: [] });
		for (const wrong of ['-1', '201', '1.5', 'all'])
			expect(() => readSiteConfig({ SPECTATORS: wrong })).toThrow(/SPECTATORS/);
	});

	test('says when the relay is off', () => {
		expect(readSiteConfig({ RELAY: 'off' })(NOW)).toEqual({ iceServers: [], relay: false });
		expect(readSiteConfig({ RELAY: 'on' })(NOW)).toEqual({ iceServers: [] });
		expect(readSiteConfig({ RELAY: '' })(NOW)).toEqual({ iceServers: [] });
	});

	test('makes a TURN login for each request that ends twelve hours later', () => {
		const config = readSiteConfig({ TURN_URLS: 'turn:t.example:3478', TURN_SECRET: 'shared' });
		const username = String(NOW / 1000 + 12 * 60 * 60);
		const credential = createHmac('sha1', 'shared').update(username).digest('base64');
		expect(config(NOW).iceServers).toEqual([{ urls: ['turn:t.example:3478'], username, credential }]);
		expect(config(NOW + 1000).iceServers).not.toEqual(config(NOW).iceServers);
	});

	test.each([
		[{ ICE_SERVERS: 'stun:a' }, 'ICE_SERVERS is no JSON'],
		[{ ICE_SERVERS: '[{"urls":"http://a"}]' }, 'ICE_SERVERS'],
		[{ ICE_SERVERS: '[{"url":"stun:a"}]' }, 'ICE_SERVERS'],
		[{ SIGNALLING_URLS: 'example.org' }, 'SIGNALLING_URLS'],
		[{ TURN_URLS: 'turn:a' }, 'TURN_SECRET'],
		[{ RELAY: 'no' }, 'RELAY'],
		[{ SIGNALLING_URLS: 'supabase' }, 'SUPABASE_URL'],
		[{ SUPABASE_URL: 'x.supabase.co', SUPABASE_ANON_KEY: 'k' }, 'SUPABASE_URL'],
		[{ SUPABASE_URL: 'https://x.supabase.co' }, 'SUPABASE_ANON_KEY'],
	])('says which variable of %j makes no sense', (env, said) => {
		expect(() => readSiteConfig(env)).toThrow(said);
	});
});
