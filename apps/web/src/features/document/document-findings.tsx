import { fill } from '@liuhen/contract';
import { fieldsOf, type Template } from '@liuhen/domain';
import { Button } from 'antd';
import { useText } from '../../app/language.tsx';
import { Card, Dot } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import type { DocumentDetail } from './document-types.ts';
import { useFindingText } from './use-finding-text.ts';

type Props = {
    document: DocumentDetail;
    template: Template | undefined;
    editable: boolean;
    onField: (key: string) => void;
};

/** What stands between the document and its next step, as sentences; each leads to its field. */
export function DocumentFindings({ document, template, editable, onField }: Props) {
    const text = useText();
    const say = useFindingText();
    const saySoLabelled = useFindingText('underField');
    const { data } = useAsk('document.findings', { params: { id: document.id } });
    // A void document goes nowhere.
    if (data === undefined || document.state === 'voided' || (document.state !== 'draft' && data.findings.length === 0))
        return null;
    const faults = data.findings.filter((each) => each.level === 'fault').length;
    const labels = new Map(template === undefined ? [] : fieldsOf(template).map((field) => [field.key, field.label]));
    return (
        <Card
            title={text.document.findings}
            small={
                data.findings.length === 0
                    ? undefined
                    : fill(text.document.findingsCount, { faults, notices: data.findings.length - faults })
            }
        >
            {data.findings.length === 0 ? (
                <p className="answer-line">
                    <Dot status="held" /> {text.document.findingsNone}
                </p>
            ) : (
                <ul className="doc-findings">
                    {data.findings.map((finding, at) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: a list that is read anew as a whole
                        <li key={`${finding.code} ${finding.field} ${at}`}>
                            <Dot status={finding.level === 'fault' ? 'act' : 'judge'} />
                            <span>
                                {finding.field !== null && labels.has(finding.field) ? (
                                    <>
                                        <strong lang="zh-CN">{labels.get(finding.field)}</strong> {saySoLabelled(finding)}
                                    </>
                                ) : (
                                    say(finding)
                                )}
                            </span>
                            {editable && finding.field !== null && (
                                <Button type="link" onClick={() => onField(finding.field ?? '')}>
                                    {text.document.toField}
                                </Button>
                            )}
                        </li>
                    ))}
                </ul>
            )}
        </Card>
    );
}
