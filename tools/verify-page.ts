import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ROOT } from './run.ts';
import { bundleVerifier } from './verifier-bundle.ts';

/** Where `npm run build:verify` puts the page, unless it is told another path. */
export const VERIFY_PAGE = `${ROOT}apps/verify/dist/verify.html`;

export const VERIFY_PROGRAM = `${ROOT}apps/verify/dist/liuhen-verify.mjs`;

const SOURCES = `${ROOT}apps/verify/src/page`;

/** `verify.html`: one file that loads nothing. Its policy allows the script and the style in it, by their digests, and no more. */
export async function verifyPage(): Promise<string> {
    const [template, style, script] = await Promise.all([
        readFile(`${SOURCES}/page.html`, 'utf8'),
        readFile(`${SOURCES}/page.css`, 'utf8'),
        bundleVerifier('page').then(({ code }) => code),
    ]);
    if (/<\/script|<!--/i.test(script)) throw new Error('the script would end within itself');
    const of = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const csp = `default-src 'none'; script-src ${of(script)}; style-src ${of(style)}; worker-src blob:; base-uri 'none'; form-action 'none'`;
    const parts: Record<string, string> = { __CSP__: csp, '/* style */': style, '/* script */': script };
    return template.replace(/__CSP__|\/\* (?:style|script) \*\//g, (place) => parts[place] ?? '');
}

/** The program of the command line as one file. */
export async function verifyProgram(): Promise<string> {
    const { code } = await bundleVerifier('cli');
    return code.startsWith('#!') ? `${code}\n` : `#!/usr/bin/env node\n${code}\n`;
}

if (import.meta.main) {
    const path = process.argv[2] ?? VERIFY_PAGE;
    await mkdir(dirname(path), { recursive: true });
    const files: [string, string][] = [[path, await verifyPage()]];
    if (process.argv[2] === undefined) files.push([VERIFY_PROGRAM, await verifyProgram()]);
    for (const [name, text] of files) {
        await writeFile(name, text);
        console.log(`${name} ${createHash('sha256').update(text).digest('hex')}`);
    }
}
