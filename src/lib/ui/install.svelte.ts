/**
 * Installing the app, where the browser lets a page ask. The browser says once and early that it would; the
 * question is kept until somebody presses the button in the settings.
 */
import { createContext } from 'svelte';

/** Chromium's event; not in the DOM library. */
interface InstallPrompt extends Event {
	prompt(): Promise<unknown>;
}

export class Installer {
	#prompt: InstallPrompt | null = $state.raw(null);

	get possible(): boolean {
		return this.#prompt !== null;
	}

	/** Keeps the browser's question for later. */
	offered(event: Event): void {
		if (!isInstallPrompt(event)) return;
		event.preventDefault();
		this.#prompt = event;
	}

	async ask(): Promise<void> {
		const prompt = this.#prompt;
		// A question can be put once.
		this.#prompt = null;
		await prompt?.prompt();
	}
}

function isInstallPrompt(event: Event): event is InstallPrompt {
	return 'prompt' in event;
}

export const [useInstaller, giveInstaller] = createContext<Installer>();
