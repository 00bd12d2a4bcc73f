import { describe, expect, it } from 'vitest';
import { parseConfig } from './site-config.ts';

const APP = 'https://example.org/';
const DEFAULTS = {
	signalling: ['wss://example.org/signal'],
	iceServers: [],
	relay: true,
	spectators: null,
	supabase: null,
};

describe("a site's config.json", () => {
	it('says nothing, and the defaults serve', () => {
		expect(parseConfig({}, APP)).toEqual({ config: DEFAULTS, problem: null });
	});

	it('finds its own signalling beside the app, with TLS where the page has it', () => {
		const own = (app: string) => parseConfig({}, app).config.signalling;
		expect(own('https://example.org/cards/')).toEqual(['wss://example.org/cards/signal']);
		expect(own('http://192.168.1.7:4173/')).toEqual(['ws://192.168.1.7:4173/signal']);
	});

	it('is taken as it is written', () => {
		const { config, problem } = parseConfig(
			{
				signalling: ['/signal', 'signal', 'wss://other.example/s?x=1', 'https://third.example/', 'supabase'],
				iceServers: [
					{ urls: 'stun:a.example' },
					{ urls: ['turn:b.example'], username: 'u', credential: 'c', credentialType: 'password' },
				],
				relay: false,
				spectators: 12,
				supabase: { url: 'https://x.supabase.co', anonKey: 'key' },
				comment: 'whatever',
			},
			'https://example.org/cards/',
		);
		expect(problem).toBe(null);
		expect(config).toEqual({
			signalling: [
				'wss://example.org/signal',
				'wss://example.org/cards/signal',
				'wss://other.example/s?x=1',
				'wss://third.example/',
				'supabase',
			],
			iceServers: [{ urls: 'stun:a.example' }, { urls: ['turn:b.example'], username: 'u', credential: 'c' }],
			relay: false,
			spectators: 12,
			supabase: { url: 'https://x.supabase.co', anonKey: 'key' },
		});
	});

	it('names an address once, however often it is written', () => {
		const { signalling } = parseConfig({ signalling: ['/signal', 'signal'] }, APP).config;
		expect(signalling).toEqual(['wss://example.org/signal']);
	});

	it.each<[unknown, string]>([
		[null, 'it is no JSON object'],
		['text', 'it is no JSON object'],
		[[], 'it is no JSON object'],
		[{ signalling: 'wss://one.example' }, 'signalling is not understood'],
		[{ signalling: [7] }, 'signalling.0 is not understood'],
		[{ iceServers: [{ url: 'stun:a' }] }, 'iceServers.0.urls is not understood'],
		[{ iceServers: {} }, 'iceServers is not understood'],
		[{ iceServers: [{ urls: 'http://a' }] }, 'iceServers.0.urls is not understood'],
		[
			{ iceServers: [{ urls: 'stun:a' }, { urls: 'turn:b', username: 'u' }] },
			'iceServers.1 is not understood',
		],
		[{ relay: 'off' }, 'relay is not understood'],
		[{ supabase: { url: 'x.supabase.co', anonKey: 'k' } }, 'supabase.url is not understood'],
		[{ supabase: { url: 'https://x.supabase.co' } }, 'supabase.anonKey is not understood'],
	])('gives the defaults and says what is wrong with %j', (input, said) => {
		const { config, problem } = parseConfig(input, APP);
		expect(config).toEqual(DEFAULTS);
		expect(problem).toBe(`config.json of this site: ${said}`);
	});

	it('keeps what makes sense beside what does not', () => {
		const { config, problem } = parseConfig(
			{ signalling: ['ftp://a', 'wss://b.example', 'http://', 'supabase'], relay: 1, iceServers: [] },
			APP,
		);
		expect(config.signalling).toEqual(['wss://b.example/']);
		expect(config.relay).toBe(true);
		expect(problem).toBe(
			'config.json of this site: signalling: "ftp://a" is no address of a WebSocket; ' +
				'signalling: "http://" is no address of a WebSocket; signalling: there is no "supabase"; ' +
				'relay is not understood',
		);
	});
});
