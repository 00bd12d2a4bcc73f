/** Whether a text is meant as the notation of a game: its first words, told apart without what reads the rest. */
export function isNotation(text: string): boolean {
	return /^\s*\[Overtrick /.test(text);
}
