/**
 * What two browsers must tell each other to open one data channel, and no more: of an SDP only the fingerprint, the
 * ICE credentials, the DTLS role and the candidates change from one connection to the next. They travel as a small
 * checked object, and the SDP that the browser is given is written here, so no peer ever hands another one free text.
 *
 *     const packed = packDescription(connection.localDescription.sdp);
 *     await connection.setRemoteDescription({ type: 'offer', sdp: buildSdp(packed, 0) });
 */
import * as z from 'zod/mini';

/** Interfaces, times address families, with a relay or two: more than this is not an honest host. */
export const MAX_CANDIDATES = 32;
/** What every current browser announces; our chunks are far below. */
const MAX_MESSAGE_SIZE = 262_144;
const FINGERPRINT_BYTES = 32;

/**
 * One UDP candidate (RFC 8839 5.1) without the extensions that browsers add. Addresses are v4, v6 or the mDNS names
 * that hide them. TCP ones are left out: browsers only connect actively, so two of them never meet that way.
 */
const CANDIDATE =
	/^candidate:([\w+/]{1,32}) ([12]) (udp) (\d{1,10}) ([\w.:-]{2,64}) (\d{1,5}) typ (host|srflx|prflx|relay)(?: raddr ([\w.:-]{2,64}) rport (\d{1,5}))?$/;

const iceText = (least: number) =>
	z.string().check(z.minLength(least), z.maxLength(256), z.regex(/^[\w+/-]+$/));

/** RFC 8839 5.4: ufrag of 4 characters or more, password of 22 or more; some browsers use `-` and `_`. */
export const PackedDescription = z.object({
	/** SHA-256 of the DTLS certificate, hex without colons, lower case. */
	fingerprint: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
	ufrag: iceText(4),
	password: iceText(22),
	setup: z.enum(['actpass', 'active', 'passive']),
	candidates: z.array(z.string().check(z.regex(CANDIDATE))).check(z.maxLength(MAX_CANDIDATES)),
});
export type PackedDescription = z.infer<typeof PackedDescription>;

export const Candidates = z.array(z.string().check(z.regex(CANDIDATE))).check(z.maxLength(MAX_CANDIDATES));

/** @throws when the browser's own SDP is not what a browser writes: a broken invariant, not bad input. */
export function packDescription(sdp: string): PackedDescription {
	const lines = sdp.split(/\r?\n/);
	const candidates: string[] = [];
	for (const line of lines) {
		const candidate = line.startsWith('a=candidate:') ? packCandidate(line.slice(2)) : null;
		if (candidate !== null && candidates.length < MAX_CANDIDATES) candidates.push(candidate);
	}
	return PackedDescription.parse({
		fingerprint: only(lines, 'a=fingerprint:sha-256 ').replaceAll(':', '').toLowerCase(),
		ufrag: only(lines, 'a=ice-ufrag:'),
		password: only(lines, 'a=ice-pwd:'),
		setup: only(lines, 'a=setup:'),
		candidates,
	});
}

/** The candidate without its extensions; null for one that is of no use to another browser. */
export function packCandidate(text: string): string | null {
	const match = /^(?:a=)?(candidate:.*? typ \w+(?: raddr \S+ rport \d+)?)/.exec(text.trim());
	const packed = match?.[1]?.replace(/ udp /i, ' udp ');
	return packed !== undefined && CANDIDATE.test(packed) ? packed : null;
}

/** @param round how many descriptions this connection had before (ICE restarts) */
export function buildSdp(packed: PackedDescription, round: number): string {
	const pairs = packed.fingerprint.toUpperCase().match(/../g) ?? [];
	return [
		'v=0',
		`o=- 4611732305 ${round + 2} IN IP4 127.0.0.1`,
		's=-',
		't=0 0',
		'a=group:BUNDLE 0',
		'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
		'c=IN IP4 0.0.0.0',
		...packed.candidates.map((candidate) => `a=${candidate}`),
		`a=ice-ufrag:${packed.ufrag}`,
		`a=ice-pwd:${packed.password}`,
		'a=ice-options:trickle',
		`a=fingerprint:sha-256 ${pairs.join(':')}`,
		`a=setup:${packed.setup}`,
		'a=mid:0',
		'a=sctp-port:5000',
		`a=max-message-size:${MAX_MESSAGE_SIZE}`,
		'',
	].join('\r\n');
}

/** Both fingerprints, 64 bytes: the one of the lower peer id first. */
export function bindingOf(lower: PackedDescription, higher: PackedDescription): Uint8Array {
	const hex = lower.fingerprint + higher.fingerprint;
	const bytes = new Uint8Array(2 * FINGERPRINT_BYTES);
	for (let index = 0; index < bytes.length; index++) {
		bytes[index] = Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16);
	}
	return bytes;
}

/**
 * The value after the prefix, which may stand at the session and again at the media level but must not differ: with
 * two fingerprints nobody could say which one the link is bound to.
 */
function only(lines: readonly string[], prefix: string): string {
	const values = new Set(
		lines.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length)),
	);
	const [value] = values;
	if (value === undefined || values.size !== 1) throw new Error(`${values.size} values of ${prefix.trim()}`);
	return value.trim();
}
