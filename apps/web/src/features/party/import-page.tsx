import { fill, IMPORT_MOST_BYTES } from '@liuhen/contract';
import { IMPORT_COLUMNS } from '@liuhen/domain';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { base64Of } from '../../app/base64.ts';
import { csvOf, download } from '../../app/csv.ts';
import { type Column, DataList } from '../../app/data-list.tsx';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Empty, PageHead } from '../../app/page.tsx';
import { usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { zh } from '../../text/index.ts';
import { GradeImportButton } from './grade-import-drawer.tsx';
import type { Import } from './import-words.ts';

/** Where a list is handed in, and where earlier ones are found again. */
export function ImportPage() {
    const text = useText();
    const pages = usePages('party.imports', {}, { unfinished: (each) => each.state === 'running' });
    const may = useMay();
    return (
        <>
            <PageHead
                crumb={<Link to="/parties">{text.party.title}</Link>}
                title={text.imports.title}
                facts={text.imports.sub}
                actions={
                    <>
                        <TemplateButton />
                        {may('party.grade') && <GradeImportButton />}
                    </>
                }
            />
            {may('party.manage') && <ChooseFile />}
            <Card label={text.imports.listTitle}>
                <DataList<Import>
                    id="party-imports"
                    name={text.imports.listTitle}
                    columns={useColumns()}
                    items={pages.items}
                    idOf={(each) => each.id}
                    total={pages.total}
                    pages={pages}
                    empty={<Empty title={text.imports.emptyTitle} what={text.imports.emptyWhat} />}
                />
            </Card>
        </>
    );
}

/** The headings are those that are read, in Chinese whatever the language of the pages: the lists are. */
function TemplateButton() {
    const text = useText();
    return (
        <Button
            onClick={() =>
                download(`${zh.imports.templateName}.csv`, csvOf([IMPORT_COLUMNS.map((column) => zh.imports.columns[column])]))
            }
        >
            {text.imports.template}
        </Button>
    );
}

function ChooseFile() {
    const text = useText();
    const format = useFormat();
    const navigate = useNavigate();
    const input = useRef<HTMLInputElement>(null);
    const [over, setOver] = useState(false);
    const [problem, setProblem] = useState<string>();
    const [name, setName] = useState('');
    const preview = useCommand('party.previewImport', {
        onDone: ({ id }) => void navigate({ to: '/parties/imports/$id', params: { id } }),
    });
    const take = async (file: File | undefined) => {
        if (file === undefined || preview.isPending) return;
        setProblem(undefined);
        setName(file.name);
        if (file.size > IMPORT_MOST_BYTES)
            return setProblem(fill(text.imports.tooLarge, { most: format.bytes(IMPORT_MOST_BYTES) }));
        preview.reset();
        preview.mutate({ body: { fileName: file.name.slice(-200), content: await base64Of(file) } });
    };
    return (
        <Card>
            <section
                aria-label={text.imports.choose}
                className={over ? 'import-drop over' : 'import-drop'}
                onDragOver={(event) => {
                    event.preventDefault();
                    setOver(true);
                }}
                onDragLeave={() => setOver(false)}
                onDrop={(event) => {
                    event.preventDefault();
                    setOver(false);
                    void take(event.dataTransfer.files[0]);
                }}
            >
                {problem !== undefined && (
                    <div className="note note-act" role="alert">
                        <strong>{problem}</strong>
                    </div>
                )}
                <ErrorNote error={preview.error} of="command" safe={text.imports.nothingYet} />
                <p>{text.imports.chooseWhat}</p>
                <input
                    ref={input}
                    type="file"
                    accept=".csv,.txt,.tsv,.xlsx"
                    hidden
                    onChange={({ target }) => {
                        void take(target.files?.[0]);
                        target.value = '';
                    }}
                />
                <Button type="primary" disabled={preview.isPending} onClick={() => input.current?.click()}>
                    {preview.isPending ? fill(text.imports.reading, { name }) : text.imports.choose}
                </Button>
                <p className="faint">{text.imports.chooseHint}</p>
            </section>
        </Card>
    );
}

function useColumns(): Column<Import>[] {
    const text = useText();
    const format = useFormat();
    const { planned, done, gradesPlanned, gradesDone } = text.imports;
    const figures = (each: Import) => {
        const ofGrades = each.about === 'grades';
        return each.state === 'previewed'
            ? fill(ofGrades ? gradesPlanned : planned, each.planned)
            : fill(ofGrades ? gradesDone : done, { ...each.done, of: format.count(each.rows) });
    };
    return [
        {
            key: 'file',
            title: text.imports.file,
            width: 'minmax(220px, 1.6fr)',
            shown: 'always',
            phone: 'title',
            cell: (each) => (
                <Link to="/parties/imports/$id" params={{ id: each.id }} className="main two-lines">
                    {each.fileName}
                </Link>
            ),
            plain: (each) => each.fileName,
        },
        {
            key: 'about',
            title: text.imports.about,
            width: '130px',
            plain: (each) => text.imports.subjects[each.about],
        },
        {
            key: 'state',
            title: text.party.state,
            width: '110px',
            plain: (each) => text.imports.states[each.state],
        },
        { key: 'figures', title: text.imports.figures, width: 'minmax(220px, 1.6fr)', plain: figures },
        {
            key: 'by',
            title: text.imports.by,
            width: '110px',
            plain: (each) => each.madeBy.name,
        },
        {
            key: 'at',
            title: text.imports.at,
            width: '186px',
            plain: (each) => format.dateTime(each.madeAt),
        },
    ];
}
