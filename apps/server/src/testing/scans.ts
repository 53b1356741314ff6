import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ffmpeg } from './ffmpeg.ts';

const run = promisify(execFile);

/** What a scanner does to a sheet, in the words of ffmpeg's filters; the page comes at 300 dpi, 2481 pixels wide. */
export const SCANNERS = {
    straight: 'scale=1240:-1',
    skewed: 'rotate=-4*PI/180:fillcolor=white,scale=1240:-1',
    upsideDown: 'hflip,vflip,rotate=2*PI/180:fillcolor=white,scale=1240:-1',
    sideways: 'transpose=1,rotate=-2*PI/180:fillcolor=white,scale=1754:-1',
    noisy: 'scale=1240:-1,noise=alls=50:allf=u:all_seed=7,rotate=1*PI/180:fillcolor=white',
    pale: 'scale=1240:-1,eq=contrast=0.4:brightness=-0.15,noise=alls=20:allf=u:all_seed=7',
    blackAndWhite: "scale=1654:-1,rotate=1*PI/180:fillcolor=white,geq='if(gt(lum(X,Y),128),255,0)'",
    photographed: 'perspective=60:80:W-20:10:10:H-60:W-90:H-20,gblur=sigma=1,scale=1654:-1',
    coarse: 'scale=827:-1',
    /** The code is gone, the words are not. */
    withoutCode: 'drawbox=x=0:y=ih*0.85:w=iw*0.35:h=ih*0.15:color=white:t=fill,scale=1240:-1',
    /** The empty back of a sheet. */
    blank: 'drawbox=color=white:t=fill,scale=1240:-1,noise=alls=10:allf=u:all_seed=7',
} as const;
export type Scanner = keyof typeof SCANNERS;

/** A page of a PDF as a gray JPEG from a scanner. */
export async function scannedPage(
    pdf: Uint8Array,
    page: number,
    scanner: Scanner,
    format: 'jpg' | 'png' = 'jpg',
): Promise<Buffer> {
    const folder = await mkdtemp(join(tmpdir(), 'liuhen-scan-'));
    try {
        const at = (name: string) => join(folder, name);
        await writeFile(at('in.pdf'), pdf);
        await run('pdftoppm', ['-gray', '-r', '300', '-f', String(page), '-singlefile', at('in.pdf'), at('page')]);
        await ffmpeg(
            '-i',
            at('page.pgm'),
            '-frames:v',
            '1',
            '-vf',
            `${SCANNERS[scanner]},format=gray`,
            '-q:v',
            '6',
            at(`out.${format}`),
        );
        return await readFile(at(`out.${format}`));
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/** Pictures as the pages of one PDF, as office scanners make it. */
export function pdfOfPages(pictures: readonly Buffer[]): Buffer {
    const pieces: Buffer[] = [];
    const offsets: number[] = [];
    let length = 0;
    const add = (...parts: (string | Buffer)[]) => {
        for (const part of parts.map((each) => Buffer.from(each as Buffer))) {
            pieces.push(part);
            length += part.length;
        }
    };
    const object = (head: string, stream?: Buffer) => {
        offsets.push(length);
        add(`${offsets.length} 0 obj\n${head}\n`);
        if (stream !== undefined) add('stream\n', stream, '\nendstream\n');
        add('endobj\n');
    };
    add('%PDF-1.4\n');
    object('<</Type/Catalog/Pages 2 0 R>>');
    object(`<</Type/Pages/Count ${pictures.length}/Kids[${pictures.map((_, at) => `${3 + at * 3} 0 R`).join(' ')}]>>`);
    pictures.forEach((picture, at) => {
        const { width, height, colours } = frameOf(picture);
        const [wide, high] = width > height ? [842, 595] : [595, 842];
        const draw = Buffer.from(`${wide} 0 0 ${high} 0 0 cm /P Do`);
        const own = 3 + at * 3;
        object(
            `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${wide} ${high}]/Contents ${own + 1} 0 R/Resources<</XObject<</P ${own + 2} 0 R>>>>>>`,
        );
        object(`<</Length ${draw.length}>>`, draw);
        const kind = `/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/${colours}/BitsPerComponent 8/Filter/DCTDecode`;
        object(`<</Type/XObject${kind}/Length ${picture.length}>>`, picture);
    });
    const start = length;
    const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
    add(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${entries}`);
    add(`trailer<</Size ${offsets.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`);
    return Buffer.concat(pieces);
}

/** Of a JPEG, from its frame header. */
function frameOf(jpeg: Buffer): { width: number; height: number; colours: string } {
    for (let at = 2; at < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2)) {
        const marker = jpeg[at + 1] ?? 0;
        if (marker < 0xc0 || marker > 0xc2) continue;
        const colours = jpeg[at + 9] === 1 ? 'DeviceGray' : 'DeviceRGB';
        return { height: jpeg.readUInt16BE(at + 5), width: jpeg.readUInt16BE(at + 7), colours };
    }
    throw new Error('not a JPEG');
}
