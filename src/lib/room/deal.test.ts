import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeKeys } from '../../../tests/sim/node-keys.ts';
import { parseCardId, type CardId } from '../cards/card.ts';
import { formatCard } from '../cards/notation.ts';
import { decodeBase64url, encodeBase64url } from '../game/bytes.ts';
import { toSeat } from '../game/seats.ts';
import { bytes32, DANA, faceNamed, GAME_ID, HOST, openTable } from '../game/testing.ts';
import { EL_DORADO } from '../games/el-dorado/index.ts';
import {
	commitmentOf,
	contributionsOf,
	drawFirstDealer,
	isSecretOf,
	openHand,
	roundKeyOf,
	sealHand,
	shuffledDeck,
	streamOf,
	type DealSeed,
} from './deal.ts';
import { fallbackKeys } from './keys-fallback.ts';
import { nativeKeys, type Identity } from './keys.ts';

type Bytes = Uint8Array<ArrayBuffer>;
const filled = (n: number): Bytes => new Uint8Array(32).fill(n);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const keys = nodeKeys();
const identityOf = (n: number): Promise<Identity> => keys.identity({ sign: filled(n), box: filled(n) });

const SECRET = Uint8Array.from({ length: 32 }, (_, index) => index);
const SEED: DealSeed = {
	game: GAME_ID,
	secret: SECRET,
	contributions: 'pogEMVJqmYhbYL-B8vWA29F3oApiZe6dxmoo6uqz70k',
};
const handOf = (...cards: number[]): CardId[] =>
	cards.map((card) => {
		const parsed = parseCardId(card);
		if (parsed === null) throw new Error(`no card ${card}`);
		return parsed;
	});
const names = (cards: readonly CardId[]) => cards.map(formatCard).join(' ');

// The answers below were computed by OpenSSL from the description in deal.ts. They never change: every log of a
// finished game is checked by dealing it again.
describe('the known deal', () => {
	it('has these contributions and round keys', () => {
		const table = openTable({ game: EL_DORADO, standing: true });
		for (const [player, seat, n] of [
			[DANA, 2, 12],
			[HOST, 0, 10],
		] as const) {
			table.take(player, {
				type: 'take_seat',
				seat: toSeat(seat),
				face: faceNamed('A'),
				boxKey: bytes32(1),
				contribution: bytes32(n),
			});
		}
		table.addBot(1);
		expect(contributionsOf(table.state)).toBe(SEED.contributions);
		expect(hex(roundKeyOf(SEED, 1))).toBe('9051e6d8c28e26872e4c54377de1f47e0a216896ce71cbd097a35874597d574d');
		expect(hex(roundKeyOf(SEED, 2))).toBe('f3067fe2c3cc6c2eb7aab7e11a682ce55632d3cd147df5566ca25337c45ee542');
	});

	it('shuffles one deck and two decks like this', () => {
		expect(names(shuffledDeck(roundKeyOf(SEED, 1), 1))).toBe(
			'KC KD KS 5D 8D TS 7S 9C 2D 4D 4C AC AH 3D 9D 5S 2S 6C 7D 8S 6H 3H JD 2H TC 8C KH TD AS QD AD JH ' +
				'9S JC 3S QH 8H 2C TH 7H 5H 5C QC 4S 4H 6S 7C 3C 6D 9H QS JS',
		);
		expect(names(shuffledDeck(roundKeyOf(SEED, 2), 2))).toBe(
			'AC 4H 9S 8S 4D* 7H* 3H* 2C* 8H 5C* JS TD 4S* 2H* 2S QC* 9H* 8C AH* 2D* 3C TS AS 9H TS* 6D* 5D 6C ' +
				'2C TC 3D* 6C* QS* QD 9S* TH* KH* 4D 6H 3H 2S* 8C* 8S* 5D* AC* JC* 5S JS* JH 3S 3S* 7C 5H 3C* QC ' +
				'7S* 8H* 9C* TH QD* 9C KH 6S* 8D 7C* 3D AD* JH* 9D* 7H 4C* TD* 6D AD KD* 4H* 7D 6H* QH AH 2D JD ' +
				'5H* QH* 5S* 9D 5C AS* 2H 4C 6S 7D* JC 4S 8D* KC* TC* 7S KC JD* KD KS KS* QS',
		);
	});

	it('is dealt first by seat 0 of four', () => {
		expect(drawFirstDealer(SEED, [0, 1, 2, 3].map(toSeat))).toBe(0);
		expect(drawFirstDealer(SEED, [2, 5, 7, 9].map(toSeat))).toBe(2);
	});

	it('seals this hand into this box', async () => {
		const owner = await identityOf(3);
		const sealed = await sealHand(
			keys,
			roundKeyOf(SEED, 1),
			toSeat(1),
			handOf(12, 0, 51, 38, 103),
			owner.boxKey,
		);
		expect(sealed).toEqual({
			box: 'oPcbkl26G59QCBHHdSb0khTi1OnFL9_J8ODhXEpP7Vh5YgBxVmD0Yprl4IMZelDyg4tCCdhXi6LfQXWIANJnCEzaT9quhkQC0isHa1KtQY5f0vlJlA',
			commitment: 'NTqeQGnGGr3fSQ0maXe8orWir52j-iPWqkPG_qd2NAk',
		});
	});
});

describe('the stream', () => {
	it('is ChaCha20 as RFC 8439 says (A.1, test vectors 1 and 2), word by word', () => {
		const stream = streamOf(filled(0));
		const words = Array.from({ length: 32 }, () => stream.next32().toString(16).padStart(8, '0'));
		expect(words.join(' ')).toBe(
			'ade0b876 903df1a0 e56a5d40 28bd8653 b819d2bd 1aed8da0 ccef36a8 c70d778b ' +
				'7c5941da 8d485751 3fe02477 374ad8b8 f4b8436a 1ca11815 69b687c3 8665eeb2 ' +
				'bee7079f 7a385155 7c97ba98 0d082d73 a0290fcb 6965e348 3e53c612 ed7aee32 ' +
				'7621b729 434ee69c b03371d5 d539d874 281fed31 45fb0a51 1f0ae1ac 6f4d794b',
		);
	});

	it('goes on under the next nonce when a block of words is used up, and never repeats it', () => {
		const stream = streamOf(filled(0));
		const words = Array.from({ length: 258 }, () => stream.next32().toString(16).padStart(8, '0'));
		// Around the first and the second refill, by OpenSSL.
		expect(words.slice(126, 132).join(' ')).toBe('171df853 db841716 3a1db43d 2829d3a0 25f2e65d d54be2e6');
		expect(words.slice(254).join(' ')).toBe('3a3a5a8f 1ba7d09b f8b73234 c5ff939b');
	});
});

describe('a round key', () => {
	it('differs by round, game, secret and contributions', () => {
		const seeds: DealSeed[] = [
			SEED,
			{ ...SEED, game: encodeBase64url(filled(1).slice(16)) as DealSeed['game'] },
			{ ...SEED, secret: filled(1) },
			{ ...SEED, contributions: bytes32(1) },
		];
		const made = seeds.flatMap((seed) => [1, 2, 10, 12].map((round) => hex(roundKeyOf(seed, round))));
		expect(new Set(made).size).toBe(made.length);
	});
});

describe('the contributions', () => {
	const hashWith = (parts: readonly [seat: number, contribution: number][]) => {
		const table = openTable({ game: EL_DORADO, standing: true });
		for (const [seat, n] of parts) {
			table.take(seat === 0 ? HOST : DANA, {
				type: 'take_seat',
				seat: toSeat(seat),
				face: faceNamed('A'),
				boxKey: bytes32(1),
				contribution: bytes32(n),
			});
		}
		return contributionsOf(table.state);
	};

	it('count each by itself, and at its seat', () => {
		const hashes = [
			hashWith([]),
			hashWith([[0, 1]]),
			hashWith([[1, 1]]),
			hashWith([
				[0, 1],
				[1, 2],
			]),
			hashWith([
				[0, 2],
				[1, 1],
			]),
			hashWith([
				[0, 1],
				[2, 2],
			]),
			hashWith([
				[0, 1],
				[1, 3],
			]),
		];
		expect(new Set(hashes).size).toBe(hashes.length);
	});

	it('do not hang on who came first', () => {
		expect(
			hashWith([
				[0, 1],
				[1, 2],
			]),
		).toBe(
			hashWith([
				[1, 2],
				[0, 1],
			]),
		);
	});
});

describe('the first dealer', () => {
	it('is each seat equally often (chi-square over 4,000 fixed secrets)', () => {
		for (const seats of [3, 4]) {
			const candidates = Array.from({ length: seats }, (_, seat) => toSeat(seat));
			const drawn = candidates.map(() => 0);
			for (let n = 0; n < 4_000; n++) {
				const secret = new Uint8Array(createHash('sha256').update(`secret ${n}`).digest());
				const seat = drawFirstDealer({ ...SEED, secret }, candidates);
				drawn[seat] = (drawn[seat] ?? 0) + 1;
			}
			const expected = 4_000 / seats;
			const chiSquare = drawn.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
			// 0.999 quantile for 3 degrees of freedom: 16.3; for 2: 13.8.
			expect(chiSquare).toBeLessThan(13.8);
		}
	});
});

describe('the deck', () => {
	it('holds every card once, and any card may lie on top', () => {
		const tops = new Map<CardId, number>();
		for (let n = 0; n < 520; n++) {
			const key = new Uint8Array(createHash('sha256').update(`round ${n}`).digest());
			const deck = shuffledDeck(key, 1);
			if (n < 20) {
				expect(new Set(deck).size).toBe(52);
				expect(new Set(shuffledDeck(key, 2)).size).toBe(104);
			}
			const top = deck[0] as CardId;
			tops.set(top, (tops.get(top) ?? 0) + 1);
		}
		expect(tops.size).toBe(52);
		const chiSquare = [...tops.values()].reduce((sum, count) => sum + (count - 10) ** 2 / 10, 0);
		// 0.999 quantile for 51 degrees of freedom.
		expect(chiSquare).toBeLessThan(87.97);
	});
});

describe('a sealed hand', () => {
	const roundKey = roundKeyOf(SEED, 1);
	const hand = handOf(0, 51, 52, 103, 17);
	const seat = toSeat(1);

	it('opens for its owner, whatever its size', async () => {
		const owner = await identityOf(3);
		for (const cards of [hand, hand.slice(0, 1), handOf(9, 8, 7, 6, 5, 4, 3, 2, 1, 0), []]) {
			expect(await openHand(owner, await sealHand(keys, roundKey, seat, cards, owner.boxKey))).toEqual(cards);
		}
	});

	it('is the same bytes again for the same deal, by whichever curves, and other bytes for any other', async () => {
		const [owner, other] = [await identityOf(3), await identityOf(4)];
		const sealed = await sealHand(keys, roundKey, seat, hand, owner.boxKey);
		for (const kind of [keys, nativeKeys(), fallbackKeys()]) {
			expect(await sealHand(kind, roundKey, seat, hand, owner.boxKey)).toEqual(sealed);
		}
		const others = await Promise.all([
			sealHand(keys, roundKeyOf(SEED, 2), seat, hand, owner.boxKey),
			sealHand(keys, roundKey, toSeat(2), hand, owner.boxKey),
			sealHand(keys, roundKey, seat, hand.toReversed(), owner.boxKey),
		]);
		const commitments = [sealed, ...others].map(({ commitment }) => commitment);
		expect(new Set(commitments).size).toBe(4);
		const boxes = [...others, await sealHand(keys, roundKey, seat, hand, other.boxKey), sealed];
		expect(new Set(boxes.map(({ box }) => box)).size).toBe(5);
	});

	it('stays closed to everybody else', async () => {
		const owner = await identityOf(3);
		const sealed = await sealHand(keys, roundKey, seat, hand, owner.boxKey);
		expect(await openHand(await identityOf(4), sealed)).toBeNull();
	});

	it('of a bot is a commitment without a box', async () => {
		const sealed = await sealHand(keys, roundKey, seat, hand, null);
		const { commitment } = await sealHand(keys, roundKey, seat, hand, (await identityOf(3)).boxKey);
		expect(sealed).toEqual({ box: null, commitment });
		expect(await openHand(await identityOf(3), sealed)).toBeNull();
	});

	it('that is damaged anywhere, cut or garbled is no hand', async () => {
		const owner = await identityOf(3);
		const { box, commitment } = await sealHand(keys, roundKey, seat, hand, owner.boxKey);
		const bytes = decodeBase64url(box ?? '') ?? new Uint8Array();
		for (let at = 0; at < bytes.length; at++) {
			const damaged = bytes.slice();
			damaged[at] = (damaged[at] ?? 0) ^ 1;
			expect(await openHand(owner, { box: encodeBase64url(damaged), commitment })).toBeNull();
		}
		for (const length of [0, 31, 79, 80, bytes.length - 1]) {
			const cut = encodeBase64url(bytes.slice(0, length));
			expect(await openHand(owner, { box: cut, commitment })).toBeNull();
		}
		expect(await openHand(owner, { box: `${box ?? ''}!`, commitment })).toBeNull();
	});

	it('that is not the one committed to is no hand', async () => {
		const owner = await identityOf(3);
		const sealed = await sealHand(keys, roundKey, seat, hand, owner.boxKey);
		const other = await sealHand(keys, roundKey, seat, handOf(1, 2, 3, 4, 5), owner.boxKey);
		expect(await openHand(owner, { ...sealed, commitment: other.commitment })).toBeNull();
		expect(await openHand(owner, { ...sealed, commitment: '' })).toBeNull();
	});

	it('with a card that is none is no hand', async () => {
		const owner = await identityOf(3);
		const sealed = await sealHand(keys, roundKey, seat, [200 as CardId], owner.boxKey);
		expect(sealed.box).not.toBeNull();
		expect(await openHand(owner, sealed)).toBeNull();
	});

	it('for a box key nothing can be agreed with has no box, and the deal goes on', async () => {
		// The points of small order with a canonical spelling (RFC 7748, section 7).
		for (const point of [
			'00'.repeat(32),
			`01${'00'.repeat(31)}`,
			'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
			`ec${'ff'.repeat(30)}7f`,
		]) {
			const boxKey = encodeBase64url(new Uint8Array(Buffer.from(point, 'hex')));
			const { commitment } = await sealHand(keys, roundKey, seat, hand, null);
			for (const kind of [keys, nativeKeys(), fallbackKeys()]) {
				expect(await sealHand(kind, roundKey, seat, hand, boxKey)).toEqual({ box: null, commitment });
			}
		}
	});
});

describe('the secret', () => {
	it('is the one committed to, or it is not', () => {
		const commitment = commitmentOf(SECRET);
		expect(commitment).toBe(createHash('sha256').update(SECRET).digest('base64url'));
		expect(isSecretOf(encodeBase64url(SECRET), commitment)).toBe(true);
		expect(isSecretOf(bytes32(0), commitment)).toBe(false);
		expect(isSecretOf(encodeBase64url(SECRET), commitmentOf(filled(1)))).toBe(false);
		expect(isSecretOf('no bytes', commitment)).toBe(false);
		expect(isSecretOf('', commitment)).toBe(false);
	});
});
