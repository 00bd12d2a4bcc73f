/** The rules are ready-made: they are read, and found by search engines. */
export const ssr = true;
export const prerender = true;
