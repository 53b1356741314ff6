import { readFileSync } from 'node:fs';
import type { PrintModel } from '@liuhen/domain';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { FontFile } from './fonts.ts';
import { codePointsOf, drawable, missingFrom } from './glyphs.ts';
import { chosenPages, recentDrawings } from './page-drawings.ts';
import type { TypstAnswer, TypstNotice, TypstRequest, TypstSetup } from './typst-protocol.ts';

/**
 * The type-setter, in a process of its own: native code that fails takes this process with it and not the server. It reads its
 * own layout files and fonts, and data that are only ever shown.
 */

/** Resident memory at which it asks to be replaced. */
const GROWN = 600 * 1024 * 1024;
/** After so many documents the type-setter's cache is cleared of what the last round had no use for; each time is too dear. */
const CACHE_ROUND = 20;
/** Set since then. What was only shown again used nothing of the cache, which must not age by it. */
let documents = 0;
/** Whoever looks at one page looks at others of the same document next. */
const drawn = recentDrawings();

type Typesetter = {
    readonly compiler: NodeCompiler;
    readonly points: readonly ReadonlySet<number>[];
    readonly families: string[];
};

let setup: TypstSetup | undefined;
let usual: Typesetter | undefined;
let withFurther: Typesetter | undefined;

function typesetter(fonts: readonly FontFile[], folder: string): Typesetter {
    const blobs = fonts.map((font) => readFileSync(font.path));
    return {
        compiler: NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs: blobs }] }),
        points: blobs.map(codePointsOf),
        families: [...new Set(fonts.map((font) => font.family))],
    };
}

function chosen(text: string, { fonts, folder }: TypstSetup): Typesetter | readonly string[] {
    usual ??= typesetter(fonts.base, folder);
    const missing = missingFrom(text, usual.points);
    if (missing.length === 0) return usual;
    if (fonts.further.length === 0) return missing;
    withFurther ??= typesetter([...fonts.base, ...fonts.further], folder);
    const still = missingFrom(text, withFurther.points);
    return still.length === 0 ? withFurther : still;
}

/** The files of a document, which lie in no folder: the layout reads them as its own. Paths as the layout names them. */
function give({ compiler, families }: Typesetter, folder: string, model: PrintModel, codes: readonly string[]): void {
    const { blocks, ...facts } = model;
    const files = {
        'model.json': JSON.stringify({ ...model, codes: codes.length, fonts: families }),
        'facts.json': JSON.stringify({ ...facts, codes: codes.length }),
        ...Object.fromEntries(codes.map((code, index) => [`code-${index + 1}.svg`, code])),
    };
    for (const [name, content] of Object.entries(files)) compiler.mapShadow(`${folder}/given/${name}`, Buffer.from(content));
}

function answer({ call, model, codes, timestamp, format }: TypstRequest, given: TypstSetup): TypstAnswer {
    const clean = JSON.stringify(model, (_, value: unknown) => (typeof value === 'string' ? drawable(value) : value));
    const seen = format === 'pdf' ? undefined : drawn.of(clean);
    if (seen !== undefined && format !== 'pdf')
        return { call, ok: true, pages: seen.shapes.length, made: chosenPages(seen, format) };
    const setter = chosen(clean.replaceAll('\\n', ''), given);
    if (!('compiler' in setter)) return { call, ok: false, missing: setter };
    give(setter, given.folder, JSON.parse(clean), codes);
    // Not through inputs: they are part of the library, and a new library makes the type-setter forget all it knows.
    documents++;
    const result = setter.compiler.compile({ mainFilePath: `${given.folder}/main.typ` });
    const document = result.result;
    if (document === null) {
        const said = result.takeError()?.shortDiagnostics ?? [];
        return { call, ok: false, failure: JSON.stringify(said) };
    }
    const pages = document.numOfPages;
    if (model.code !== '' && pages > codes.length) return { call, ok: false, codesFor: pages };
    const made =
        format === 'pdf'
            ? setter.compiler.pdf(document, { pdfStandard: 'a-2b', creationTimestamp: timestamp })
            : chosenPages(drawn.keep(clean, setter.compiler.plainSvg(document)), format);
    return { call, ok: true, pages, made };
}

const send = (message: TypstAnswer | TypstNotice) => process.send?.(message);

process.on('message', (message: TypstRequest | TypstSetup) => {
    if ('fonts' in message) {
        setup = message;
        usual ??= typesetter(message.fonts.base, message.folder);
        send({ notice: 'ready' });
        return;
    }
    if (setup === undefined) return;
    try {
        send(answer(message, setup));
    } catch (error) {
        send({ call: message.call, ok: false, failure: error instanceof Error ? error.message : String(error) });
    }
    // After the answer, so that nobody waits for it.
    if (documents >= CACHE_ROUND) {
        documents = 0;
        // Whichever is asked: there is one cache for all.
        usual?.compiler.evictCache(1);
    }
    if (process.memoryUsage.rss() > GROWN) send({ notice: 'grown' });
});
process.on('disconnect', () => process.exit(0));
