import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from './temporary-folder.ts';

const run = promisify(execFile);
const openssl = (args: string[], cwd: string) => run('openssl', args, { cwd });

/** A certificate of an authority that OpenSSL makes: `extensions` are lines of its configuration, times `YYYYMMDDHHMMSSZ`. */
export type CertificateWish = {
    readonly extensions?: string;
    readonly from?: string;
    readonly until?: string;
    readonly key?: string[];
};

export const TSA_EXTENSIONS = 'extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n';
const RSA = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];

/**
 * A time-stamp authority of a test: its root, its certificate, `openssl ts` that answers, and a server in front. Needs the program
 * `openssl`, which every Debian that runs the tests has; without it the tests fail.
 */
export async function timeStampAuthority() {
    const { path, remove } = await temporaryFolder('tsa');
    await root(path, 'root');
    await certificate(path, 'tsa', { extensions: TSA_EXTENSIONS });
    await writeFile(
        join(path, 'ts.cnf'),
        `[tsa]\ndefault_tsa=t\n[t]\nserial=${path}/serial\nsigner_cert=${path}/tsa.pem\ncerts=${path}/root.pem\nsigner_key=${path}/tsa.key
signer_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256,sha384,sha512\nordering=yes\ness_cert_id_chain=no\naccuracy=secs:1\n`,
    );
    await writeFile(join(path, 'serial'), '01\n');
    let calls = 0;
    /** The answer to a request in DER, as the authority gives it. */
    async function reply(request: Uint8Array): Promise<Uint8Array> {
        const name = `call-${++calls}`;
        await writeFile(join(path, `${name}.tsq`), request);
        await openssl(['ts', '-reply', '-config', 'ts.cnf', '-queryfile', `${name}.tsq`, '-out', `${name}.tsr`], path);
        return new Uint8Array(await readFile(join(path, `${name}.tsr`)));
    }
    return {
        path,
        reply,
        rootPem: () => readFile(join(path, 'root.pem'), 'utf8'),
        certificate: (name: string, wish: CertificateWish, issuer?: string) => certificate(path, name, wish, issuer),
        root: (name: string) => root(path, name),
        /** Signs what a token says once more, with another certificate: as somebody could who has that key. */
        async signedBy(token: Uint8Array, name: string, more: string[] = ['-cades']): Promise<Uint8Array> {
            await writeFile(join(path, 'old.der'), token);
            await openssl(['cms', '-verify', '-noverify', '-inform', 'DER', '-in', 'old.der', '-out', 'info.der'], path);
            const type = '1.2.840.113549.1.9.16.1.4';
            const how = ['-binary', '-nodetach', '-nosmimecap', '-md', 'sha256', '-outform', 'DER', '-econtent_type', type];
            const who = ['-signer', `${name}.pem`, '-inkey', `${name}.key`];
            await openssl(['cms', '-sign', '-in', 'info.der', ...how, ...who, ...more, '-out', 'new.der'], path);
            return new Uint8Array(await readFile(join(path, 'new.der')));
        },
        /** What OpenSSL says of a token about these bytes. */
        async opensslAccepts(token: Uint8Array, message: Uint8Array): Promise<boolean> {
            await writeFile(join(path, 'token.der'), token);
            await writeFile(join(path, 'message'), message);
            const args = ['-verify', '-token_in', '-in', 'token.der', '-data', 'message', '-CAfile', 'root.pem'];
            return openssl(['ts', ...args], path).then(
                () => true,
                () => false,
            );
        },
        remove,
    };
}

/** Serves answers over HTTP; `answer` may give any others. */
export async function timeStampServer(
    answer: (request: Uint8Array) => Promise<{ status?: number; type?: string; body: Uint8Array }>,
) {
    const asked: string[] = [];
    const server = createServer((request, response) => {
        const parts: Buffer[] = [];
        request.on('data', (part: Buffer) => parts.push(part));
        request.on('end', async () => {
            asked.push(`${request.method} ${request.headers['content-type']}`);
            const {
                status = 200,
                type = 'application/timestamp-reply',
                body,
            } = await answer(new Uint8Array(Buffer.concat(parts)));
            response.writeHead(status, { 'content-type': type }).end(body);
        });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return {
        asked,
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
        close: () => new Promise<void>((closed) => server.close(() => closed())),
    };
}

async function root(path: string, name: string): Promise<void> {
    const args = [
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.pem`,
        '-subj',
        `/CN=${name} of a test`,
    ];
    await openssl(['req', '-x509', ...args, '-days', '36500', '-addext', 'keyUsage=critical,keyCertSign'], path);
}

/** `openssl ca`, which alone lets both ends of the validity be named. */
async function certificate(path: string, name: string, wish: CertificateWish, issuer = 'root'): Promise<void> {
    const folder = join(path, `ca-${name}`);
    await mkdir(folder);
    await writeFile(join(folder, 'index'), '');
    await writeFile(join(folder, 'ext'), wish.extensions ?? '');
    await writeFile(
        join(folder, 'cnf'),
        `[ca]\ndefault_ca=c\n[c]\ndatabase=${folder}/index\nnew_certs_dir=${folder}\nrand_serial=yes\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n`,
    );
    await openssl(['genpkey', ...(wish.key ?? RSA), '-out', `${name}.key`], path);
    await openssl(['req', '-new', '-key', `${name}.key`, '-subj', `/CN=${name} of a test`, '-out', `${name}.csr`], path);
    const times = ['-startdate', wish.from ?? '20200101000000Z', '-enddate', wish.until ?? '20991231235959Z'];
    const signing = ['-cert', `${issuer}.pem`, '-keyfile', `${issuer}.key`, '-in', `${name}.csr`, '-out', `${name}.pem`];
    await openssl(
        ['ca', '-batch', '-config', `${folder}/cnf`, '-extfile', `${folder}/ext`, '-notext', ...times, ...signing],
        path,
    );
}
