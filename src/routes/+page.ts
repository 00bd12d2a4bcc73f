/** Home is ready-made: it stands before any script runs. What is yours is filled in by the browser. */
export const ssr = true;
export const prerender = true;
