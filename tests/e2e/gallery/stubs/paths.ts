/** What the app's pages get from SvelteKit, without it. */
export const resolve = (path: string): string => path;
export const asset = (path: string): string => path;
