import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { build } from 'vite';
import { ROOT } from './run.ts';

/** Where `npm run build:verify` puts the page, unless it is told another path. */
export const VERIFY_PAGE = `${ROOT}apps/verify/dist/verify.html`;

const SOURCES = `${ROOT}apps/verify/src/page`;

/** `verify.html`: one file that loads nothing. Its policy allows the script and the style in it, by their digests, and no more. */
export async function verifyPage(): Promise<string> {
    const [template, style, script] = await Promise.all([
        readFile(`${SOURCES}/page.html`, 'utf8'),
        readFile(`${SOURCES}/page.css`, 'utf8'),
        bundle(),
    ]);
    if (/<\/script|<!--/i.test(script)) throw new Error('the script would end within itself');
    const of = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const csp = `default-src 'none'; script-src ${of(script)}; style-src ${of(style)}; worker-src blob:; base-uri 'none'; form-action 'none'`;
    const parts: Record<string, string> = { __CSP__: csp, '/* style */': style, '/* script */': script };
    return template.replace(/__CSP__|\/\* (?:style|script) \*\//g, (place) => parts[place] ?? '');
}

async function bundle(): Promise<string> {
    const built = await build({
        configFile: false,
        logLevel: 'warn',
        root: SOURCES,
        build: {
            write: false,
            target: ['chrome108', 'firefox115', 'safari16'],
            lib: { entry: `${SOURCES}/entry.ts`, formats: ['iife'], name: 'liuhen' },
        },
    });
    const [output] = Array.isArray(built) ? built : [built];
    if (output === undefined || !('output' in output)) throw new Error('nothing was built');
    const [chunk, ...more] = output.output;
    if (chunk.type !== 'chunk' || more.length > 0) throw new Error('the page must be one script');
    return chunk.code.trim();
}

if (import.meta.main) {
    const path = process.argv[2] ?? VERIFY_PAGE;
    await mkdir(dirname(path), { recursive: true });
    const page = await verifyPage();
    await writeFile(path, page);
    console.log(`${path} ${createHash('sha256').update(page).digest('hex')}`);
}
