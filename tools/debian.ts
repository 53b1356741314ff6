import { access } from 'node:fs/promises';
import { run } from './run.ts';

/** What the tests use from Debian: a file that proves it is there, and the package that brings it. */
const NEEDED = [
    { file: '/usr/bin/chromium', package: 'chromium', for: 'browser journeys' },
    { file: '/usr/bin/firefox-esr', package: 'firefox-esr', for: 'the page that verifies, in another browser' },
    { file: '/usr/bin/ffmpeg', package: 'ffmpeg', for: 'real recordings' },
    { file: '/usr/bin/openssl', package: 'openssl', for: 'checking SM2 signatures' },
    { file: '/usr/lib/softhsm/libsofthsm2.so', package: 'softhsm2', for: 'keys in a token' },
    { file: '/usr/bin/pkcs11-tool', package: 'opensc', for: 'keys in a token' },
    { file: '/usr/bin/pdftotext', package: 'poppler-utils', for: 'reading printed documents' },
    { file: '/usr/sbin/mkfs.vfat', package: 'dosfstools', for: 'cards of recorders' },
    { file: '/usr/bin/mcopy', package: 'mtools', for: 'cards of recorders' },
    { file: '/usr/bin/xorriso', package: 'xorriso', for: 'images of discs' },
    {
        file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
        package: 'fonts-noto-cjk',
        for: 'Chinese text in screenshots',
    },
] as const;

/** Installs what is missing when run as root on Debian; otherwise says in one line what to install, and stops. */
export async function ensureDebianPackages(): Promise<void> {
    const missing: string[] = [];
    for (const need of NEEDED) if (!(await exists(need.file))) missing.push(need.package);
    if (missing.length === 0) return;
    if (process.getuid?.() !== 0 || !(await exists('/usr/bin/apt-get'))) {
        console.error(`The tests need Debian's ${missing.join(', ')}: apt-get install ${missing.join(' ')}`);
        process.exit(1);
    }
    console.log(`Installing what the tests need from Debian: ${missing.join(', ')}`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    const install = () => run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env });
    if ((await install()) !== 0) {
        await run('apt-get', ['update', '-qq'], { env });
        if ((await install()) !== 0) process.exit(1);
    }
}

export async function exists(file: string): Promise<boolean> {
    try {
        await access(file);
        return true;
    } catch {
        return false;
    }
}
