import { describe, expect, it } from 'vitest';
import {
	bindingOf,
	buildSdp,
	MAX_CANDIDATES,
	packCandidate,
	packDescription,
	PackedDescription,
} from './sdp.ts';

const CHROMIUM = [
	'v=0',
	'o=- 8135492429271133464 2 IN IP4 127.0.0.1',
	's=-',
	't=0 0',
	'a=group:BUNDLE 0',
	'a=extmap-allow-mixed',
	'a=msid-semantic: WMS',
	'm=application 57544 UDP/DTLS/SCTP webrtc-datachannel',
	'c=IN IP4 192.0.2.2',
	'a=candidate:3077952869 1 udp 2122265343 2001:db8::2 53711 typ host generation 0 network-id 2',
	'a=candidate:1 1 udp 2122194687 4e7b0e7c-6f0c-4c0e-9b43-6a2b0a3ad5a1.local 57544 typ host generation 0 network-cost 999',
	'a=candidate:2 1 udp 1685987071 203.0.113.7 57544 typ srflx raddr 192.0.2.2 rport 57544 generation 0',
	'a=candidate:4193659285 1 tcp 1518285567 192.0.2.2 9 typ host tcptype active generation 0',
	'a=ice-ufrag:YGhz',
	'a=ice-pwd:1J2DveC2iJnMXpJiIsP9OV2b',
	'a=ice-options:trickle',
	`a=fingerprint:sha-256 ${Array.from({ length: 32 }, (_, index) => index.toString(16).padStart(2, '0').toUpperCase()).join(':')}`,
	'a=setup:actpass',
	'a=mid:0',
	'a=sctp-port:5000',
	'a=max-message-size:262144',
	'',
].join('\r\n');

const FIREFOX = CHROMIUM.replace('a=candidate:3077952869 1 udp', 'a=candidate:0 1 UDP')
	.replace('a=fingerprint', 'a=sendrecv\r\na=fingerprint')
	.replace('t=0 0', `t=0 0\r\n${/a=fingerprint.*/.exec(CHROMIUM)?.[0] ?? ''}`);

describe('a packed description', () => {
	it('holds what changes from one connection to the next, and comes back as an SDP with the same', () => {
		const packed = packDescription(CHROMIUM);
		expect(packed.setup).toBe('actpass');
		expect(packed.fingerprint).toMatch(/^000102.*1f$/);
		expect(packed.candidates).toEqual([
			'candidate:3077952869 1 udp 2122265343 2001:db8::2 53711 typ host',
			'candidate:1 1 udp 2122194687 4e7b0e7c-6f0c-4c0e-9b43-6a2b0a3ad5a1.local 57544 typ host',
			'candidate:2 1 udp 1685987071 203.0.113.7 57544 typ srflx raddr 192.0.2.2 rport 57544',
		]);
		expect(packDescription(buildSdp(packed, 3))).toEqual(packed);
	});

	it('is the same from the way Firefox writes it', () => {
		expect(packDescription(FIREFOX).candidates[0]).toBe(
			'candidate:0 1 udp 2122265343 2001:db8::2 53711 typ host',
		);
		expect(packDescription(FIREFOX).fingerprint).toBe(packDescription(CHROMIUM).fingerprint);
	});

	it('is refused when two fingerprints could be meant', () => {
		expect(() => packDescription(CHROMIUM.replace('t=0 0', 't=0 0\r\na=fingerprint:sha-256 AA:BB'))).toThrow(
			/2 values/,
		);
	});

	it('leaves no way for a peer to write lines of its own into the SDP', () => {
		const packed = packDescription(CHROMIUM);
		for (const bad of [
			{ ...packed, ufrag: 'abcd\r\na=fingerprint:sha-256 00' },
			{ ...packed, password: `${'x'.repeat(30)}\n` },
			{ ...packed, fingerprint: 'zz' },
			{ ...packed, setup: 'holdconn' },
			{ ...packed, candidates: ['candidate:1 1 udp 1 192.0.2.1 9 typ host\r\nm=audio 9 X 0'] },
			{ ...packed, candidates: ['candidate:1 1 udp 1 192.0.2.1 9 typ host generation 0'] },
			{ ...packed, candidates: Array.from({ length: MAX_CANDIDATES + 1 }, () => packed.candidates[0]) },
		]) {
			expect(PackedDescription.safeParse(bad).success).toBe(false);
		}
	});

	it('drops candidates that are of no use to another browser', () => {
		expect(packCandidate('candidate:1 1 tcp 1518285567 192.0.2.2 9 typ host tcptype active')).toBe(null);
		expect(packCandidate('')).toBe(null);
		expect(packCandidate('candidate:1 1 UDP 7 192.0.2.2 9 typ relay raddr 0.0.0.0 rport 0 ufrag x')).toBe(
			'candidate:1 1 udp 7 192.0.2.2 9 typ relay raddr 0.0.0.0 rport 0',
		);
	});

	it('binds a link to both fingerprints, the lower peer first', () => {
		const low = packDescription(CHROMIUM);
		const high = { ...low, fingerprint: 'ff'.repeat(32) };
		const binding = bindingOf(low, high);
		expect(binding.length).toBe(64);
		expect([...binding.slice(0, 3), binding[31], binding[32], binding[63]]).toEqual([0, 1, 2, 31, 255, 255]);
		expect(bindingOf(high, low)).not.toEqual(binding);
	});
});
