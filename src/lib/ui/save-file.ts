/** Some browsers fetch the file only after the tap has been dealt with; a minute is enough for any of them. ms */
const KEPT_MS = 60_000;

/** Hands a text, or what was written of it already, over to the browser's downloads. */
export function saveFile(name: string, type: string, content: string | Blob): void {
	const url = URL.createObjectURL(new Blob([content], { type }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
