import { type FieldValue, fieldsOf, isCorrectable, templateByVersion } from '@liuhen/domain';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Tag } from '../../app/page.tsx';
import { useMay } from '../../app/session.ts';
import { CorrectDialogue } from './correct-dialogue.tsx';
import { useFieldText } from './document-reading.tsx';
import type { DocumentDetail, Paper } from './document-types.ts';
import { PaperPart } from './paper-part.tsx';
import { SignatureDialogue } from './signature-dialogue.tsx';

type Props = { document: DocumentDetail; paper: Paper; done: boolean };

/** What was changed after the first signature: what stood there, what stands there now, why, and who signs at it. */
export function DocumentCorrections({ document, paper, done }: Props) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const say = useFieldText();
    const [correcting, setCorrecting] = useState(false);
    const [signing, setSigning] = useState<Paper['corrections'][number]>();
    const template = templateByVersion(document.type, document.templateVersion);
    const fields = template === undefined ? [] : fieldsOf(template);
    const printed = paper.prints.findLast((each) => each.kind === 'final');
    const value = (key: string, of: FieldValue | null) => {
        const field = fields.find((each) => each.key === key);
        return field === undefined ? String(of ?? '') : say(field, of ?? undefined);
    };
    return (
        <>
            <PaperPart
                title={text.documentPaper.corrections}
                empty={text.documentPaper.correctionsEmpty}
                count={paper.corrections.length}
            >
                {paper.corrections.map((each) => (
                    <li key={each.id}>
                        {format.dateTime(each.at)} {each.by.name} · {each.reason}{' '}
                        {each.needsSignature &&
                            (each.signedAt === null ? (
                                <Tag status="act">{text.documentPaper.correctionUnsigned}</Tag>
                            ) : (
                                <Tag status="held">{text.documentPaper.correctionSigned}</Tag>
                            ))}
                        <dl className="doc-diff" lang="zh-CN">
                            <dt>{fields.find((field) => field.key === each.field)?.label ?? each.field}</dt>
                            <dd>
                                <del>{value(each.field, each.oldValue)}</del>
                            </dd>
                            <dd>
                                <ins>{value(each.field, each.newValue)}</ins>
                            </dd>
                        </dl>
                        {each.needsSignature && each.signedAt === null && may('document.write') && printed !== undefined && (
                            <Button onClick={() => setSigning(each)}>{text.documentPaper.correctionSign}</Button>
                        )}
                    </li>
                ))}
            </PaperPart>
            {may('document.write') && !done && isCorrectable(document) && template !== undefined && (
                <div className="paper-do">
                    <Button onClick={() => setCorrecting(true)}>{text.documentPaper.correct}</Button>
                </div>
            )}
            {correcting && template !== undefined && (
                <CorrectDialogue document={document} template={template} onClose={() => setCorrecting(false)} />
            )}
            {signing !== undefined && printed !== undefined && (
                <SignatureDialogue
                    document={document}
                    print={printed}
                    correctionId={signing.id}
                    onClose={() => setSigning(undefined)}
                />
            )}
        </>
    );
}
