/**
 * Hands a text over to the browser's downloads.
 * @param parts of the text, in order: a large one need not be joined first
 */
export function saveFile(name: string, type: string, parts: readonly string[]): void {
	const url = URL.createObjectURL(new Blob([...parts], { type }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	URL.revokeObjectURL(url);
}
