import { fileURLToPath } from 'node:url';

/**
 * For programs that tests start by the hundred: Node keeps what it compiled of our sources, and half the work of a start is gone.
 * Entries are by content, so a changed source is compiled anew.
 */
export const COMPILE_CACHE = {
    NODE_COMPILE_CACHE: fileURLToPath(new URL('../../../../node_modules/.cache/liuhen-compile', import.meta.url)),
};
