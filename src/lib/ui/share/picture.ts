/**
 * The sheet as a picture, in the app's own look: drawn on a canvas at twice its size, in the theme's light colours so
 * that it is read anywhere, right to left where the language is.
 *
 *     const picture = await resultPicture(result, words, 'he');   // a PNG
 */
import { drawAvatar } from '../kit/avatar.ts';
import { SUIT_PATHS } from '../cards/card-art.ts';
import { total } from '../messages/numbers.ts';
import { LANGUAGES, type LanguageCode } from '../messages/text.ts';
import type { Result, ResultPlayer } from './result.ts';
import type { ShareMessages } from './share.en.ts';

/** Of the light theme (tokens.css), by hand: a picture has no theme. */
const INK = '#14262b';
const MUTED = '#5a6b6b';
const PAPER = '#fbf8f0';
const SURFACE = '#fffdf8';
const LINE = '#dedacd';
const GOOD = '#1f6b45';
const DANGER = '#a3263f';
const SUIT_INK = { C: '#1c5a33', D: '#1c4fa0', H: '#b0232b', S: '#14262b' } as const;
const PLAYER_INK = [
	'#e58a9c',
	'#d9a263',
	'#cdb45c',
	'#86c07c',
	'#5fbfae',
	'#6db7dc',
	'#7f9cf0',
	'#b295ec',
	'#e48ccb',
	'#a9b4ba',
] as const;

/** In units of the picture; it is drawn at `SCALE` times that. */
const SCALE = 2;
const EDGE = 28;
const HEAD = 118;
const NAMES = 74;
const ROW = 38;
const FOOT = 62;
const ROUND_COLUMN = 74;
const COLUMN = 104;
const FEWEST_WIDE = 4;

const TEXT_FONT = "'Noto Sans', 'DejaVu Sans', system-ui, sans-serif";
const DISPLAY_FONT = "Fraunces, 'Frank Ruhl Libre', Georgia, serif";

export async function resultPicture(
	result: Result,
	words: ShareMessages,
	language: LanguageCode,
): Promise<Blob> {
	// A canvas does not wait for the fonts that the page has not shown yet.
	await document.fonts.load(`600 20px ${DISPLAY_FONT}`, words.games[result.variant]).catch(() => {
		// No network, and never fetched: the next font of the list serves.
	});
	const rows = result.rows.filter(({ isDone }) => isDone);
	const columns = Math.max(FEWEST_WIDE, result.players.length);
	const width = 2 * EDGE + ROUND_COLUMN + columns * COLUMN;
	const height = HEAD + NAMES + rows.length * ROW + FOOT + 44;
	const canvas = document.createElement('canvas');
	canvas.width = width * SCALE;
	canvas.height = height * SCALE;
	const context = canvas.getContext('2d');
	if (context === null) throw new Error('no canvas');
	context.scale(SCALE, SCALE);
	const isRightToLeft = LANGUAGES[language].dir === 'rtl';
	new Drawing(context, width, height, isRightToLeft).draw(result, words);
	return await new Promise((done, fail) => {
		canvas.toBlob((blob) => (blob === null ? fail(new Error('no picture')) : done(blob)), 'image/png');
	});
}

class Drawing {
	readonly #context: CanvasRenderingContext2D;
	readonly #width: number;
	readonly #height: number;
	readonly #isRightToLeft: boolean;

	constructor(context: CanvasRenderingContext2D, width: number, height: number, isRightToLeft: boolean) {
		this.#context = context;
		this.#width = width;
		this.#height = height;
		this.#isRightToLeft = isRightToLeft;
	}

	draw(result: Result, words: ShareMessages): void {
		const rows = result.rows.filter(({ isDone }) => isDone);
		const winners = result.players.filter(({ won }) => won).map(({ face }) => face.name);
		const headline = winners.length === 0 ? words.standing : words.wins(winners);
		this.#fill(PAPER, 0, 0, this.#width, this.#height);
		this.#words(headline, EDGE, 54, { size: 32, weight: 600, display: true, align: 'start' });
		const line = `${words.games[result.variant]} \u00b7 ${words.rounds(rows.length)}`;
		this.#words(line, EDGE, 84, { size: 17, color: MUTED, align: 'start' });

		const top = HEAD;
		const bottom = HEAD + NAMES + rows.length * ROW + FOOT;
		this.#panel(EDGE / 2, top, this.#width - EDGE, bottom - top);
		for (const [place, player] of result.players.entries()) this.#head(player, this.#edgeOf(place), top);
		let y = top + NAMES;
		for (const row of rows) {
			this.#rule(y);
			this.#words(String(row.round), EDGE, y + 25, { size: 16, weight: 600, color: MUTED, align: 'start' });
			if (row.trump === 'none')
				this.#words(words.trumps.none, EDGE + 30, y + 25, { size: 13, weight: 700, align: 'start' });
			else if (row.trump !== null) this.#suit(row.trump, EDGE + 30, y + 11);
			for (const [place, cell] of row.cells.entries()) {
				const x = this.#edgeOf(place);
				if (cell === null) this.#words(words.absent, x, y + 25, { size: 16, color: MUTED, align: 'end' });
				else {
					const color = cell.said === cell.took ? GOOD : DANGER;
					this.#words(`${cell.said ?? 0}/${cell.took ?? 0}`, x - 50 * this.#sign, y + 25, {
						size: 14,
						color,
						align: 'end',
					});
					this.#words(total(cell.total ?? 0), x, y + 26, {
						size: 19,
						weight: 600,
						display: true,
						align: 'end',
					});
				}
			}
			y += ROW;
		}
		this.#rule(y, INK);
		for (const [place, player] of result.players.entries()) {
			const x = this.#edgeOf(place);
			this.#words(total(player.total), x, y + 42, { size: 30, weight: 650, display: true, align: 'end' });
			if (player.won) this.#fill(INK, this.#isRightToLeft ? x : x - 44, y + 51, 44, 3);
		}
		this.#words(words.kept, EDGE, bottom + 28, { size: 14, color: MUTED, align: 'start' });
	}

	/** Towards the end of a line. */
	get #sign(): number {
		return this.#isRightToLeft ? -1 : 1;
	}
	/** From the start of the line to the canvas's own. */
	#x(fromStart: number): number {
		return this.#isRightToLeft ? this.#width - fromStart : fromStart;
	}
	/** Where the numbers of a column end. */
	#edgeOf(place: number): number {
		return this.#x(EDGE + ROUND_COLUMN + (place + 1) * COLUMN - 12);
	}

	#head({ face }: ResultPlayer, x: number, top: number): void {
		this.#face(
			face.avatar,
			PLAYER_INK[face.color] ?? PLAYER_INK[9],
			this.#isRightToLeft ? x : x - 28,
			top + 12,
		);
		this.#words(face.name, x, top + 62, { size: 16, weight: 600, align: 'end', most: COLUMN - 16 });
	}

	#face(seed: number, ground: string, x: number, y: number): void {
		const context = this.#context;
		context.save();
		context.translate(x, y);
		context.scale(28 / 48, 28 / 48);
		context.beginPath();
		context.arc(24, 24, 24, 0, 2 * Math.PI);
		context.clip();
		context.fillStyle = ground;
		context.fillRect(0, 0, 48, 48);
		for (const { d, paint } of drawAvatar(seed)) {
			const path = new Path2D(d);
			if (paint === 'line') {
				context.strokeStyle = INK;
				context.lineWidth = 2.4;
				context.lineCap = 'round';
				context.stroke(path);
			} else {
				context.fillStyle = paint === 'ink' ? INK : paint === 'light' ? SURFACE : 'rgb(20 38 43 / 0.28)';
				context.fill(path);
			}
		}
		context.restore();
	}

	#suit(suit: keyof typeof SUIT_INK, fromStart: number, y: number): void {
		const context = this.#context;
		context.save();
		context.translate(this.#x(fromStart) - (this.#isRightToLeft ? 16 : 0), y);
		context.scale(0.16, 0.16);
		context.fillStyle = SUIT_INK[suit];
		context.fill(new Path2D(SUIT_PATHS[suit]));
		context.restore();
	}

	#panel(x: number, y: number, width: number, height: number): void {
		const context = this.#context;
		context.beginPath();
		context.roundRect(x, y, width, height, 18);
		context.fillStyle = SURFACE;
		context.fill();
		context.strokeStyle = LINE;
		context.stroke();
	}

	#rule(y: number, color: string = LINE): void {
		this.#fill(color, EDGE, y, this.#width - 2 * EDGE, 1);
	}

	#fill(color: string, x: number, y: number, width: number, height: number): void {
		this.#context.fillStyle = color;
		this.#context.fillRect(x, y, width, height);
	}

	/** `start`: `x` counts from the start of the line; `end`: it is where the text ends, on the canvas. */
	#words(
		text: string,
		x: number,
		y: number,
		look: {
			readonly size: number;
			readonly weight?: number;
			readonly color?: string;
			readonly display?: boolean;
			readonly align: 'start' | 'end';
			readonly most?: number;
		},
	): void {
		const context = this.#context;
		context.font = `${look.weight ?? 400} ${look.size}px ${look.display === true ? DISPLAY_FONT : TEXT_FONT}`;
		context.fillStyle = look.color ?? INK;
		const isNumber = /^[\d\u2212/+\u2013]+$/u.test(text);
		context.direction = this.#isRightToLeft && !isNumber ? 'rtl' : 'ltr';
		const isLeft = (look.align === 'start') !== this.#isRightToLeft;
		context.textAlign = isLeft ? 'left' : 'right';
		context.fillText(text, look.align === 'start' ? this.#x(x) : x, y, look.most);
	}
}
