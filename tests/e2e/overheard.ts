/**
 * What a page's data channels receive, heard by a listener that stands in the page before any of its own scripts.
 * The page is not told: nothing of the app takes part, so what is missing here was never sent.
 *
 *     const spy = await player('Spy', { initScript: OVERHEAR });
 *     const heard = await overheard(spy.page);
 *     heard.frames.map((frame) => ...);
 */
import type { Page } from '@playwright/test';

/** Plain text, so that no compiler adds to it what only exists on this side. */
export const OVERHEAR = `{
	const heard = { messages: [], openedAt: [] };
	globalThis.overheard = heard;
	const create = RTCPeerConnection.prototype.createDataChannel;
	let channels = 0;
	RTCPeerConnection.prototype.createDataChannel = function (...args) {
		const channel = create.apply(this, args);
		const number = channels++;
		channel.addEventListener('open', () => heard.openedAt.push(performance.timeOrigin + performance.now()));
		channel.addEventListener('message', ({ data }) => {
			heard.messages.push({ channel: number, data: data.slice(0) });
		});
		return channel;
	};
}`;

/** First byte of a channel message (src/lib/transport/framing.ts). */
const WHOLE = 2;
const FIRST = 3;
const NEXT = 4;
/** The kind, and in a first chunk the length of the whole frame. */
const HEADER_BYTES = { [WHOLE]: 1, [FIRST]: 5, [NEXT]: 1 };

export interface Overheard {
	/** Payload of every message of every channel, pings included; what DTLS and SCTP add is not. */
	readonly bytes: number;
	/** Channel messages put together again, in the order in which they were complete. */
	readonly frames: readonly Buffer[];
	/** When each channel opened, ms since 1970 by the page's own clock. */
	readonly openedAt: readonly number[];
}

/** All that this page (since it was loaded) has received from other browsers. */
export async function overheard(page: Page): Promise<Overheard> {
	const { messages, openedAt } = await page.evaluate<{
		messages: { channel: number; base64: string }[];
		openedAt: number[];
	}>(`(async () => {
		const base64 = (data) => new Promise((resolve) => {
			const reader = new FileReader();
			reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
			reader.readAsDataURL(new Blob([data]));
		});
		const messages = overheard.messages.map(async ({ channel, data }) => ({ channel, base64: await base64(data) }));
		return { messages: await Promise.all(messages), openedAt: overheard.openedAt };
	})()`);
	const parts = messages.map(({ channel, base64 }) => ({ channel, data: Buffer.from(base64, 'base64') }));
	return {
		bytes: parts.reduce((sum, { data }) => sum + data.length, 0),
		frames: framesOf(parts),
		openedAt,
	};
}

function framesOf(messages: readonly { readonly channel: number; readonly data: Buffer }[]): Buffer[] {
	const frames: Buffer[] = [];
	const open = new Map<number, { length: number; parts: Buffer[] }>();
	for (const { channel, data } of messages) {
		const kind = data[0];
		if (kind !== WHOLE && kind !== FIRST && kind !== NEXT) continue;
		const body = data.subarray(HEADER_BYTES[kind]);
		if (kind === WHOLE) frames.push(body);
		if (kind === FIRST) open.set(channel, { length: data.readUInt32BE(1), parts: [] });
		const begun = open.get(channel);
		if (kind === WHOLE || begun === undefined) continue;
		begun.parts.push(body);
		if (begun.parts.reduce((sum, part) => sum + part.length, 0) < begun.length) continue;
		frames.push(Buffer.concat(begun.parts));
		open.delete(channel);
	}
	return frames;
}
