/**
 * A finished game in a link, so that friends can play the same cards: its notation, packed. A text that is read is a
 * legal game (`game-notation.ts`), so a link can bring nothing worse than that. A game that does not fit goes as a file.
 *
 *     const code = await packGame(text);            // null: too long for a link
 *     location.href = `/replay${fragmentOf(code)}`;
 *     const text = await unpackGame(codeIn(location.hash));
 */
import { decodeBase64url, encodeBase64url } from '../../game/bytes.ts';
import { MAX_NOTATION_LENGTH } from '../../game/game-notation.ts';

/** A message of the messengers people use takes 4,096 letters; the address before it has room too. */
export const MAX_CODE_LENGTH = 3_900;
/** Stands behind the first line of a file of the same kind: whoever opens it plays first and looks afterwards. */
const MARK = '{ The same cards }';

/** null when it is too long for a link. */
export async function packGame(notation: string): Promise<string | null> {
	const packed = new Blob([notation]).stream().pipeThrough(new CompressionStream('deflate-raw'));
	const code = encodeBase64url(new Uint8Array(await new Response(packed).arrayBuffer()));
	return code.length > MAX_CODE_LENGTH ? null : code;
}

/** The notation; null for anything that is none, or unpacks to more than any game. */
export async function unpackGame(code: string): Promise<string | null> {
	const bytes = code.length > MAX_CODE_LENGTH ? null : decodeBase64url(code);
	if (bytes === null) return null;
	const reader = new Blob([new Uint8Array(bytes)])
		.stream()
		.pipeThrough(new DecompressionStream('deflate-raw'))
		.getReader();
	const decoder = new TextDecoder('utf-8', { fatal: true });
	let text = '';
	try {
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			text += decoder.decode(part.value, { stream: true });
			// A few bytes can unpack to any number of them.
			if (text.length > MAX_NOTATION_LENGTH) return null;
		}
		return text + decoder.decode();
	} catch {
		// Cut short, or no packed text at all.
		return null;
	} finally {
		void reader.cancel().catch(() => undefined);
	}
}

/** The notation as a file for friends. */
export function markedSame(notation: string): string {
	return notation.replace('\n', `\n${MARK}\n`);
}
export function isMarkedSame(notation: string): boolean {
	return notation.split('\n', 2)[1]?.trim() === MARK;
}
