import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { MOST_ATTESTATION_PAPERS } from '@liuhen/domain';
import { useText } from '../../app/language.tsx';
import { PaperButton } from '../../app/paper-button.tsx';
import { sendPaper } from '../../app/send-paper.ts';

type Entry = ResponseOf<Endpoints['attestation.get']>['entries'][number];

/** The pictures of what a confirmation rests on, and a place to add one. */
export function AttestationPapers({ entry: { id, papers }, mayAdd }: { entry: Entry; mayAdd: boolean }) {
    const text = useText();
    const path = `/api/attestation-entries/${id}/papers`;
    return (
        <>
            {papers.map((paper) => (
                <span className="second" key={paper.id}>
                    <a href={`${path}/${paper.id}`} target="_blank" rel="noreferrer">
                        {paper.name}
                    </a>
                </span>
            ))}
            {mayAdd && papers.length < MOST_ATTESTATION_PAPERS && (
                <span className="second">
                    <PaperButton
                        small
                        label={text.attestation.paperAdd}
                        title={text.attestation.paperHint}
                        send={(file) => sendPaper(path, { name: file.name.slice(0, 200) }, file)}
                    />
                </span>
            )}
        </>
    );
}
