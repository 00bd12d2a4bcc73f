import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { MAX_ENVELOPE_BYTES } from '../game/log-limits.ts';
import { DANA, faceNamed, GAME_ID } from '../game/testing.ts';
import { toSeat } from '../game/seats.ts';
import { NO_NOTES, TableDocument, type TableNotes } from './table-document.ts';

const NOTES: TableNotes = {
	watchers: [{ player: DANA, face: faceNamed('דנה') }],
	doubtful: [toSeat(1)],
	lost: [toSeat(2), toSeat(3)],
	deadline: { at: 1_764_000_000_000, totalMs: 60_000 },
	nextRoundAt: null,
};

const bytes = (n: number, length = 3) => new Uint8Array(length).fill(n);

/** A document and a peer that gets every update of it. */
function pair(): { host: TableDocument; peer: TableDocument; updates: Uint8Array[] } {
	const [host, peer] = [new TableDocument(GAME_ID), new TableDocument(GAME_ID)];
	const updates: Uint8Array[] = [];
	host.onUpdate((update) => {
		updates.push(update);
		expect(peer.apply(update)).toBe(true);
	});
	return { host, peer, updates };
}

/** What a host that is not ours might write. */
function hostile(write: (doc: Y.Doc) => void): TableDocument {
	const doc = new Y.Doc();
	write(doc);
	const peer = new TableDocument(GAME_ID);
	expect(peer.apply(Y.encodeStateAsUpdate(doc))).toBe(true);
	return peer;
}

describe('the log in the document', () => {
	it('reaches a peer in order, update by update and whole', () => {
		const { host, peer, updates } = pair();
		host.push([bytes(1), bytes(2)]);
		host.push([]);
		host.push([bytes(3)]);
		expect(updates).toHaveLength(2);
		expect(peer.envelopes(0)).toEqual([bytes(1), bytes(2), bytes(3)]);
		expect(peer.envelopes(2)).toEqual([bytes(3)]);
		expect(peer.envelopes(9)).toEqual([]);
		const late = new TableDocument(GAME_ID);
		late.apply(host.whole());
		expect(late.envelopes(0)).toEqual(peer.envelopes(0));
		expect(late.length).toBe(3);
	});

	it('is the same when updates come twice or in another order', () => {
		const { host, updates } = pair();
		for (let n = 0; n < 6; n++) host.push([bytes(n)]);
		const late = new TableDocument(GAME_ID);
		for (const update of [...updates.toReversed(), ...updates]) late.apply(update);
		expect(late.envelopes(0)).toEqual(host.envelopes(0));
	});

	it('is given out as copies: nobody writes into the document by accident', () => {
		const { host } = pair();
		host.push([bytes(1)]);
		host.envelopes(0)[0]?.fill(9);
		expect(host.envelopes(0)).toEqual([bytes(1)]);
	});

	it('holds in place of anything that is no envelope an empty one, which no log takes', () => {
		const peer = hostile((doc) => {
			const log = doc.getArray<unknown>('log');
			log.push([bytes(1), 'text', 7, null, { length: 3 }, new Y.Map(), bytes(2, MAX_ENVELOPE_BYTES + 1)]);
			log.push([bytes(2)]);
		});
		const empty = new Uint8Array();
		expect(peer.envelopes(0)).toEqual([bytes(1), empty, empty, empty, empty, empty, empty, bytes(2)]);
	});
});

describe('the host’s notes', () => {
	it('reach a peer whole, and again only when they have changed', () => {
		const { host, peer, updates } = pair();
		expect(peer.notes).toEqual(NO_NOTES);
		host.setNotes(NOTES);
		host.setNotes({ ...NOTES });
		expect(updates).toHaveLength(1);
		expect(peer.notes).toEqual(NOTES);
		host.setNotes(NO_NOTES);
		expect(peer.notes).toEqual(NO_NOTES);
	});

	it.each<[string, unknown]>([
		['not text', 7],
		['not JSON', '{"watchers":'],
		['not notes', '[]'],
		['a deadline that is no time', JSON.stringify({ ...NOTES, deadline: 'soon' })],
		['a seat that no table has', JSON.stringify({ ...NOTES, lost: [11] })],
		['eleven seats', JSON.stringify({ ...NOTES, lost: Array.from({ length: 11 }, () => 1) })],
		['a crowd', JSON.stringify({ ...NOTES, watchers: Array.from({ length: 201 }, () => NOTES.watchers[0]) })],
		[
			'a watcher dressed up as the program',
			JSON.stringify({ ...NOTES, watchers: [{ player: DANA, face: faceNamed('a\u202Eb') }] }),
		],
	])('that are %s count as none', (_, value) => {
		const peer = hostile((doc) => doc.getMap('table').set('notes', value));
		expect(peer.notes).toEqual(NO_NOTES);
	});
});

describe('an update', () => {
	it('of bytes that are none is said to be none, and changes nothing', () => {
		const { host, peer } = pair();
		host.push([bytes(1)]);
		host.setNotes(NOTES);
		for (const garbage of [new Uint8Array(), bytes(255, 40), host.whole().slice(0, 20)]) {
			expect(peer.apply(garbage)).toBe(false);
			expect(peer.envelopes(0)).toEqual([bytes(1)]);
			expect(peer.notes).toEqual(NOTES);
		}
		host.push([bytes(2)]);
		expect(peer.envelopes(0)).toEqual([bytes(1), bytes(2)]);
	});

	it('of short random bytes never throws', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 24 }), (garbage) => {
				const peer = new TableDocument(GAME_ID);
				peer.apply(garbage);
				expect(Array.isArray(peer.envelopes(0))).toBe(true);
				expect(peer.notes).toEqual(NO_NOTES);
			}),
			{ numRuns: 100 },
		);
	});

	it('of a long game costs little: 435 envelopes of 250 bytes stay under 125 kB, one by one', () => {
		const { host, updates } = pair();
		for (let n = 0; n < 435; n++) host.push([bytes(n % 256, 250)]);
		const sum = updates.reduce((size, update) => size + update.length, 0);
		expect(sum).toBeLessThan(125_000);
		expect(host.whole().length).toBeLessThan(115_000);
	});
});
