import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { PageHead } from '../../app/page.tsx';
import { DocumentTabs } from './document-tabs.tsx';
import { ImportList } from './import-list.tsx';
import { ImportOne } from './import-one.tsx';

/** Documents made in another system come in whole: one with its file, or a list with many. */
export function DocumentImportPage() {
    const text = useText();
    const [how, setHow] = useState<'one' | 'many'>('one');
    return (
        <>
            <DocumentTabs />
            <PageHead
                crumb={<Link to="/documents">{text.document.title}</Link>}
                title={text.documentImport.title}
                facts={text.documentImport.sub}
            />
            <div className="import-how">
                <Segmented<'one' | 'many'>
                    value={how}
                    onChange={setHow}
                    options={(['one', 'many'] as const).map((value) => ({ value, label: text.documentImport.how[value] }))}
                />
            </div>
            {how === 'one' ? <ImportOne /> : <ImportList />}
        </>
    );
}
