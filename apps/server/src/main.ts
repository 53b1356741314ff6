import { errorText, isErrorCode, isOperatorCode, operatorText } from '@liuhen/contract';
import { DomainError } from '@liuhen/domain';
import { readConfig } from './platform/config.ts';
import { beginWebPages, builtChartProgram, builtVerifyPage } from './web-build.ts';

/** `start`: the system on its data folder. `demo`: the same with a fictional district. */
async function main(command: string | undefined): Promise<void> {
    if (command !== 'start' && command !== 'demo') throw new DomainError('usage.start');
    const demo = command === 'demo';
    const say = (line: string) => console.log(line);
    const config = readConfig(process.env, { demo });
    // The pages are built while the rest of the program is read and the database starts; whoever needs them first waits for
    // them, and hears why there are none.
    const { folder: webFolder } = await beginWebPages(say);
    webFolder.catch(() => undefined);
    const { startApp } = await import('./app.ts');
    const { demoClock, demoLogins, loadDemo } = await import('./demo/demo.ts');
    const { isSetUp } = await import('./features/identity/session.queries.ts');
    const verifyPage = once(() => builtVerifyPage(say));
    const chartProgram = once(() => builtChartProgram(say));
    const time = demoClock();
    const app = await startApp({
        config,
        webFolder,
        verifyPage,
        chartProgram,
        ...(demo ? { clock: time.clock } : {}),
        log: say,
        demoLogins: demo ? demoLogins : [],
        onSetupCode: (code) => say(`设置码 Set-up code: ${code}`),
    });
    stopOnSignal(app.stop);
    if (demo) await loadDemo(app.services, app.url, time, say);
    say('');
    say(`留痕 Liuhen  ${app.url}`);
    if (demo) await printDemo(say);
    // What cannot be read just now is no reason to end.
    else if (!(await isSetUp(app.services.db).catch(() => true)))
        say('首次访问会显示初始设置页 · The first visit shows the set-up page');
    // Nobody makes a package in the first seconds, in which everything else is wanted.
    await verifyPage().catch(() => undefined);
    await chartProgram().catch(() => undefined);
}

async function printDemo(say: (line: string) => void): Promise<void> {
    const { demoLogins, demoPassword } = await import('./demo/demo.ts');
    say('演示数据均为虚构 · All demo data is fictional');
    for (const login of demoLogins)
        say(`  ${login.login.padEnd(12)} ${demoPassword}   ${login.name} · ${login.roles.join(', ')}`);
}

/** Made when it is first asked for; after a failure whoever asks next tries again. */
function once(make: () => Promise<string>): () => Promise<string> {
    let made: Promise<string> | undefined;
    return () => {
        made ??= make().catch((error: unknown) => {
            made = undefined;
            throw error;
        });
        return made;
    };
}

/** Ends in order on the first signal; a second one ends at once. */
function stopOnSignal(stop: () => Promise<void>): void {
    let stopping = false;
    const end = () => {
        if (stopping) process.exit(1);
        stopping = true;
        stop().then(
            () => process.exit(0),
            () => process.exit(1),
        );
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
}

main(process.argv[2]).catch((error: unknown) => {
    if (error instanceof DomainError) for (const line of wordsFor(error)) console.error(line);
    else console.error(error);
    process.exit(1);
});

/** Both languages: the operator's is not known yet. */
function wordsFor({ code, params }: DomainError): string[] {
    if (isOperatorCode(code)) return [operatorText('zh-CN', code, params), operatorText('en', code, params)];
    if (isErrorCode(code)) return [errorText('zh-CN', code, params), errorText('en', code, params)];
    return [`${code} ${JSON.stringify(params)}`];
}
