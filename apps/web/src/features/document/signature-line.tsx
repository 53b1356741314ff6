import { fill } from '@liuhen/contract';
import { useFormat, useText } from '../../app/language.tsx';
import { Tag } from '../../app/page.tsx';
import type { Paper } from './document-types.ts';
import { Handwriting } from './sign-pad.tsx';

/** One signature, refusal or absence; what was written on the screen is shown as it was written. */
export function SignatureLine({ signature }: { signature: Paper['signatures'][number] }) {
    const text = useText();
    const format = useFormat();
    const { signer, name, outcome, means, at, pages, reason, witness, reading, statement, strokes, supersededAt } = signature;
    return (
        <li className={supersededAt === null ? undefined : 'gone'}>
            <strong>{text.documentPaper.signers[signer]}</strong> {name} · {text.documentPaper.outcomes[outcome]}
            {means === 'onScreen' && (
                <>
                    {' '}
                    <Tag>{text.documentSign.onScreen}</Tag>
                </>
            )}{' '}
            · {format.dateTime(at)} · {fill(text.documentPaper.pages, { pages: pages.join('、') })}
            {reading !== null && ` · ${text.documentPaper.readings[reading]}`}
            {statement !== null && <span lang="zh-CN"> “{statement}”</span>}
            {reason !== null && <span className="soft"> {reason}</span>}
            {witness !== null && <span className="soft"> {fill(text.documentPaper.witness, { name: witness })}</span>}
            {strokes !== null && (
                <span className="handwritings">
                    {strokes.map(({ page, path, pageDigest }) => (
                        <span key={page} title={pageDigest}>
                            <Handwriting path={path} label={fill(text.documentSign.writtenBy, { name, page })} />
                        </span>
                    ))}
                </span>
            )}
        </li>
    );
}
