// The address is somebody's code: there is no page to make before it is asked for.
export const prerender = false;
export const ssr = false;
