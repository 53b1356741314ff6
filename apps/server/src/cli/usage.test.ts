import type { Language } from '@liuhen/contract';
import { describe, expect, it } from 'vitest';
import type { Io } from './io.ts';
import { languageOf, takeLanguage } from './language.ts';
import { liuhen, type Ran } from './run.fixture.ts';
import { run } from './run.ts';

/** The command inside this process; it has no terminal. */
async function here(args: readonly string[], language: Language = 'en'): Promise<Ran> {
    const ran: Ran = { code: null, out: '', err: '' };
    const io: Io = {
        env: {},
        language,
        interactive: false,
        signal: new AbortController().signal,
        out: (line) => {
            ran.out += `${line}\n`;
        },
        err: (line) => {
            ran.err += `${line}\n`;
        },
        progress: () => undefined,
        ask: () => Promise.reject(new Error('nobody is asked')),
        readInput: async () => '',
    };
    return { ...ran, code: await run(args, io), out: ran.out, err: ran.err };
}

describe('a wrong command line', () => {
    it.each([
        [['frob'], 2, 'There is no command "frob"'],
        [['--frob'], 2, 'There is no option "--frob"'],
        [['help', 'frob'], 2, 'There is no command "frob"'],
        [['upload', '--frob'], 2, 'There is no option "--frob"'],
        [['upload', '--device'], 2, 'Option --device has no right value'],
        [['upload'], 2, 'Name the files to hand in'],
        [['upload', '--server', 'nowhere', 'x'], 2, 'Not an address: nowhere'],
        [['upload', '--source', 'film', 'x'], 2, 'The source is one of'],
        [['upload', '/no/such/file'], 2, 'There is no file "/no/such/file"'],
        [['upload', import.meta.filename], 2, 'Give the login name with --login'],
        [['upload', '--login', 'zhou', import.meta.filename], 2, 'Give the password in LIUHEN_PASSWORD'],
        [['status', 'surplus'], 2, 'Unexpected argument "surplus"'],
        [['verify', '--frob'], 3, 'There is no option "--frob"'],
        [['verify', '--sample', '200%'], 3, 'The sample is between 0% and 100%'],
        [['verify', '--data', '/no/such/folder'], 3, 'There is no data folder /no/such/folder'],
    ])('%j', async (args, code, line) => {
        const ran = await here(args);
        expect(ran).toMatchObject({ code, out: '' });
        expect(ran.err).toContain(line);
        expect(ran.err.trimEnd().split('\n')).toHaveLength(1);
    });

    it('is told to the shell as well', async () => {
        expect(await liuhen(['frob'])).toMatchObject({ code: 2, out: '' });
        expect(await liuhen(['--lang', 'fr'])).toMatchObject({ code: 2, err: expect.stringContaining('没有这种语言：fr') });
    });
});

describe('help', () => {
    it.each([[[]], [['help']], [['-h']], [['help', 'upload']], [['verify', '--help']], [['help', 'status']]])(
        '%j in both languages',
        async (args) => {
            expect(await here(args)).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^Usage/) });
            expect(await here(args, 'zh-CN')).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^用法/) });
        },
    );
});

describe('the language', () => {
    it.each([
        [undefined, {}, 'zh-CN'],
        [undefined, { LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
        [undefined, { LANG: 'en_US.UTF-8' }, 'en'],
        [undefined, { LANG: 'en_US.UTF-8', LC_ALL: 'zh_CN.GBK' }, 'zh-CN'],
        [undefined, { LANG: 'C' }, 'en'],
        ['en', { LANG: 'zh_CN.UTF-8' }, 'en'],
        ['zh-CN', { LANG: 'en_US.UTF-8' }, 'zh-CN'],
        ['fr', {}, undefined],
    ])('asked %s with %j', (asked, env, language) => {
        expect(languageOf(asked, env)).toBe(language);
    });

    it('is taken out of the arguments wherever it stands, but not from among file names', () => {
        expect(takeLanguage(['upload', '--lang', 'en', 'a'])).toEqual({ asked: 'en', rest: ['upload', 'a'] });
        expect(takeLanguage(['--lang=zh-CN', 'help'])).toEqual({ asked: 'zh-CN', rest: ['help'] });
        expect(takeLanguage(['upload', '--', '--lang=en'])).toEqual({ asked: undefined, rest: ['upload', '--', '--lang=en'] });
    });
});
