import { fill } from '@liuhen/contract';
import { missingSigners, servedBy, signersAsked, signersOf, templateByVersion } from '@liuhen/domain';
import { useFormat, useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { DocumentCopies } from './document-copies.tsx';
import type { DocumentDetail, Paper } from './document-types.ts';
import { SignatureLine } from './signature-line.tsx';

/** Who has signed, with the handwriting, and whose signature is still missing. */
export function SignedCard({ document, paper }: { document: DocumentDetail; paper: Paper }) {
    const text = useText();
    const format = useFormat();
    const live = paper.signatures.filter((each) => each.supersededAt === null);
    const form = signersOf(document.type, templateByVersion(document.type, document.templateVersion));
    const served = servedBy(document.type, document.content, document.served?.mode ?? null);
    const missing = missingSigners(signersAsked(form, served), live);
    return (
        <Card title={text.documentSign.signed} small={live.length}>
            <div className="body paper-part">
                {missing.length > 0 ? (
                    <p className="answer-line">
                        <span className="dot dot-act" aria-hidden="true" />
                        {fill(text.documentSign.stillMissing, {
                            who: format.list(
                                [...new Set(missing)].map((each) => {
                                    const count = missing.filter((other) => other === each).length;
                                    const who = text.documentPaper.signers[each];
                                    return count === 1 ? who : fill(text.documentSign.several, { who, count });
                                }),
                            ),
                        })}
                    </p>
                ) : (
                    <p className="answer-line">
                        <span className="dot dot-held" aria-hidden="true" />
                        {text.documentSign.allSigned}
                    </p>
                )}
                <DocumentCopies document={document} paper={paper} />
                <ul>
                    {live.map((each) => (
                        <SignatureLine key={each.id} signature={each} />
                    ))}
                </ul>
            </div>
        </Card>
    );
}
