/**
 * The deal that nobody chooses and everybody can check.
 *
 * The host commits to a secret when it opens the table; each player promises a contribution by its hash when it sits
 * down, and opens it once the start is called and all have promised, so that nobody fits its own to the others'. Round
 * r has the key HKDF(secret, hash of contributions, r); its deck is a Fisher-Yates shuffle over a ChaCha20 stream
 * of that key. One-way: a round's key, published when the round is over, tells nothing of another round's. Seals
 * and commitments follow from the round key too, so who holds it can check every byte of the deal.
 */
import { chacha20, chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { CardId } from '../cards/card.ts';
import { parseCardId } from '../cards/card.ts';
import { cardsOf } from '../cards/deck.ts';
import { shuffle, type RandomSource } from '../cards/shuffle.ts';
import { assert } from '../game/assert.ts';
import {
	concatBytes,
	decodeBase64url,
	decodeJson,
	encodeBase64url,
	equalBytes,
	utf8,
} from '../game/bytes.ts';
import type { Hand, SeatIndex } from '../game/game.ts';
import type { SealedCards, SealedHand } from '../game/log.ts';
import type { GameId, PlayerId, TableState } from '../game/table-types.ts';
import type { Identity, Keys } from './keys.ts';

type Bytes = Uint8Array<ArrayBuffer>;

function bytesOf(text: string): Bytes {
	const bytes = decodeBase64url(text);
	assert(bytes !== null, 'parsed fields are base64url');
	return new Uint8Array(bytes);
}

const derive = (key: Bytes, salt: Bytes, label: string, length = 32): Bytes =>
	new Uint8Array(hkdf(sha256, key, salt, utf8(`overtrick/${label}`), length));

/** What `game_created` says of the secret. */
export function commitmentOf(secret: Bytes): string {
	return encodeBase64url(sha256(secret));
}

/** What a player says of its contribution (32 bytes, base64url) until the start is called. */
export function promiseOf(game: GameId, player: PlayerId, contribution: string): string {
	const parts = [game, player, contribution].map(bytesOf);
	return encodeBase64url(sha256(concatBytes(utf8('overtrick/promise'), ...parts)));
}

/** SHA-256 over the seated humans' contributions in seat order, with their seats: what `game_started` fixes. */
export function contributionsOf(state: TableState): string {
	const parts = state.seats.flatMap((seat, index) => {
		if (seat.kind !== 'human') return [];
		const contribution = state.opened === null ? seat.contribution : state.opened[index];
		return contribution == null ? [] : [Uint8Array.of(index), bytesOf(contribution)];
	});
	return encodeBase64url(sha256(concatBytes(utf8('overtrick/contributions'), ...parts)));
}

export interface DealSeed {
	readonly game: GameId;
	readonly secret: Bytes;
	/** As in `game_started`. */
	readonly contributions: string;
}

/** 32 bytes from which everything about round `round` (1-based) follows. */
export function roundKeyOf(seed: DealSeed, round: number): Bytes {
	return derive(seed.secret, bytesOf(seed.contributions), `round/${seed.game}/${round}`);
}

/** The dealer of round 1, uniformly out of the candidates. */
export function drawFirstDealer(seed: DealSeed, candidates: readonly SeatIndex[]): SeatIndex {
	const key = derive(seed.secret, bytesOf(seed.contributions), `dealer/${seed.game}`);
	const first = shuffle(candidates, streamOf(key))[0];
	assert(first !== undefined, 'somebody can deal');
	return first;
}

/** Words asked of the stream at a time: a shuffled double deck needs a little over 100. */
const STREAM_WORDS = 128;

/** ChaCha20 (RFC 8439) keystream as 32-bit little-endian words; block counter from 0, nonce by refill. */
export function streamOf(key: Bytes): RandomSource {
	const nonce = new Uint8Array(12);
	let words = new Uint32Array();
	let at = 0;
	let refills = 0;
	return {
		next32() {
			if (at === words.length) {
				new DataView(nonce.buffer).setUint32(0, refills++, true);
				const block = chacha20(key, nonce, new Uint8Array(STREAM_WORDS * 4));
				const view = new DataView(block.buffer, block.byteOffset);
				words = Uint32Array.from({ length: STREAM_WORDS }, (_, word) => view.getUint32(word * 4, true));
				at = 0;
			}
			return words[at++] ?? 0;
		},
	};
}

/** The shuffled deck of a round: dealt from the first card on. */
export function shuffledDeck(roundKey: Bytes, decks: number): CardId[] {
	return shuffle(cardsOf(decks), streamOf(derive(roundKey, new Uint8Array(), 'deck')));
}

// Sealed boxes: [one-time public key, 32] [ChaCha20-Poly1305 of the content].

const ZERO_NONCE = new Uint8Array(12);
const ONE_TIME_KEY_BYTES = 32;
const TAG_BYTES = 16;

function boxCipher(shared: Bytes, oneTimeKey: Bytes, owner: Bytes, label: string) {
	// The key is used once, so a fixed nonce is safe.
	return chacha20poly1305(derive(shared, concatBytes(oneTimeKey, owner), `${label}-box`), ZERO_NONCE);
}

/**
 * Seals bytes to an X25519 public key; null for a key that no secret can be agreed with. `oneTimeSecret` (32 bytes)
 * must be used for nothing else; the same one gives the same bytes.
 * @param label what is in the box: it opens under the same label only
 */
export async function sealBox(
	keys: Keys,
	oneTimeSecret: Bytes,
	boxKey: string,
	label: string,
	plain: Uint8Array,
): Promise<string | null> {
	const owner = bytesOf(boxKey);
	const oneTimeKey = await keys.boxPublicKey(oneTimeSecret);
	const shared = await agreed(keys, oneTimeSecret, owner);
	if (shared === null) return null;
	const cipher = boxCipher(shared, oneTimeKey, owner, label);
	return encodeBase64url(concatBytes(oneTimeKey, cipher.encrypt(plain)));
}

/** The shared secret; null for a key of small order (RFC 7748, section 6.1: an all-zero secret is refused). */
async function agreed(keys: Keys, secret: Bytes, publicKey: Bytes): Promise<Bytes | null> {
	try {
		return await keys.agree(secret, publicKey);
	} catch {
		// Every implementation throws on it: the player is at fault, not the deal.
		return null;
	}
}

/** The content, or null when the box is not ours, not whole, or holds something else. */
export async function openBox(
	identity: Pick<Identity, 'boxKey' | 'agree'>,
	box: string,
	label: string,
): Promise<Bytes | null> {
	const bytes = decodeBase64url(box);
	if (bytes === null || bytes.length < ONE_TIME_KEY_BYTES + TAG_BYTES) return null;
	const oneTimeKey = new Uint8Array(bytes.subarray(0, ONE_TIME_KEY_BYTES));
	const owner = bytesOf(identity.boxKey);
	try {
		const cipher = boxCipher(await identity.agree(oneTimeKey), oneTimeKey, owner, label);
		return new Uint8Array(cipher.decrypt(bytes.subarray(ONE_TIME_KEY_BYTES)));
	} catch {
		// The cipher throws on a forged or damaged box: the same to us as no box.
		return null;
	}
}

/** The same for whoever holds the secret of the key that a box is sealed to. */
async function openBoxWith(keys: Keys, secret: Bytes, box: string, label: string): Promise<Bytes | null> {
	const boxKey = encodeBase64url(await keys.boxPublicKey(secret));
	return openBox({ boxKey, agree: (publicKey) => keys.agree(secret, publicKey) }, box, label);
}

/** A secret for one box of the round, from the round key: who holds the key can check the box. */
export function oneTimeSecretOf(roundKey: Bytes, boxKey: string, label: string): Bytes {
	return derive(roundKey, bytesOf(boxKey), label);
}

// Sealed hands: blinding, 32 | one byte a card.

const BLINDING_BYTES = 32;
const HAND_LABEL = 'hand';

function handBytes(hand: Hand): Bytes {
	return Uint8Array.from(hand);
}

/**
 * What tells the secrets of one box of a round from those of another. A deal gives each seat one hand, so the seat is
 * enough (`null`). Of what is sealed later in the round two hosts may make two versions at the same place of the log,
 * so the place and the cards themselves go into it: a secret is never used for two contents.
 */
type Place = number | null;

function nameOf(seat: SeatIndex, cards: Hand, place: Place): string {
	return place === null ? String(seat) : `${seat}/${place}/${cards.join('.')}`;
}

function blindingOf(roundKey: Bytes, name: string): Bytes {
	return derive(roundKey, new Uint8Array(), `blinding/${name}`, BLINDING_BYTES);
}

function commitHand(blinding: Uint8Array, hand: Hand): string {
	return encodeBase64url(sha256(concatBytes(utf8('overtrick/hand'), blinding, handBytes(hand))));
}

/**
 * What the log says of a hand under this round key: a successor knows by it that it holds the right key.
 * @param place index of the event in the log for an exchange, null for the deal
 */
export function handCommitment(roundKey: Bytes, seat: SeatIndex, hand: Hand, place: Place = null): string {
	return commitHand(blindingOf(roundKey, nameOf(seat, hand, place)), hand);
}

/**
 * A hand sealed to `boxKey` (null for a bot: commitment only). The same round key, seat and hand always give the
 * same bytes, so the audit can compare them. A box key that no secret can be agreed with gets no box either: who
 * sat down with one sees no cards, and stops no deal.
 */
export async function sealHand(
	keys: Keys,
	roundKey: Bytes,
	seat: SeatIndex,
	hand: Hand,
	boxKey: string | null,
	place: Place = null,
): Promise<SealedHand> {
	const name = nameOf(seat, hand, place);
	const blinding = blindingOf(roundKey, name);
	const commitment = commitHand(blinding, hand);
	if (boxKey === null) return { box: null, commitment };
	const secret = oneTimeSecretOf(roundKey, boxKey, `one-time/${name}`);
	const plain = concatBytes(blinding, handBytes(hand));
	return { box: await sealBox(keys, secret, boxKey, HAND_LABEL, plain), commitment };
}

/** The owner's hand, or null when the box does not open or does not match its commitment. */
export async function openHand(identity: Identity, sealed: SealedHand): Promise<Hand | null> {
	const plain = sealed.box === null ? null : await openBox(identity, sealed.box, HAND_LABEL);
	return plain === null ? null : committedCards(plain, sealed.commitment);
}

/** The cards in an opened box, or null when they are not those that were committed to. */
function committedCards(plain: Bytes, commitment: string): Hand | null {
	if (plain.length < BLINDING_BYTES) return null;
	const hand = Array.from(plain.subarray(BLINDING_BYTES), parseCardId);
	if (!hand.every((card) => card !== null)) return null;
	return commitHand(plain.subarray(0, BLINDING_BYTES), hand) === commitment ? hand : null;
}

// Cards laid face down: sealed to the round's own key, which follows from the round key, so that a successor opens
// them too; and to the player who laid them.

const FACE_DOWN_LABEL = 'face-down';
const COMMAND_LABEL = 'command';

function roundBoxSecret(roundKey: Bytes): Bytes {
	return derive(roundKey, new Uint8Array(), 'round-box');
}

/** X25519 public key of a round, base64url: `cards_dealt` publishes it. */
export async function roundBoxKey(keys: Keys, roundKey: Bytes): Promise<string> {
	return encodeBase64url(await keys.boxPublicKey(roundBoxSecret(roundKey)));
}

/**
 * Cards as they stand in the log. The same arguments always give the same bytes, so the audit can compare them.
 * @param boxKey the player's; null for a bot
 * @param place index of the event in the log
 */
export async function sealFaceDown(
	keys: Keys,
	roundKey: Bytes,
	{ seat, cards }: { readonly seat: SeatIndex; readonly cards: Hand },
	boxKey: string | null,
	place: number,
): Promise<SealedCards> {
	const name = nameOf(seat, cards, place);
	const blinding = blindingOf(roundKey, `${FACE_DOWN_LABEL}/${name}`);
	const plain = concatBytes(blinding, handBytes(cards));
	const seal = (to: string): Promise<string | null> =>
		sealBox(keys, oneTimeSecretOf(roundKey, to, `${FACE_DOWN_LABEL}/${name}`), to, FACE_DOWN_LABEL, plain);
	const box = await seal(await roundBoxKey(keys, roundKey));
	assert(box !== null, 'a secret can be agreed with a derived key');
	return { box, own: boxKey === null ? null : await seal(boxKey), commitment: commitHand(blinding, cards) };
}

/** What a seat has laid down, for who holds the round key; null when the box does not open or match. */
export async function openFaceDown(keys: Keys, roundKey: Bytes, sealed: SealedCards): Promise<Hand | null> {
	const plain = await openBoxWith(keys, roundBoxSecret(roundKey), sealed.box, FACE_DOWN_LABEL);
	return plain === null ? null : committedCards(plain, sealed.commitment);
}

/** The same for the player who laid them. */
export async function openOwnFaceDown(identity: Identity, sealed: SealedCards): Promise<Hand | null> {
	const plain = sealed.own === null ? null : await openBox(identity, sealed.own, FACE_DOWN_LABEL);
	return plain === null ? null : committedCards(plain, sealed.commitment);
}

/**
 * A command that names closed cards, for the way to the host. What is inside is the command as JSON.
 * @param oneTimeSecret 32 fresh bytes
 */
export async function sealCommand(
	keys: Keys,
	oneTimeSecret: Bytes,
	roundBox: string,
	command: unknown,
): Promise<SealedCommand | null> {
	const box = await sealBox(keys, oneTimeSecret, roundBox, COMMAND_LABEL, utf8(JSON.stringify(command)));
	return box === null ? null : { type: SEALED_COMMAND, box };
}

/** The command inside, not yet parsed; null when this is no sealed command or does not open. */
export async function openSealedCommand(keys: Keys, roundKey: Bytes, body: SealedCommand): Promise<unknown> {
	const plain = await openBoxWith(keys, roundBoxSecret(roundKey), body.box, COMMAND_LABEL);
	return plain === null ? null : decodeJson(plain);
}

export const SEALED_COMMAND = 'sealed_command';
export interface SealedCommand {
	readonly type: typeof SEALED_COMMAND;
	readonly box: string;
}

export function isSealedCommand(body: unknown): body is SealedCommand {
	if (typeof body !== 'object' || body === null || Object.keys(body).length !== 2) return false;
	return 'type' in body && body.type === SEALED_COMMAND && 'box' in body && typeof body.box === 'string';
}

/** Whether a published secret is the one that was committed to. */
export function isSecretOf(secret: string, commitment: string): boolean {
	const bytes = decodeBase64url(secret);
	return bytes !== null && equalBytes(utf8(commitmentOf(new Uint8Array(bytes))), utf8(commitment));
}
