import { serveDigests } from './digest-thread.ts';
import { startPage } from './page.ts';

/** One script for the page and for its threads: there is nothing else in `verify.html`, and the policy names it by its digest. */
if ('document' in globalThis) startPage(document.currentScript?.textContent ?? '');
else serveDigests(globalThis as unknown as Parameters<typeof serveDigests>[0]);
